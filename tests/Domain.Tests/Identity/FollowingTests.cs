using Iop.Identity.Domain;
using Iop.Kernel;

namespace Iop.Domain.Tests.Identity;

/// <summary>A membership follows a login, stops, and follows again.</summary>
public sealed class FollowingTests
{
    private static readonly ProviderId Login = new(Guid.NewGuid());
    private static readonly DateTimeOffset Then = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_follows_ends_ninety_days_after_it_was_heard_and_what_is_given_by_hand_never()
    {
        var following = Following();
        Assert.Equal(Then.AddDays(90), following.EndsUnheardAt);
        Assert.Null(following.Change([Roles.Legal], lastOf: null));
        Assert.Equal((null, null), (following.ProviderId, following.EndsUnheardAt));
    }

    [Fact]
    public void What_has_ended_is_not_waited_for()
    {
        var following = Following();
        following.Follow([]);
        Assert.Equal((Login, null), (following.ProviderId!.Value, following.EndsUnheardAt));
    }

    [Fact]
    public void It_follows_again_with_the_roles_it_has()
    {
        var membership = Following();
        membership.Change([Roles.Legal], lastOf: null);
        var version = membership.Version;
        Assert.Null(membership.FollowAgain(Login, lastOf: null, Then.AddDays(1)));
        Assert.Equal([Roles.Legal], membership.Roles);
        Assert.Equal((Then.AddDays(91), version + 1), (membership.EndsUnheardAt!.Value, membership.Version));
        Assert.Equal("membership.unchanged", membership.FollowAgain(Login, null, Then)!.Code);
    }

    [Fact]
    public void The_last_administrator_is_not_left_to_a_login()
    {
        var membership = Following();
        membership.Change([Roles.Admin], lastOf: null);
        Assert.Equal("membership.last-of-role", membership.FollowAgain(Login, Roles.Admin, Then)!.Code);
        Assert.Null(membership.ProviderId);
    }

    private static Membership Following() => Membership.GiveBy(
        Login, new MembershipId(Guid.NewGuid()), new PersonId(Guid.NewGuid()), new OrganisationRef(Guid.NewGuid()), null,
        [Roles.Officer], Then);
}
