using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Amending;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Amending;

/// <summary>An officer opens an amendment for signature: its text is fixed, and chained to what was signed before.</summary>
internal static class OpenAmendment
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/contracts/{id:guid}/amendments/{number}/opening", Handle).WithName(nameof(OpenAmendment));

    internal static async Task<Answer<AmendmentView>> Handle(
        Guid id, string number, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, AmendmentViews views, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.LockedContract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        if (contract.AmendmentCalled(number) is not { } amendment) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(amendment.Version) is { } stale) return stale;
        var terms = TermsReader.Read(amendment.Terms);
        var document = ContractDocument.Of(contract, amendment);
        if (amendment.Open(terms.InForce, document.Hash, contract) is { } refusal) return refusal;
        if (await AmendmentWriting.Measured(db, contract, amendment, cancel) is { } measured) return measured;
        db.Versions.Add(new ContractVersion
        {
            Hash = document.Hash,
            ContractId = contract.ContractId,
            Number = amendment.Number,
            PreviousHash = contract.Editions[^1].VersionHash,
            Canonical = document.Canonical,
            TermsHash = terms.Program!.Hash,
            OpenedAt = clock.GetUtcNow(),
            OpenedBy = caller.Person,
        });
        db.Announce(contract.ContractId.Value, contract.Version, Message(contract, amendment));
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await views.Of(contract, amendment, cancel), amendment.Version);
    }

    private static OutcomeContractAmendmentOpened Message(OutcomeContract contract, Amendment amendment) => new()
    {
        ContractId = contract.ContractId.Value,
        Sequence = contract.Version,
        Number = amendment.Number,
        Title = contract.Title,
        VersionHash = amendment.VersionHash!,
        HoldsFrom = amendment.HoldsFrom,
        Parties =
        [
            .. contract.SignatoriesOf(amendment).Select(party => new OutcomeContractAmendmentOpenedParty
            {
                OrganisationId = party.OrganisationId, UnitId = party.UnitId, Name = party.Name, Role = Words.Of(party.Role),
            }),
        ],
    };
}
