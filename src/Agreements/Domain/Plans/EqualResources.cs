using Iop.Kernel;

namespace Iop.Agreements.Domain.Plans;

/// <summary>What one agreement of a partnership has to work with.</summary>
/// <param name="PublicPerYear">What its public parties put in, as far as they have put a value on it.</param>
/// <param name="OthersPerYear">What all other parties put in.</param>
public sealed record AgreementResources(
    AgreementId Agreement, Money PublicPerYear, Money OthersPerYear, int HoursPerYear, int WithoutValue)
{
    public Money PerYear => PublicPerYear + OthersPerYear;

    public static AgreementResources Of(AgreementId agreement, IReadOnlyList<Party> parties,
        IEnumerable<Contribution> contributions)
    {
        var all = contributions.ToList();
        var isPublic = parties.Where(party => party.Kind is OrganisationKind.Public).Select(party => party.Id).ToHashSet();
        return new AgreementResources(
            agreement,
            Sum(all.Where(one => isPublic.Contains(one.PartyId))), Sum(all.Where(one => !isPublic.Contains(one.PartyId))),
            all.Sum(one => one.HoursPerYear ?? 0), all.Count(one => one.OrePerYear is null));
    }

    private static Money Sum(IEnumerable<Contribution> contributions) =>
        contributions.Aggregate(Money.Zero, (sum, one) => sum + Money.Ore(one.OrePerYear ?? 0));
}

/// <summary>How the agreements of one partnership compare, which its strategic group sees to (lika resurser).</summary>
/// <param name="Mean">What each would have if all had the same.</param>
/// <param name="Differences">How much more or less than that each has.</param>
public sealed record EqualResources(Money Mean, IReadOnlyDictionary<AgreementId, Money> Differences)
{
    public bool AreEqual => Differences.Values.All(difference => difference.IsZero);

    public static EqualResources Of(IReadOnlyList<AgreementResources> agreements)
    {
        if (agreements.Count == 0) return new EqualResources(Money.Zero, new Dictionary<AgreementId, Money>());
        var whole = agreements.Aggregate(Money.Zero, (sum, one) => sum + one.PerYear);
        var mean = Money.FromFraction(whole.Minor, agreements.Count, whole.Currency);
        return new EqualResources(mean, agreements.ToDictionary(one => one.Agreement, one => one.PerYear - mean));
    }
}
