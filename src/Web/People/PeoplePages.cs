using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Iop.Web.Texts;

namespace Iop.Web.People;

/// <summary>An administrator's pages: who may do what in the organisation and each of its units, who is asked in, and who stands
/// in for whom.</summary>
internal static class PeoplePages
{
    public const string Here = "/personer";
    private const string Memberships = "/identity/v1/memberships";

    /// <summary>What can be given in an organisation; the operator's role is the operating organisation's own.</summary>
    public static IReadOnlyList<string> RolesOf(Visitor visitor) => visitor.Is(Kernel.Roles.Operator)
        ? [.. Given, Kernel.Roles.Operator] : Given;

    private static IReadOnlyList<string> Given { get; } =
        ["officer", "legal", "signatory", "controller", "reporter", "verifier", "evaluator", "reader", "admin"];

    public static void Map(WebApplication app)
    {
        app.MapGet(Here, (GatewayCalls gateway, Visitor visitor, CancellationToken cancel) =>
            Show(null, gateway, visitor, cancel));
        app.MapGet(Here + "/enhet/{unit:guid}", (Guid unit, GatewayCalls gateway, Visitor visitor, CancellationToken cancel) =>
            Show(unit, gateway, visitor, cancel));
        app.MapGet(Here + "/bjud-in", (Guid? enhet, GatewayCalls gateway, Visitor visitor, CancellationToken cancel) =>
            Asking(enhet, gateway, visitor, null, cancel));
        app.MapPost(Here + "/bjud-in", Invite);
        MembershipPages.Map(app);
    }

    private static async Task<IResult> Show(Guid? unit, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var members = await gateway.Get<MemberList>(Memberships, cancel);
        if (members.Problem is { } no) return no.AsPage(visitor);
        if (unit is not null && members.Value!.Units.All(one => one.Id != unit))
            return new Problem(StatusCodes.Status404NotFound, null, "", null, []).AsPage(visitor);
        var standIns = await gateway.Get<Listing<StandIn>>("/identity/v1/stand-ins", cancel);
        var addresses = await gateway.Get<Listing<RefusedAddress>>("/notifications/v1/refused-addresses", cancel);
        var refused = (addresses.Value?.Items ?? []).ToDictionary(one => one.PersonId, one => one.Since);
        return Page.Of<PeoplePage>(
            new { Members = members.Value!, UnitId = unit, StandIns = standIns.Value?.Items ?? [], Refused = refused });
    }

    private static async Task<IResult> Asking(
        Guid? unit, GatewayCalls gateway, Visitor visitor, Filled? form, CancellationToken cancel)
    {
        var members = await gateway.Get<MemberList>(Memberships, cancel);
        return members.Problem is { } no ? no.AsPage(visitor)
            : Page.Of<InvitePage>(
                new { members.Value!.Units, UnitId = unit, Form = form }, form?.Problem?.Status ?? StatusCodes.Status200OK);
    }

    // The invitation's link is in this answer and nowhere else, so the page is not left by a redirect.
    private static async Task<IResult> Invite(
        Filled form, GatewayCalls gateway, Visitor visitor, Words words, IConfiguration configuration, CancellationToken cancel)
    {
        var roles = form.All("roles");
        if (roles.Count == 0) // before anybody is registered: the link to a person without roles would be lost
        {
            return await Asking(null, gateway, visitor, form.With(new Problem(StatusCodes.Status400BadRequest, "request.invalid",
                words["problem.400"], null, [new WrongField("roles", "field.required", words["people.roles.required"])])),
                cancel);
        }
        if (visitor.Person?.Acting is not { } acting)
            return new Problem(StatusCodes.Status401Unauthorized, null, "", null, []).AsPage(visitor);
        var person = await gateway.Create<Invited>("/identity/v1/people", new
        {
            name = form.Text("name") ?? "", email = form.Text("email") ?? "", language = form.Text("language")
                ?? visitor.Language,
        }, form.Key, cancel);
        // Somebody who works here for another organisation already has an account, and is only given roles.
        if ((person.Value?.Id ?? person.Problem?.ExistingId) is not { } id)
            return await Asking(null, gateway, visitor, form.With(person.Problem!), cancel);
        Guid? unit = Guid.TryParse(form["unitId"], out var chosen) ? chosen : null;
        var given = await gateway.Create<Member>(Memberships,
            new { personId = id, organisationId = acting.OrganisationId, roles, unitId = unit },
            form.Key is { } key ? key + "-r" : null, cancel);
        if (given.Problem is { } no) return await Asking(unit, gateway, visitor, form.With(no), cancel);
        return Page.Of<InvitedPage>(new
        {
            Name = form.Text("name"), Link = person.Value?.InvitationToken is { } token
                ? $"{configuration["PublicBaseUrl"]?.TrimEnd('/')}/inbjudan/{token}" : null,
            person.Value?.ExpiresAt,
        });
    }

    private sealed record Invited(Guid Id, string InvitationToken, DateTimeOffset ExpiresAt);
}

public sealed record MemberList(
    IReadOnlyList<Member> Items, IReadOnlyList<MemberUnit> Units, IReadOnlyList<AloneMember> Alone);

public sealed record Member(
    Guid Id, Guid PersonId, string Name, string Email, Guid? UnitId, IReadOnlyList<string> Roles,
    IReadOnlyList<string> OwnRoles, IReadOnlyList<string> LentRoles, long Version, DateOnly? SignedInOn = null,
    FollowedLogin? Follows = null, IReadOnlyList<LoginToFollow>? MayFollow = null);

/// <summary>Whose word the roles follow, and when they end if the person does not come in by it before.</summary>
public sealed record FollowedLogin(Guid Id, string Name, DateOnly EndsOn);

public sealed record LoginToFollow(Guid Id, string Name);

public sealed record RefusedAddress(Guid PersonId, DateTimeOffset Since);

public sealed record MemberUnit(Guid Id, string Name);

public sealed record AloneMember(Guid PersonId, string Name, IReadOnlyList<string> Roles);

public sealed record StandIn(
    Guid Id, Guid MembershipId, Guid PersonId, string Name, DateOnly FromOn, DateOnly ToOn, string State, long Version);
