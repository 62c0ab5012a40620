using Iop.OutcomeFinance.Calculating;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Amending;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Simulating;

/// <summary>What has been verified of a contract as a whole (historik), period by period, as its newest calculation keeps it for
/// the parties. Figures of groups and of persons are not in it: calculations alone read those.</summary>
internal sealed class VerifiedHistory
{
    private readonly IReadOnlyList<PeriodRecord> _measured;

    private VerifiedHistory(IEnumerable<PeriodRecord> periods) =>
        _measured = [.. periods.Where(period => period.Measurement is not null)];

    public static async Task<VerifiedHistory> Of(ContractId contract, OutcomeFinanceDb db, CancellationToken cancel)
    {
        var newest = await db.Calculations.AsNoTracking().Where(one => one.ContractId == contract)
            .OrderByDescending(one => one.Number).Select(one => one.Result).FirstOrDefaultAsync(cancel);
        return new VerifiedHistory(newest is null ? [] : CalculationRecord.Read(newest).Periods);
    }

    /// <summary>A measure's figures, in the order of the periods.</summary>
    public IReadOnlyList<string> Of(string measure) =>
        [.. _measured.SelectMany(Figures).Where(figure => figure.Path == measure).Select(figure => figure.Value)];

    /// <summary>The periods before an edition, with what its terms know: of what replaces, the last value is still there when the
    /// edition begins.</summary>
    public IReadOnlyList<PeriodFigures> Before(OutcomeContract contract, Edition edition, TermsProgram program)
    {
        var before = contract.Periods.Where(period => contract.EditionOf(period).Number < edition.Number)
            .Select(period => period.Key).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. _measured.Where(period => before.Contains(period.Key)).Select(period => new PeriodFigures(
                period.Key, false, Figures(period).Where(figure => program.Knows(figure.Path))
                    .ToDictionary(figure => figure.Path, Value, StringComparer.Ordinal))),
        ];
    }

    private static IEnumerable<FigureRecord> Figures(PeriodRecord period) =>
        period.Measurement!.Figures.Where(figure => figure.Type != "members");

    private static Figure Value(FigureRecord figure) =>
        figure.Type == "boolean" ? new FigureYesNo(figure.Value == "true") : new FigureText(figure.Value);
}
