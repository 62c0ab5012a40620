using System.Text.Json;
using System.Text.Json.Serialization;
using Iop.Kernel;
using Iop.OutcomeFinance.Calculating;
using Iop.OutcomeFinance.Domain.Amending;
using Iop.OutcomeFinance.Domain.Calculating;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Domain.Simulating;
using Iop.OutcomeFinance.Domain.Terms;

namespace Iop.OutcomeFinance.Simulating;

/// <summary>A contract as simulations see it: terms, periods, when the funders pay in, and what has been verified.</summary>
internal static class SimulatedContracts
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <param name="contract">The contract.</param>
    /// <param name="edition">How it reads; its terms are simulated over the periods that they hold for.</param>
    /// <param name="program">Its terms.</param>
    /// <param name="verified">What has been verified, where it may be read: only the system may.</param>
    /// <param name="owed">What has fallen due: that of earlier terms stands as it is.</param>
    /// <param name="history">What was verified: that of earlier terms is carried over.</param>
    public static SimulatedContract Of(
        OutcomeContract contract, Edition edition, TermsProgram program, IReadOnlyList<VerifiedMeasurement> verified,
        IReadOnlyList<Obligation> owed, VerifiedHistory history)
    {
        var periods = contract.PeriodsOf(edition);
        var keys = contract.Periods.Select(period => period.Key).ToList();
        var measured = VerifiedMeasurement.InForce(verified, keys).ToDictionary(one => one.PeriodKey, StringComparer.Ordinal);
        var lists = FiguresOfMeasurement.ListsOf(program);
        return new SimulatedContract(
            program,
            [.. periods.Select(period => new SimulatedPeriod(
                period.Key, period.Final, period.To,
                measured.TryGetValue(period.Key, out var one) ? FiguresOfMeasurement.Of(one, period.Final, lists) : null))],
            contract.Periods.Min(period => period.From),
            [.. contract.Investments.Select(one => new CashFlow(one.On, one.AmountMinor))])
        {
            PaidBefore = edition.HoldsFrom is null ? null : Before(contract, edition, owed).Aggregate(
                new Money(0, program.Currency), (sum, one) => sum + one.Amount),
            Earlier = history.Before(contract, edition, program),
            CameBefore = [.. Before(contract, edition, owed).Where(one => IsFunders(contract, one))
                .GroupBy(one => contract.WrittenPeriods.First(period => period.Key == one.PeriodKey).To)
                .Select(day => new CashFlow(day.Key, day.Sum(one => one.AmountMinor)))],
        };
    }

    private static IEnumerable<Obligation> Before(
        OutcomeContract contract, Edition edition, IReadOnlyList<Obligation> owed) =>
        from one in owed
        let period = contract.Periods.FirstOrDefault(period => period.Key == one.PeriodKey)
        where period is not null && contract.EditionOf(period).Number < edition.Number
        select one;

    private static bool IsFunders(OutcomeContract contract, Obligation one) => contract.Parties.Any(
        party => party.Role is PartyRole.Funder && party.OrganisationId == one.PayeeOrganisationId);
}
