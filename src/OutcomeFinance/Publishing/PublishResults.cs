using Iop.OutcomeFinance.Calculating;
using Iop.OutcomeFinance.Domain.Calculating;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Publishing;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Domain.Terms.Measuring;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Microsoft.EntityFrameworkCore;
using FigureType = Iop.OutcomeFinance.Domain.Calculating.FigureType;

namespace Iop.OutcomeFinance.Publishing;

/// <summary>Publishes what a calculation was made on (offentliggör): here, because figures, parties and amounts meet
/// here.</summary>
internal sealed class PublishResults(OutcomeFinanceDb db, TimeProvider clock)
{
    /// <summary>The contract is locked, and its verified measurements and newest calculation have just been read: they are not
    /// read again.</summary>
    public async Task After(OutcomeContract contract, CancellationToken cancel)
    {
        if (db.Calculations.Local.MaxBy(one => one.Number) is not { } calculation) return; // nothing new counts
        if (await db.PublishedContracts.SingleOrDefaultAsync(one => one.ContractId == contract.ContractId, cancel)
            is not { } published) return; // not heard of its signing yet; the next one is published
        var periods = contract.Periods.Select(period => period.Key).ToList();
        // Of all editions: a measure that an amendment brings may count people too.
        var measures = contract.Editions.SelectMany(edition => TermsReader.Read(edition.Terms).Measures)
            .DistinctBy(measure => measure.Path, StringComparer.Ordinal)
            .ToDictionary(measure => measure.Path, StringComparer.Ordinal);
        var counted = VerifiedMeasurement.InForce(db.Measurements.Local, periods);
        var figures = counted.SelectMany(one => Sheet(one, measures)).ToList();
        var perPerson = counted.Any(one => one.Figures.Any(figure => figure.OfParticipant));
        var amounts = CalculationRecord.Read(calculation.Result).Periods
            .Select(period => new SheetAmount(period.Key, period.Due)).ToList();
        // What is due for single persons says how many of them succeeded.
        var publication = Suppression.Of(periods, figures, perPerson ? [] : amounts, published.Last);
        published.Take(perPerson
            ? publication with { Amounts = [.. amounts.Select(amount => new PublishedAmount(amount.Period, null))] }
            : publication, clock.GetUtcNow());
    }

    private static IEnumerable<SheetFigure> Sheet(
        VerifiedMeasurement measurement, IReadOnlyDictionary<string, MeasuredFigure> measures)
    {
        foreach (var figure in measurement.Figures.Where(figure => !figure.OfParticipant).OrderBy(
            figure => figure.Path, StringComparer.Ordinal))
        {
            if (figure.Type is FigureType.Code) continue; // words may say anything
            if (figure.Type is FigureType.Members)
            {
                yield return new SheetFigure(measurement.PeriodKey, "", "", figure.Path, FigureKind.Count, figure.Value);
                continue;
            }
            var path = figure.Path.Split('/');
            var (collection, group, name) = path is [var of, var member, .. var rest]
                ? (of, member, rest is [var field] ? field : "") : ("", "", figure.Path);
            var measure = measures.GetValueOrDefault(collection.Length == 0 ? name : $"{collection}/{name}");
            yield return new SheetFigure(measurement.PeriodKey, collection, group, name, KindOf(measure), figure.Value);
        }
        foreach (var people in measurement.Figures.Where(figure => figure.OfParticipant)
            .GroupBy(figure => figure.Path.Split('/')[0], StringComparer.Ordinal).OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            var many = people.Select(figure => figure.Path.Split('/')[1]).Distinct(StringComparer.Ordinal).Count();
            yield return new SheetFigure(measurement.PeriodKey, "", "", people.Key, FigureKind.Count,
                many.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Whatever is counted may be people.</summary>
    private static FigureKind KindOf(MeasuredFigure? measure) => measure?.Type switch
    {
        "count" => FigureKind.Count,
        "number" when measure.Unit is { } unit && WordsForPeople.IsOne(unit) => FigureKind.Count,
        "percent" => FigureKind.Ratio,
        _ => FigureKind.Other,
    };
}
