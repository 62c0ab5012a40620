using Iop.Identity.Domain;
using Iop.Kernel;

namespace Iop.Domain.Tests.Identity;

/// <summary>When everything rests on one person.</summary>
public sealed class BurdenTests
{
    private static readonly OrganisationRef Municipality = new(Guid.NewGuid());

    [Theory]
    // Anna's roles, Bo's roles, on what Anna is alone
    [InlineData("admin controller signatory", "reader", "admin controller signatory")]
    [InlineData("admin controller", "signatory", "admin controller")]
    [InlineData("admin officer legal", "controller signatory", "")] // one critical role of her own is not everything
    [InlineData("admin controller signatory", "controller", "admin signatory")]
    [InlineData("admin controller signatory", "controller signatory", "")]
    [InlineData("officer legal reporter", "admin", "")]
    public void Warns_of_several_critical_roles_with_nobody_beside(string anna, string bo, string alone)
    {
        var (one, other) = (Member(anna), Member(bo));
        var warned = Burden.Of([one, other]);
        Assert.Equal(alone, warned.TryGetValue(one.PersonId, out var roles) ? string.Join(' ', roles) : "");
    }

    [Fact]
    public void Somebody_who_stands_in_is_nobody_to_count_on()
    {
        var (anna, bo) = (Member("admin signatory"), Member("reader"));
        bo.Borrow(anna.OwnRoles);
        Assert.Equal([anna.PersonId], Burden.Of([anna, bo]).Keys);
    }

    [Fact]
    public void Roles_in_two_units_are_one_persons()
    {
        var anna = new PersonId(Guid.NewGuid());
        var of = new[] { Member("admin", anna), Member("signatory", anna, new UnitRef(Guid.NewGuid())) };
        Assert.Equal([Roles.Admin, Roles.Signatory], Burden.Of(of)[anna]);
    }

    [Fact]
    public void What_is_lent_comes_and_goes_and_the_own_stays()
    {
        var member = Member("reader");
        Assert.True(member.Borrow([Roles.Controller, Roles.Reader]));
        Assert.Equal([Roles.Controller, Roles.Reader], member.Roles);
        Assert.False(member.Borrow([Roles.Reader, Roles.Controller])); // the same again changes nothing
        Assert.Null(member.Change([Roles.Officer], lastOf: null));
        Assert.Equal([Roles.Controller, Roles.Officer, Roles.Reader], member.Roles);
        Assert.True(member.Borrow([]));
        Assert.Equal([Roles.Officer], member.Roles);
        Assert.Equal("membership.unchanged", member.Change([Roles.Officer], lastOf: null)!.Code);
    }

    private static Membership Member(string roles, PersonId? person = null, UnitRef? unit = null) => Membership.Give(
        new MembershipId(Guid.NewGuid()), person ?? new PersonId(Guid.NewGuid()), Municipality, unit, roles.Split(' '),
        DateTimeOffset.UnixEpoch);
}
