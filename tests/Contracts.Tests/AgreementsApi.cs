extern alias agreements;

using System.Net;
using Iop.TestKit;

namespace Iop.Contracts.Tests;

public sealed class AgreementsHost(Servers servers) : ServiceHost<agreements::Program>(servers, "agreements");

public sealed class AgreementsApi(AgreementsHost host)
    : ApiPromises<agreements::Program>(host, "agreements"), IClassFixture<AgreementsHost>
{
    private const string Partnerships = "/agreements/v1/partnerships";

    protected override async Task<IReadOnlyDictionary<string, Guid>> AnothersThings()
    {
        await TellOfOwnersOrganisation();
        var partnership =
            (await Owner.Create(Partnerships, new { title = "Vårsol", challenge = "Barn vars anhöriga är sjuka" })).Is(
                HttpStatusCode.Created).Id;
        var frame = new { title = "Vårsol 2026", startsOn = "2026-04-01", endsOn = "2028-12-31", autoRenews = false };
        var agreement = (await Owner.Create($"{Partnerships}/{partnership}/agreements", frame)).Is(HttpStatusCode.Created).Id;
        return new Dictionary<string, Guid>(StringComparer.Ordinal) { [Partnerships] = partnership,
            ["/agreements/v1/agreements"] = agreement };
    }
}
