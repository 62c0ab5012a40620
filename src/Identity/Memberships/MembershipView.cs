using Iop.Contracts.Identity;
using Iop.Identity.Domain;

namespace Iop.Identity.Memberships;

/// <summary>A membership as its organisation's admin sees it.</summary>
/// <param name="Roles">All that the person may do there now.</param>
/// <param name="OwnRoles">Those an admin has given.</param>
/// <param name="LentRoles">Those that come from standing in for others, today.</param>
/// <param name="SignedInOn">The day the person last came to act there; null when never, or before it was kept.</param>
/// <param name="Follows">The login whose word the roles follow; null when they were given by hand.</param>
/// <param name="MayFollow">Those that they could follow. In lists only.</param>
/// <param name="Invited">In a list: has not come in yet, neither by a password nor by a login.</param>
public sealed record MembershipView(
    Guid Id, Guid PersonId, string Name, string Email, Guid OrganisationId, Guid? UnitId, IReadOnlyList<string> Roles,
    IReadOnlyList<string> OwnRoles, IReadOnlyList<string> LentRoles, long Version, DateOnly? SignedInOn = null,
    MembershipView.Followed? Follows = null, IReadOnlyList<MembershipView.Login>? MayFollow = null,
    bool Invited = false)
{
    public sealed record Login(Guid Id, string Name);

    /// <param name="EndsOn">When the roles end, if the person does not sign in by it before.</param>
    public sealed record Followed(Guid Id, string Name, DateOnly EndsOn);

    internal static MembershipView Of(Membership membership, Person person) => new(
        membership.MembershipId.Value, person.PersonId.Value, person.Name, person.Email, membership.OrganisationId.Value,
        membership.UnitId?.Value,
        membership.Roles, membership.OwnRoles, membership.LentRoles, membership.Version, membership.SignedInOn);

    internal static MembershipChanged Fact(Membership membership, Person person) => new()
    {
        MembershipId = membership.MembershipId.Value,
        Sequence = membership.Version,
        PersonId = person.PersonId.Value,
        Name = person.Name,
        Email = person.Email,
        Language = person.Language,
        OrganisationId = membership.OrganisationId.Value,
        UnitId = membership.UnitId?.Value,
        Roles = membership.Roles,
        PersonVersion = person.Version,
    };
}
