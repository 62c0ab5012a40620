extern alias outcomefinance;

using System.Net;
using Iop.Contracts.FollowUp;
using Iop.Contracts.Registry;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.Contracts.Tests;

public sealed class OutcomeFinanceHost(Servers servers) : ServiceHost<outcomefinance::Program>(servers, "outcome_finance");

public sealed class OutcomeFinanceApi(OutcomeFinanceHost host)
    : ApiPromises<outcomefinance::Program>(host, "outcome-finance"), IClassFixture<OutcomeFinanceHost>
{
    private const string Contracts = "/outcome-finance/v1/contracts";
    private static readonly string Terms = Sources.Read("src/OutcomeFinance/TermsSamples/norrkoping.sv.terms");

    /// <summary>A contract signed by all, and what its first verified measurement makes due.</summary>
    protected override async Task<IReadOnlyDictionary<string, Guid>> AnothersThings()
    {
        await TellOfOwnersOrganisation();
        var funder = Callers.Of(await Organisation("8029990012"), RolesWithin);
        var verifier = Callers.Of(await Organisation("8029990020"), RolesWithin);
        var draft = (await Owner.Create(Contracts, Draft(funder, verifier))).Is(HttpStatusCode.Created);
        var contract = $"{Contracts}/{draft.Id}";
        await Owner.Assess(draft.Id);
        var approved =
            (await Owner.Act($"{contract}/legal-approvals", draft.Tag, new { reason = "Prövad" })).Is(HttpStatusCode.OK);
        var open = (await Owner.Act($"{contract}/opening", approved.Tag)).Is(HttpStatusCode.OK);
        var version = $"\"{open.Body.GetProperty("versionHash").GetString()}\"";
        var mandate = new { mandate = new { basis = "board", decidedOn = "2026-02-01" } };
        foreach (var signatory in new[] { Owner, Host.As(funder), Host.As(verifier) })
            (await signatory.Act($"{contract}/signatures", version, mandate)).Is(HttpStatusCode.OK);
        await Host.Tell(Verified(draft.Id, verifier));
        var obligation = (await Owner.Get("/outcome-finance/v1/obligations")).Body.GetProperty("items")[0].GetProperty("id")
            .GetGuid();
        var paidIn = (await Host.As(funder).Create($"{contract}/paid-in",
            new { receiverOrganisationId = OwnersOrganisation, amount = "1", paidOn = "2026-03-01", reference = "1" }))
            .Is(HttpStatusCode.Created);
        return new Dictionary<string, Guid>(StringComparer.Ordinal)
        {
            [Contracts] = draft.Id, ["/outcome-finance/v1/obligations"] = obligation,
            ["/outcome-finance/v1/paid-in"] = paidIn.Id,
        };
    }

    private object Draft(Caller funder, Caller verifier) => new
    {
        title = "Tidigt stöd",
        parties = new object[]
        {
            new { organisationId = OwnersOrganisation, role = "payer", alias = "Norrköpings_kommun" },
            new { organisationId = funder.Organisation, role = "funder", alias = "Leksell_Social_Ventures" },
            new { organisationId = funder.Organisation, role = "payee" },
            new { organisationId = verifier.Organisation, role = "verifier" },
        },
        periods = new[] { new { key = "2026-H1", from = "2026-01-01", to = "2026-06-30", final = false } },
        terms = Terms,
    };

    private async Task<Guid> Organisation(string number)
    {
        var id = Guid.NewGuid();
        await Host.Tell(
            new OrganisationChanged { OrganisationId = id, Sequence = 1, Number = number, Name = number, Kind = "idea-driven",
                Units = [] });
        return id;
    }

    private static MeasurementVerified Verified(Guid contract, Caller verifier) => new()
    {
        MeasurementId = Guid.NewGuid(),
        Sequence = 2,
        ContractId = contract,
        ContractTitle = "Tidigt stöd",
        PeriodKey = "2026-H1",
        Revision = 1,
        ReporterPersonId = Guid.NewGuid(),
        VerifierOrganisationId = verifier.Organisation,
        VerifierPersonId = verifier.Person,
        VerifiedAt = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
        Figures =
        [
            new() { Path = "invested", Type = "number", Value = "7500000" },
            new() { Path = "savings", Type = "number", Value = "5000000" },
            new() { Path = "school_results_improved", Type = "boolean", Value = "false" },
        ],
    };
}
