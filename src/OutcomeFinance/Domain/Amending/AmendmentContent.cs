using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Contracting;

namespace Iop.OutcomeFinance.Domain.Amending;

/// <summary>A party under the amended contract; one that goes on keeps its id.</summary>
internal sealed record AmendedParty(
    Guid PartyId, Guid OrganisationId, Guid? UnitId, string Name, OrganisationKind Kind, PartyRole Role, string? Alias);

internal sealed record AmendedPeriod(string Key, DateOnly From, DateOnly To, bool Final);

/// <summary>Who is party, and which periods there are, from the date of an amendment.</summary>
internal sealed record AmendmentContent(IReadOnlyList<AmendedParty> Parties, IReadOnlyList<AmendedPeriod> Periods)
{
    public static AmendmentContent Empty { get; } = new([], []);

    /// <summary>The parties, as the amended terms name them.</summary>
    public Roster Roster(OutcomeContract contract) => new([.. Parties.Select((one, at) => Of(one, at, 0, contract))]);

    public static Party Of(AmendedParty one, int at, int number, OutcomeContract contract) => new()
    {
        Id = new PartyId(one.PartyId),
        ContractId = contract.ContractId,
        Position = at,
        OrganisationId = one.OrganisationId,
        UnitId = one.UnitId,
        Name = one.Name,
        Kind = one.Kind,
        Role = one.Role,
        Alias = one.Alias,
        FromVersion = number,
    };

    /// <summary>Null when it can follow what has been signed.</summary>
    public Refusal? Incoherent(OutcomeContract contract)
    {
        var from = Periods[0].From;
        if (Periods.FirstOrDefault(period => period.To < period.From) is { } backwards)
            return ContractRefusals.PeriodBackwards(backwards.Key);
        if (Periods.FirstOrDefault(period => period.From < from) is { } early) return AmendmentRefusals.PeriodBefore(early.Key);
        var kept = contract.Periods.Where(period => period.From < from).ToList();
        if (kept.Count == 0) return AmendmentRefusals.FromTheStart;
        if (kept.Find(period => period.To >= from) is { } cut) return AmendmentRefusals.CutsAPeriod(cut.Key);
        if (kept.Select(period => period.Key).Concat(Periods.Select(period => period.Key))
            .GroupBy(key => key, StringComparer.Ordinal).FirstOrDefault(keys => keys.Count() > 1) is { } twice)
            return ContractRefusals.PeriodTwice(twice.Key);
        return OutcomeContract.Incoherent(Roster(contract).Parties, []) is { } refusal ? refusal
            : Parties.Single(party => party.Role is PartyRole.Verifier).OrganisationId == contract.Verifier.OrganisationId
                ? null : AmendmentRefusals.VerifierStays;
    }
}
