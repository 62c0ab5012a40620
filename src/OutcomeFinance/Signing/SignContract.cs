using System.Globalization;
using System.Text.Json.Nodes;
using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Platform.Sealing;

namespace Iop.OutcomeFinance.Signing;

/// <summary>A party signs the open version (undertecknar), on a stated decision. When the last one has, the contract can be
/// measured and paid.</summary>
internal static class SignContract
{
    internal static readonly string[] Bases = ["board", "delegation", "annual-meeting"];

    public sealed record Request(MandateView Mandate);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/contracts/{id:guid}/signatures", Handle).WithName(nameof(SignContract));

    internal static async Task<Answer<ContractView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, ContractViews views, Sealer sealer,
        TimeProvider clock, CancellationToken cancel)
    {
        if (await db.LockedContract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        if (caller.Lacks(Roles.Signatory) is { } missing) return missing;
        if (ifMatch.Misses(contract.VersionHash ?? "") is { } stale) return stale;
        if (Malformed(request.Mandate) is { } malformed) return malformed;
        var now = clock.GetUtcNow();
        // Sealed before anybody knows whether the rules allow it: a seal that is not stored is worth nothing.
        var signing = new Signing(contract, contract.VersionHash ?? "", caller, request.Mandate, now);
        var seal = await sealer.Seal(signing.Statement, cancel);
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (contract.Sign(party => signing.By(party, seal), by) is { } refusal)
            return refusal;
        await db.SaveChangesAsync(cancel);
        if (contract.State is ContractState.Signed)
        {
            db.SignedContracts.Add(new SignedContract { ContractId = contract.ContractId, VersionHash = contract.VersionHash!,
                SignedAt = now });
            db.Announce(contract.ContractId.Value, contract.Version, Message(contract, TermsReader.Read(contract.Terms)));
            await db.SaveChangesAsync(cancel);
        }
        return Answers.Ok(await views.Of(contract, cancel), contract.Version);
    }

    internal static Refusal? Malformed(MandateView mandate) => new Fields()
        .OneOf("mandate.basis", mandate.Basis, Bases)
        .OptionalText("mandate.paragraph", mandate.Paragraph, 60)
        .OptionalText("mandate.caseNumber", mandate.CaseNumber, 60).Refusal;

    private static OutcomeContractSigned Message(OutcomeContract contract, ReadTerms terms) => new()
    {
        ContractId = contract.ContractId.Value,
        Sequence = contract.Version,
        Title = contract.Title,
        VersionHash = contract.VersionHash!,
        PartnershipId = contract.FinancesPartnership?.Value,
        Currency = terms.Program!.Currency.Code,
        Parties =
        [
            .. contract.Parties.Select(party => new OutcomeContractSignedParty
            {
                OrganisationId = party.OrganisationId, UnitId = party.UnitId, Name = party.Name, Role = Words.Of(party.Role),
            }),
        ],
        Measures =
        [
            .. terms.Measures.Select(measure => new OutcomeContractSignedMeasure
            {
                Path = measure.Path, Type = measure.Type, Accumulation = measure.Accumulation, Unit = measure.Unit,
                    MayBeNegative = measure.MayBeNegative, PerPerson = measure.PerPerson,
            }),
        ],
        Periods =
        [
            .. contract.Periods.Select(period =>
                new OutcomeContractSignedPeriod { Key = period.Key, From = period.From, To = period.To, Final = period.Final }),
        ],
    };
}
