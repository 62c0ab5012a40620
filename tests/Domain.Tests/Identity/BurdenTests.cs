using Iop.Identity.Domain;
using Iop.Kernel;

namespace Iop.Domain.Tests.Identity;

/// <summary>When everything rests on one person.</summary>
public sealed class BurdenTests
{
    private static readonly OrganisationRef Municipality = new(Guid.NewGuid());

    private static readonly PersonId Anna = new(Guid.NewGuid());
    private static readonly PersonId Bo = new(Guid.NewGuid());

    [Theory]
    // On what Anna is alone, whether there are others, of what is warned
    [InlineData("admin controller signatory", true, "admin controller signatory")]
    [InlineData("admin controller", true, "admin controller")]
    [InlineData("admin controller", false, "admin controller")]
    [InlineData("admin", true, "")] // one critical role of her own is not everything
    [InlineData("controller", true, "")]
    [InlineData("signatory", true, "signatory")] // but nothing is signed without her
    [InlineData("signatory", false, "")] // and there is nobody to give it to
    public void Warns_of_several_critical_roles_and_of_the_only_signature(string alone, bool hasOthers, string warned)
    {
        var of = Burden.Of([.. alone.Split(' ').Select(role => new Burden.Alone(Anna, role, null))], hasOthers);
        Assert.Equal(warned, of.Count == 0 ? "" : string.Join(' ', Assert.Single(of).Roles));
    }

    [Fact]
    public void Two_who_are_alone_in_one_thing_each_are_not_one_who_is_alone_in_two()
    {
        Assert.Empty(Burden.Of(
            [new Burden.Alone(Anna, Roles.Admin, null), new Burden.Alone(Bo, Roles.Controller, null)], hasOthers: true));
    }

    [Fact]
    public void Warns_of_a_units_only_controller_once()
    {
        var unit = new UnitRef(Guid.NewGuid());
        var inUnit = new Burden.Alone(Anna, Roles.Controller, unit);
        Assert.Equal(unit, Assert.Single(Burden.Of([inUnit], hasOthers: true)).Unit);
        // Already said of the whole organisation.
        var (inAll, admin) = (inUnit with { Unit = null }, new Burden.Alone(Anna, Roles.Admin, null));
        Assert.Null(Assert.Single(Burden.Of([inUnit, inAll, admin], hasOthers: true)).Unit);
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

    private static Membership Member(string roles) => Membership.Give(
        new MembershipId(Guid.NewGuid()), Anna, Municipality, null, roles.Split(' '),
        DateTimeOffset.UnixEpoch);
}
