using System.Text.Json;
using Iop.Kernel;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Account;

/// <summary>An administrator's pages for the organisation's own systems: registering one, and changing its keys.</summary>
internal static class SystemPages
{
    /// <summary>What a system can be given.</summary>
    public static IReadOnlyList<string> Roles { get; } =
        [.. Kernel.Roles.All.Where(role => !Kernel.Roles.OfPeople.Contains(role)).Order(StringComparer.Ordinal)];

    private const string Here = "/konto/system";
    private const string Root = "/identity/v1/systems";

    public static void Map(WebApplication app)
    {
        app.MapGet(Here, (GatewayCalls gateway, Visitor visitor, CancellationToken cancel) =>
            Show(gateway, visitor, null, cancel));
        app.MapPost(Here, Register);
        app.MapPost(Here + "/{id:guid}", Change);
        app.MapPost(Here + "/{id:guid}/nycklar", AddKey);
        app.MapGet(Here + "/{id:guid}/nycklar/{key:guid}/avsluta", (
            Guid id, Guid key, GatewayCalls gateway, Visitor visitor, CancellationToken cancel) =>
            AskToEnd(id, key, null, gateway, visitor, cancel));
        app.MapPost(Here + "/{id:guid}/nycklar/{key:guid}/avsluta", EndKey);
    }

    private static async Task<IResult> Show(GatewayCalls gateway, Visitor visitor, Filled? form, CancellationToken cancel)
    {
        var systems = await gateway.Get<Listing<OwnSystem>>(Root, cancel);
        return systems.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<SystemsPage>(new { Systems = systems.Value!.Items, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Register(
        Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var registered = await gateway.Create<object>(Root, new
        {
            name = form["name"] ?? "", organisationId = visitor.Person?.Acting?.OrganisationId, roles = form.All("roles"),
            publicJwk = Key(form["publicJwk"]), unitId = visitor.Person?.Acting?.UnitId,
        }, form.Key, cancel);
        return registered.Problem is { } no
            ? await Show(gateway, visitor, form.With(no), cancel) : Page.Done(Here, "system-registered");
    }

    private static async Task<IResult> Change(
        Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var changed = await gateway.Act<object>(HttpMethod.Put, $"{Root}/{id}",
            new { name = form["newName"] ?? "", roles = form.All("newRoles") }, form.Tag, null, cancel);
        return changed.Problem is { } no
            ? await Show(gateway, visitor, form.With(no), cancel) : Page.Done(Here, "system-changed");
    }

    private static async Task<IResult> AddKey(
        Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var added = await gateway.Create<object>($"{Root}/{id}/keys", new { publicJwk = Key(form["newKey"]) }, form.Key, cancel);
        return added.Problem is { } no
            ? await Show(gateway, visitor, form.With(no), cancel) : Page.Done(Here, "key-added");
    }

    private static async Task<IResult> AskToEnd(
        Guid id, Guid key, Problem? problem, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var system = await gateway.Get<OwnSystem>($"{Root}/{id}", cancel);
        if (system.Problem is { } no) return no.AsPage(visitor);
        if (system.Value!.Keys.FirstOrDefault(one => one.Id == key) is not { } ending)
            return new Problem(StatusCodes.Status404NotFound, null, "", null, []).AsPage(visitor);
        return Page.Of<EndKeyPage>(new { Of = system.Value, Ending = ending, Problem = problem }, problem?.Status ?? 200);
    }

    private static async Task<IResult> EndKey(
        Guid id, Guid key, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var ended = await gateway.Act<object>(HttpMethod.Delete, $"{Root}/{id}/keys/{key}", null, form.Tag, null, cancel);
        return ended.Problem is { } no
            ? await AskToEnd(id, key, no, gateway, visitor, cancel) : Page.Done(Here, "key-ended");
    }

    /// <summary>What was pasted, as JSON; text that is none is sent as text, and refused.</summary>
    private static JsonElement Key(string? pasted)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(string.IsNullOrWhiteSpace(pasted) ? "\"\"" : pasted);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement("");
        }
    }
}

public sealed record OwnSystem(
    Guid Id, string Name, IReadOnlyList<string> Roles, IReadOnlyList<OwnSystemKey> Keys, string SystemTag);

public sealed record OwnSystemKey(Guid Id, DateTimeOffset AddedAt, DateTimeOffset? UsedAt, string KeyTag);
