using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Amending;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Signing;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Platform.Sealing;

namespace Iop.OutcomeFinance.Amending;

/// <summary>A party signs an amendment (undertecknar tilläggsavtalet). When all who are party before or after it have, the
/// contract reads so from its date.</summary>
internal static class SignAmendment
{
    public sealed record Request(MandateView Mandate);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/contracts/{id:guid}/amendments/{number}/signatures", Handle).WithName(nameof(SignAmendment));

    internal static async Task<Answer<AmendmentView>> Handle(
        Guid id, string number, Request request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, AmendmentViews views,
        Sealer sealer, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.LockedContract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        if (contract.AmendmentCalled(number) is not { } amendment) return Refusal.NotFound;
        if (caller.Lacks(Roles.Signatory) is { } missing) return missing;
        if (ifMatch.Misses(amendment.VersionHash ?? "") is { } stale) return stale;
        if (SignContract.Malformed(request.Mandate) is { } malformed) return malformed;
        if (await AmendmentWriting.Measured(db, contract, amendment, cancel) is { } measured) return measured;
        var signing = new Signing.Signing(contract, amendment.VersionHash ?? "", caller, request.Mandate, clock.GetUtcNow());
        var seal = await sealer.Seal(signing.Statement, cancel);
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (contract.Sign(amendment, party => signing.By(party, seal), by) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        if (!contract.SignaturesMissingOf(amendment).Any()) await TakeEffect(contract, amendment, db, cancel);
        return Answers.Ok(await views.Of(contract, amendment, cancel), amendment.Version);
    }

    /// <summary>In the order that the database holds: signed, then what follows from it.</summary>
    private static async Task TakeEffect(
        OutcomeContract contract, Amendment amendment, OutcomeFinanceDb db, CancellationToken cancel)
    {
        amendment.TakeEffect();
        await db.SaveChangesAsync(cancel);
        var strangers = amendment.Content.Roster(contract).Parties
            .Where(party => contract.Parties.All(old => old.OrganisationId != party.OrganisationId))
            .DistinctBy(party => party.OrganisationId).ToList();
        db.Stances.AddRange(strangers.Select(party => new Stance
        {
            ContractId = contract.ContractId, OrganisationId = party.OrganisationId, IsVerifier = false,
        }));
        contract.Follow(amendment);
        db.Announce(contract.ContractId.Value, contract.Version, Message(contract, amendment));
        await db.SaveChangesAsync(cancel);
    }

    private static OutcomeContractAmended Message(OutcomeContract contract, Amendment amendment) => new()
    {
        ContractId = contract.ContractId.Value,
        Sequence = contract.Version,
        Number = amendment.Number,
        Title = contract.Title,
        VersionHash = amendment.VersionHash!,
        HoldsFrom = amendment.HoldsFrom,
        Parties =
        [
            .. amendment.Content.Roster(contract).Parties.Select(party => new OutcomeContractAmendedParty
            {
                OrganisationId = party.OrganisationId, UnitId = party.UnitId, Name = party.Name, Role = Words.Of(party.Role),
            }),
        ],
        Measures =
        [
            .. TermsReader.Read(amendment.Terms).Measures.Select(measure => new OutcomeContractAmendedMeasure
            {
                Path = measure.Path, Type = measure.Type, Accumulation = measure.Accumulation, Unit = measure.Unit,
                MayBeNegative = measure.MayBeNegative, PerPerson = measure.PerPerson,
            }),
        ],
        Periods =
        [
            .. amendment.Content.Periods.Select(period => new OutcomeContractAmendedPeriod
            {
                Key = period.Key, From = period.From, To = period.To, Final = period.Final,
            }),
        ],
    };
}
