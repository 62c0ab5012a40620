using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Storage;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Contracting;

/// <summary>An officer drafts an outcome contract (utkast till utfallskontrakt): who pays, funds, is paid, provides and verifies;
/// when; and the terms.</summary>
internal static class DraftContract
{
    public sealed record Request(
        string Title, IReadOnlyList<PartyRequest> Parties, IReadOnlyList<PeriodRequest> Periods, string Terms,
        Guid? PartnershipId = null);

    public sealed record PartyRequest(Guid OrganisationId, string Role, string? Alias = null, Guid? UnitId = null);

    public sealed record PeriodRequest(string Key, DateOnly From, DateOnly To, bool Final);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/contracts", Handle).WithName(nameof(DraftContract)).Creates();

    internal static async Task<Answer<ContractView>> Handle(
        Request request, Caller caller, OutcomeFinanceDb db, ContractViews views, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (Malformed(request) is { } malformed) return malformed;
        var ids = request.Parties.Select(party => party.OrganisationId).Distinct().ToList();
        var known = await db.Organisations.Where(one => ids.Contains(one.OrganisationId))
            .ToDictionaryAsync(one => one.OrganisationId, cancel);
        if (ids.Find(id => !known.ContainsKey(id)) is var unknown && unknown != Guid.Empty)
            return ContractRefusals.OrganisationUnknown(unknown);
        var contract = new OutcomeContract
        {
            ContractId = new ContractId(Guid.CreateVersion7(clock.GetUtcNow())),
            Title = request.Title.Trim(),
            FinancesPartnership = request.PartnershipId is { } partnership ? new PartnershipRef(partnership) : null,
            CreatedAt = clock.GetUtcNow(),
        };
        var parties = request.Parties.Select(
            (party, at) => Of(party, at, contract.ContractId, known[party.OrganisationId], clock.GetUtcNow())).ToList();
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (OutcomeContract.Draft(contract, parties, Periods(request, contract.ContractId), request.Terms, by) is { } refusal)
            return refusal;
        await LetIn(contract, caller, db, clock, cancel);
        db.Contracts.Add(contract);
        db.Stances.AddRange(parties.DistinctBy(party => party.OrganisationId).Select(party => new Stance
        {
            ContractId = contract.ContractId, OrganisationId = party.OrganisationId, IsVerifier = party.Verifies,
        }));
        await db.SaveChangesAsync(cancel);
        return Answers.Created(
            $"/outcome-finance/v1/contracts/{contract.ContractId.Value}", await views.Of(contract, cancel), contract.Version);
    }

    /// <summary>The parties see the contract from the first draft, the drafter first. The verifier sees the contract, but no
    /// money: the database decides.</summary>
    private static async Task LetIn(
        OutcomeContract contract, Caller caller, OutcomeFinanceDb db, TimeProvider clock, CancellationToken cancel)
    {
        var mine = contract.Signatories.OrderByDescending(
            party => party.IsActedForBy(new Actor(caller.Person, caller.Organisation, caller.Unit)));
        foreach (var (at, party) in mine.Index())
        {
            var side = party.Verifies ? "verifier" : party.Role is PartyRole.Funder ? "funder" : Words.Of(party.Kind);
            await db.LetIn(new Admission(contract.ContractId.Value, party.OrganisationId, side, clock.Today(), party.UnitId,
                MayInvite: at == 0), cancel);
        }
    }

    private static Party Of(PartyRequest party, int at, ContractId contract, Organisation organisation, DateTimeOffset now) =>
        new()
    {
        Id = new PartyId(Guid.CreateVersion7(now)),
        ContractId = contract,
        Position = at,
        OrganisationId = party.OrganisationId,
        UnitId = party.UnitId,
        Name = organisation.Name,
        Kind = organisation.Kind,
        Role = Words.Read<PartyRole>(party.Role)!.Value,
        Alias = party.Alias,
    };

    private static IEnumerable<ContractPeriod> Periods(Request request, ContractId contract) =>
        request.Periods.Select((period, at) => new ContractPeriod
    {
        ContractId = contract, Position = at, Key = period.Key, From = period.From, To = period.To, Final = period.Final,
    });

    private static Refusal? Malformed(Request request)
    {
        var fields = new Fields()
            .Text("title", request.Title, 200)
            .Count("parties", request.Parties.Count, 1, OutcomeContract.PartiesMax)
            .Count("periods", request.Periods.Count, 1, OutcomeContract.PeriodsMax)
            .OptionalText("terms", request.Terms, Limits.TextBytes);
        Look(fields, request.Parties, request.Periods);
        return fields.Refusal;
    }

    /// <summary>Looks at parties and periods, here and in amendments.</summary>
    internal static void Look(Fields fields, IReadOnlyList<PartyRequest> parties, IReadOnlyList<PeriodRequest> periods)
    {
        if (parties.Count > OutcomeContract.PartiesMax || periods.Count > OutcomeContract.PeriodsMax) return;
        foreach (var (at, party) in parties.Index())
        {
            fields.Must($"parties[{at}].organisationId", party is not null && party.OrganisationId != Guid.Empty,
                "field.required")
                .OneOf($"parties[{at}].role", party?.Role, Words.All<PartyRole>())
                .OptionalText($"parties[{at}].alias", party?.Alias, Limits.NameLetters);
        }
        foreach (var (at, period) in periods.Index())
        {
            fields.Text($"periods[{at}].key", period?.Key, 60)
                .Must($"periods[{at}].to", period is null || period.To >= period.From, "period.backwards");
        }
    }
}
