using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Signing;

/// <summary>An officer opens the draft for signature (öppnar för underskrift): from here on nobody can change it.</summary>
internal static class OpenContract
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/contracts/{id:guid}/opening", Handle).WithName(nameof(OpenContract));

    internal static async Task<Answer<ContractView>> Handle(
        Guid id, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, ContractViews views, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.LockedContract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(contract.Version) is { } stale) return stale;
        var terms = TermsReader.Read(contract.Terms);
        var document = ContractDocument.Of(contract, terms);
        if (contract.Open(terms.InForce, document.Hash) is { } refusal) return refusal;
        db.Versions.Add(new ContractVersion
        {
            Hash = document.Hash,
            ContractId = contract.ContractId,
            Number = 1,
            Canonical = document.Canonical,
            TermsHash = terms.Program!.Hash,
            OpenedAt = clock.GetUtcNow(),
            OpenedBy = caller.Person,
        });
        db.Announce(contract.ContractId.Value, contract.Version, Message(contract));
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await views.Of(contract, cancel), contract.Version);
    }

    private static OutcomeContractOpenedForSignature Message(OutcomeContract contract) => new()
    {
        ContractId = contract.ContractId.Value,
        Sequence = contract.Version,
        Title = contract.Title,
        VersionHash = contract.VersionHash!,
        Parties =
        [
            .. contract.Signatories.Select(party => new OutcomeContractOpenedForSignatureParty
            {
                OrganisationId = party.OrganisationId, UnitId = party.UnitId, Name = party.Name, Role = Words.Of(party.Role),
            }),
        ],
    };
}
