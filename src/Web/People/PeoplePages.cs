using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.People;

/// <summary>An administrator's pages: who may do what in the organisation and each of its units, and who stands in for
/// whom.</summary>
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
        InvitingPages.Map(app);
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
}

public sealed record MemberList(
    IReadOnlyList<Member> Items, IReadOnlyList<MemberUnit> Units, IReadOnlyList<AloneMember> Alone);

public sealed record Member(
    Guid Id, Guid PersonId, string Name, string Email, Guid? UnitId, IReadOnlyList<string> Roles,
    IReadOnlyList<string> OwnRoles, IReadOnlyList<string> LentRoles, long Version, DateOnly? SignedInOn = null,
    FollowedLogin? Follows = null, IReadOnlyList<LoginToFollow>? MayFollow = null,
    bool Invited = false);

/// <summary>Whose word the roles follow, and when they end if the person does not come in by it before.</summary>
public sealed record FollowedLogin(Guid Id, string Name, DateOnly EndsOn);

public sealed record LoginToFollow(Guid Id, string Name);

public sealed record RefusedAddress(Guid PersonId, DateTimeOffset Since);

public sealed record MemberUnit(Guid Id, string Name);

public sealed record AloneMember(Guid PersonId, string Name, IReadOnlyList<string> Roles, Guid? UnitId = null);

public sealed record StandIn(
    Guid Id, Guid MembershipId, Guid PersonId, string Name, DateOnly FromOn, DateOnly ToOn, string State, long Version);
