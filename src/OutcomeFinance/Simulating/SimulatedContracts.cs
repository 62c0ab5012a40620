using System.Text.Json;
using System.Text.Json.Serialization;
using Iop.OutcomeFinance.Calculating;
using Iop.OutcomeFinance.Domain.Calculating;
using Iop.OutcomeFinance.Domain.Contracting;
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
    /// <param name="program">Its terms.</param>
    /// <param name="verified">What has been verified, where it may be read: only the system may.</param>
    public static SimulatedContract Of(
        OutcomeContract contract, TermsProgram program, IReadOnlyList<VerifiedMeasurement> verified)
    {
        var keys = contract.Periods.Select(period => period.Key).ToList();
        var measured = VerifiedMeasurement.InForce(verified, keys).ToDictionary(one => one.PeriodKey, StringComparer.Ordinal);
        var lists = FiguresOfMeasurement.ListsOf(program);
        return new SimulatedContract(
            program,
            [.. contract.Periods.Select(period => new SimulatedPeriod(
                period.Key, period.Final, period.To,
                measured.TryGetValue(period.Key, out var one) ? FiguresOfMeasurement.Of(one, period.Final, lists) : null))],
            contract.Periods.Min(period => period.From),
            [.. contract.Investments.Select(one => new CashFlow(one.On, one.AmountMinor))]);
    }
}
