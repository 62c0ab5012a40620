using System.Text.Json;
using System.Text.Json.Nodes;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.OwnData;

/// <summary>What is kept about me, as a page and as a file; and putting it right.</summary>
internal static class OwnDataPages
{
    private const string Here = "/mina-uppgifter";
    private const string Identity = "/identity/v1/my-data";
    private const string Notifications = "/notifications/v1/my-data";
    private const int TrailPagesMax = 1_000;
    private static readonly string[] Trails =
        ["agreements", "follow-up", "outcome-finance", "registry", "identity", "notifications"];

    /// <summary>Where somebody may be a guest.</summary>
    private static readonly string[] GuestsIn = ["agreements", "follow-up", "outcome-finance"];

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Map(WebApplication app)
    {
        app.MapGet(Here, (GatewayCalls gateway, Visitor visitor, CancellationToken cancel) =>
            Show(gateway, visitor, null, cancel));
        app.MapPost(Here, Correct);
        app.MapGet(Here + "/fil", Export);
        app.MapGet("/ny-adress/{token}", (string token) => Page.Of<NewAddress>(new { Token = token }));
        app.MapPost("/ny-adress/{token}", ConfirmAddress);
    }

    private static async Task<IResult> Show(GatewayCalls gateway, Visitor visitor, Filled? form, CancellationToken cancel)
    {
        var (person, told) = (gateway.Get<OwnPerson>(Identity, cancel), gateway.Get<OwnNotices>(Notifications, cancel));
        var stays = await gateway.Get<OwnStays>("/agreements/v1/my-data", cancel);
        if ((await person).Problem is { } no) return no.AsPage(visitor);
        return Page.Of<OwnDataPage>(new
        {
            Own = (await person).Value!, Told = (await told).Value, Stays = stays.Value?.GuestOf ?? [], Form = form,
        },
            form?.Problem?.Status ?? StatusCodes.Status200OK);
    }

    private static async Task<IResult> Correct(Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var answer = await gateway.Act<OwnPerson>(HttpMethod.Put, Identity, new
        {
            name = form.Text("name") ?? "", email = form.Text("email") ?? "", language = form.Text("language")
                ?? visitor.Language, password = form["password"],
        }, form.Tag, form.Key, cancel);
        if (answer.Problem is { } no) return await Show(gateway, visitor, form.With(no), cancel);
        var isMoved = string.Equals(answer.Value!.Email, form.Text("email"), StringComparison.OrdinalIgnoreCase);
        return Page.Done(Here, isMoved ? "own-data-corrected" : "address-asked");
    }

    private static async Task<IResult> ConfirmAddress(string token, GatewayCalls gateway, CancellationToken cancel)
    {
        var confirmed = await gateway.Ask<OwnAddress>(
            $"/identity/v1/address-changes/{Uri.EscapeDataString(token)}", new { }, cancel);
        return Page.Of<NewAddress>(
            new { Token = token, confirmed.Value?.Email, confirmed.Problem }, confirmed.Problem?.Status ?? 200);
    }

    /// <summary>All of it as the services gave it, and my own lines of the audit trail, for all organisations.</summary>
    private static async Task<IResult> Export(GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var person = await gateway.Get<JsonNode>(Identity, cancel);
        if (person.Problem is { } no) return no.AsPage(visitor);
        var told = await gateway.Get<JsonNode>(Notifications, cancel);
        if (told.Problem is { } away) return away.AsPage(visitor);
        var guest = new JsonObject();
        foreach (var service in GuestsIn)
        {
            var stays = await gateway.Get<JsonNode>($"/{service}/v1/my-data", cancel);
            if (stays.Problem is { } missing) return missing.AsPage(visitor);
            guest[service] = stays.Value;
        }
        var acts = new JsonObject();
        foreach (var service in Trails)
        {
            if (await Acts(service, gateway, cancel) is not { } own)
                return new Problem(StatusCodes.Status503ServiceUnavailable, null, "", null, []).AsPage(visitor);
            acts[service] = own;
        }
        var all = new JsonObject
        {
            ["account"] = person.Value, ["notifications"] = told.Value, ["guest"] = guest, ["acts"] = acts,
        };
        return Results.File(JsonSerializer.SerializeToUtf8Bytes(all, Readable), "application/json", "mina-uppgifter.json");
    }

    // Nothing rather than half: a file that leaves something out must not look whole.
    private static async Task<JsonArray?> Acts(string service, GatewayCalls gateway, CancellationToken cancel)
    {
        var (own, older) = (new JsonArray(), "");
        for (var page = 1; page <= TrailPagesMax; page++)
        {
            var lines = await gateway.Get<Listing<JsonObject>>($"/{service}/v1/audit-trail?mine=true&limit=100{older}", cancel);
            if (lines.Problem is not null) return null;
            foreach (var line in lines.Value!.Items) own.Add(line.DeepClone());
            if (!lines.More) return own;
            older = $"&olderThan={lines.Value.Items[^1]["id"]}";
        }
        return null;
    }
}

public sealed record OwnPerson(
    Guid Id, string Name, string Email, string Language, bool HasPassword, IReadOnlyList<OwnMembership> Memberships,
    IReadOnlyList<OwnStandIn> StandIns, IReadOnlyList<OwnSession> Sessions, IReadOnlyList<OwnLogin> Logins,
    IReadOnlyList<OwnGrant> ProviderGrants, IReadOnlyList<OwnReset> SecondFactorResets, IReadOnlyList<OwnDevice> Devices,
    IReadOnlyList<OwnAttempt> Attempts, string PersonTag);

public sealed record OwnAddress(string Email);

public sealed record OwnMembership(
    string Organisation, string? Unit, IReadOnlyList<string> Roles, DateTimeOffset GivenAt, string? Provider);

public sealed record OwnStandIn(string Organisation, string Part, DateOnly FromOn, DateOnly ToOn, DateTimeOffset? EndedAt);

public sealed record OwnLogin(string Provider, string Label, DateTimeOffset LinkedAt);

public sealed record OwnGrant(string Provider, string Organisation, string? Unit, string Value, IReadOnlyList<string> Roles);

public sealed record OwnReset(string Organisation, string Part, DateTimeOffset AskedAt);

public sealed record OwnDevice(DateTimeOffset SeenAt);

public sealed record OwnAttempt(DateTimeOffset LastAt);

public sealed record OwnSession(DateTimeOffset BegunAt, DateTimeOffset UsedAt, DateTimeOffset? EndedAt);

public sealed record OwnStays(IReadOnlyList<OwnStay> GuestOf);

public sealed record OwnStay(
    Guid PartnershipId, string ActingFor, string InvitedBy, string Purpose, DateOnly FromOn, DateOnly ToOn,
    DateTimeOffset? EndedAt);

public sealed record OwnNotices(IReadOnlyList<OwnMail> Mails, IReadOnlyList<OwnCalendar> Calendars, int PutAway);

public sealed record OwnMail(DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, string? Outcome);

public sealed record OwnCalendar(string Organisation, DateTimeOffset RenewedAt, DateTimeOffset? ReadAt);
