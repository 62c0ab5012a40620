using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Partnerships;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Guests;

/// <summary>Who from outside may read a partnership, until when; inviting, ending, and saying yes to an invitation.</summary>
internal static class GuestPages
{
    public static IReadOnlyList<string> Purposes { get; } = ["adviser", "researcher", "evaluator", "lawyer"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/samverkan/{id:guid}/gaster",
            (Guid id, PartnershipsApi partnerships, GatewayCalls gateway, Visitor visitor, CancellationToken cancel) =>
                Show(id, null, null, null, partnerships, gateway, visitor, cancel));
        app.MapPost("/samverkan/{id:guid}/gaster", Invite);
        app.MapPost("/samverkan/{id:guid}/gaster/{guest:guid}/avsluta", End);
        app.MapPost("/samverkan/{id:guid}/gaster/{guest:guid}/andra", Change);
        app.MapPost("/samverkan/{id:guid}/gaster/{guest:guid}/lank", Renew);
        app.MapGet("/gast/{invitation}", IResult (string invitation, Visitor visitor) => visitor.SignedIn
            ? Page.Of<BecomeGuestPage>(new { Invitation = invitation })
            : Page.Of<GuestWelcomePage>());
        app.MapPost("/gast/{invitation}", Accept);
    }

    private static string Root(Guid id) => $"/agreements/v1/partnerships/{id}/guests";

    // The invitation's link is in the answer that made it and nowhere else, so that page is not left by a redirect.
    // What was refused comes back in the form that it was typed in: the one of that guest, or the one that invites.
    private static async Task<IResult> Show(Guid id, Filled? form, Guid? of, string? link, PartnershipsApi partnerships,
        GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var partnership = await partnerships.Show(id, cancel);
        if (partnership.Problem is { } no) return no.AsPage(visitor);
        var guests = await gateway.Get<Listing<Guest>>(Root(id), cancel);
        return guests.Problem is { } trouble ? trouble.AsPage(visitor)
            : Page.Of<GuestsPage>(new { Partnership = partnership.Value!, Guests = guests.Value!.Items, Link = link,
                Form = form, Of = of },
                form?.Problem?.Status ?? StatusCodes.Status200OK);
    }

    private static async Task<IResult> Invite(Guid id, Filled form, PartnershipsApi partnerships, GatewayCalls gateway,
        Visitor visitor, IConfiguration configuration, CancellationToken cancel)
    {
        var invited = await gateway.Create<Guest>(Root(id), new
        {
            name = form.Text("name") ?? "", purpose = form.Text("purpose"), reason = form.Text("reason") ?? "",
            fromOn = form.Text("fromOn"), toOn = form.Text("toOn"), followUp = form["followUp"] is not null,
            payments = form["payments"] is not null,
        }, form.Key, cancel);
        return invited.Problem is { } no
            ? await Show(id, form.With(no), null, null, partnerships, gateway, visitor, cancel)
            : await Show(id, null, null, LinkOf(invited.Value!, configuration), partnerships, gateway, visitor, cancel);
    }

    private static async Task<IResult> Renew(Guid id, Guid guest, Filled form, PartnershipsApi partnerships,
        GatewayCalls gateway, Visitor visitor, IConfiguration configuration, CancellationToken cancel)
    {
        var renewed = await gateway.Act<Guest>(
            HttpMethod.Post, $"{Root(id)}/{guest}/invitation", null, form.Tag, form.Key, cancel);
        return renewed.Problem is { } no
            ? await Show(id, form.With(no), guest, null, partnerships, gateway, visitor, cancel)
            : await Show(id, null, null, LinkOf(renewed.Value!, configuration), partnerships, gateway, visitor, cancel);
    }

    private static async Task<IResult> End(Guid id, Guid guest, Filled form, PartnershipsApi partnerships,
        GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var ended = await gateway.Act<Guest>(HttpMethod.Delete, $"{Root(id)}/{guest}", null, form.Tag, form.Key, cancel);
        return ended.Problem is { } no
            ? await Show(id, form.With(no), guest, null, partnerships, gateway, visitor, cancel)
            : Page.Done($"/samverkan/{id}/gaster", "guest-ended");
    }

    private static async Task<IResult> Change(Guid id, Guid guest, Filled form, PartnershipsApi partnerships,
        GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var changed = await gateway.Act<Guest>(HttpMethod.Put, $"{Root(id)}/{guest}", new
        {
            toOn = form.Text("toOn"), followUp = form["followUp"] is not null, payments = form["payments"] is not null,
        }, form.Tag, form.Key, cancel);
        return changed.Problem is { } no
            ? await Show(id, form.With(no), guest, null, partnerships, gateway, visitor, cancel)
            : Page.Done($"/samverkan/{id}/gaster", "guest-changed");
    }

    private static async Task<IResult> Accept(
        string invitation, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var accepted = await gateway.Act<Accepted>(HttpMethod.Post,
            $"/agreements/v1/guest-invitations/{Uri.EscapeDataString(invitation)}/acceptance", null, null, form.Key, cancel);
        return accepted.Problem is { } no
            ? no.IsMissing ? Page.Of<BecomeGuestPage>(new { Invitation = "" }, no.Status) : no.AsPage(visitor)
            : !accepted.Value!.Begun
                ? Page.Of<BecomeGuestPage>(new { Invitation = "", From = accepted.Value.FromOn, To = accepted.Value.ToOn })
                : Page.Done($"/samverkan/{accepted.Value.PartnershipId}", "guest-accepted");
    }

    private static string LinkOf(Guest guest, IConfiguration configuration) =>
        $"{configuration["PublicBaseUrl"]?.TrimEnd('/')}/gast/{guest.Invitation}";

    private sealed record Accepted(Guid PartnershipId, DateOnly FromOn, DateOnly ToOn, bool Begun);
}

/// <summary>A guest, who invited, and who it turned out to be.</summary>
public sealed record Guest(
    Guid Id, string Name, string Purpose, string Reason, DateOnly FromOn, DateOnly ToOn, bool FollowUp, bool Payments,
    string State, Guid InviterId, string? InviterName, string? InvitedBy, AcceptedGuest? Accepted,
    DateTimeOffset? EndedAt, string GuestTag,
    string? Invitation = null);

public sealed record AcceptedGuest(string? PersonName, string? OrganisationName, DateTimeOffset At);
