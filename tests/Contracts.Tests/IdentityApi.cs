extern alias identity;

using System.Net;
using Iop.Kernel;
using Iop.TestKit;
using Membership = identity::Iop.Identity.Memberships.MembershipView;

namespace Iop.Contracts.Tests;

public sealed class IdentityHost(Servers servers) : ServiceHost<Membership>(servers, "identity");

public sealed class IdentityApi(IdentityHost host) : ApiPromises<Membership>(host, "identity"), IClassFixture<IdentityHost>
{
    // A key of RFC 7515's examples.
    private const string Coordinate = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    private const string OtherCoordinate = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";

    // People and their roles: the operator's own work.
    protected override bool HoldsPartnerships => false;

    protected override IReadOnlyDictionary<string, string> AnsweredOtherwise { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AcceptInvitation"] =
            "a link used, too old and never made are told alike, by the person holding it: 409 with what to do",
        ["ChooseNewPassword"] = "as an invitation",
        ["ConfirmAddress"] = "as an invitation",
        ["OfferSecondFactor"] = "as an invitation",
        ["ShowPasswordLink"] = "as an invitation",
        ["TakeNewSecondFactor"] = "as an invitation",
    };

    protected override async Task<IReadOnlyDictionary<string, Guid>> AnothersThings()
    {
        await TellOfOwnersOrganisation();
        var byOperator = Host.As(Callers.Of(Guid.NewGuid(), Roles.Operator));
        var newcomer = new { name = "Anna Andersson", email = $"anna-{Guid.NewGuid():N}@exempel.se", language = "sv" };
        var person = (await byOperator.Create("/identity/v1/people", newcomer)).Is(HttpStatusCode.Created).Id;
        var given = new { personId = person, organisationId = OwnersOrganisation, roles = new[] { Roles.Admin } };
        var membership = (await byOperator.Create("/identity/v1/memberships", given)).Is(HttpStatusCode.Created).Id;
        var provider = (await Owner.Create("/identity/v1/providers", new
        {
            name = "Region Exempel", issuer = "https://login.exempel.se", clientId = "iop", proof = "private-key-jwt",
        })).Is(HttpStatusCode.Created).Id;
        var key = new { kty = "EC", crv = "P-256", x = Coordinate, y = OtherCoordinate };
        var system = (await Owner.Create("/identity/v1/systems", new
        {
            name = "Verksamhetssystemet", organisationId = OwnersOrganisation, roles = new[] { Roles.Reporter }, publicJwk = key,
        })).Is(HttpStatusCode.Created).Id;
        return new Dictionary<string, Guid>(StringComparer.Ordinal)
        {
            ["/identity/v1/people"] = person, ["/identity/v1/memberships"] = membership, ["/identity/v1/providers"] = provider,
            ["/identity/v1/systems"] = system,
        };
    }
}
