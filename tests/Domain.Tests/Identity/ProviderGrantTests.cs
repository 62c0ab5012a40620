using Iop.Identity.Domain;
using Iop.Kernel;

namespace Iop.Domain.Tests.Identity;

/// <summary>What follows from a person's groups and app roles at a provider.</summary>
public sealed class ProviderGrantTests
{
    private static readonly ProviderId Provider = new(Guid.NewGuid());
    private static readonly OrganisationRef Municipality = new(Guid.NewGuid());
    private static readonly OrganisationRef Association = new(Guid.NewGuid());

    private static readonly ProviderGrant[] Grants =
    [
        Grant(GrantSource.Group, "staff", Municipality, Roles.Officer, Roles.Reader),
        Grant(GrantSource.AppRole, "IOP.Legal", Municipality, Roles.Legal),
        Grant(GrantSource.AppRole, "IOP.Signs", Association, Roles.Signatory),
    ];

    [Theory]
    // held in the municipality, app roles now, what is there afterwards
    [InlineData("officer reader", "IOP.Legal", "legal officer reader")]
    [InlineData("legal officer", "IOP.Legal", "legal officer")]
    [InlineData("legal officer", "", "officer")] // what only an app role can have given ends
    [InlineData("legal", "", "")]
    [InlineData("", "IOP.Legal", "legal")]
    [InlineData("admin officer", "", "officer")] // no grant gives it any more
    public void With_the_groups_left_out_only_what_a_group_can_have_given_stays(string held, string appRoles, string after)
    {
        var following = held.Length == 0 ? [] : new[] { Following(held) };
        var given = ProviderGrant.AppliedWithoutGroups(
            Grants, appRoles.Split(' ', StringSplitOptions.RemoveEmptyEntries), following);
        Assert.Equal(after, string.Join(' ', given.SingleOrDefault(one => one.Organisation == Municipality).Roles ?? []));
    }

    [Fact]
    public void An_app_role_counts_in_its_own_organisation_although_another_looks_at_groups()
    {
        var given = Assert.Single(ProviderGrant.AppliedWithoutGroups(Grants, ["IOP.Signs"], []));
        Assert.Equal((Association, Roles.Signatory), (given.Organisation, Assert.Single(given.Roles)));
    }

    [Theory]
    [InlineData("openid", true)]
    [InlineData("openid profile https://graph.example/.default", true)]
    [InlineData("profile email", false)]
    [InlineData("openid \"profile", false)]
    [InlineData("openid pröfil", false)]
    [InlineData("", false)]
    public void Scopes_are_words_and_openid_is_among_them(string scopes, bool are) =>
        Assert.Equal(are, Iop.Identity.Domain.Provider.AreScopes(scopes));

    private static Membership Following(string roles) => Membership.GiveBy(
        Provider, new MembershipId(Guid.NewGuid()), new PersonId(Guid.NewGuid()), Municipality, null, roles.Split(' '),
        DateTimeOffset.UnixEpoch);

    private static ProviderGrant Grant(GrantSource source, string value, OrganisationRef organisation, params string[] roles) =>
        new()
        {
            GrantId = Guid.NewGuid(), ProviderId = Provider, Source = source, Value = value, OrganisationId = organisation,
            UnitId = null, Roles = [.. roles],
        };
}
