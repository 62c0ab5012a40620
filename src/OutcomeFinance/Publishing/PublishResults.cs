using Iop.OutcomeFinance.Calculating;
using Iop.OutcomeFinance.Domain.Calculating;
using Iop.OutcomeFinance.Domain.Publishing;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using FigureType = Iop.OutcomeFinance.Domain.Calculating.FigureType;

namespace Iop.OutcomeFinance.Publishing;

/// <summary>Publishes what a calculation was made on (offentliggör): here, because figures, parties and amounts meet
/// here.</summary>
internal sealed class PublishResults(OutcomeFinanceDb db, TimeProvider clock)
{
    /// <param name="calculated">What has just been calculated, with the contract locked.</param>
    /// <param name="read">The contract.</param>
    /// <param name="published">As it was read under the lock; null when its signing has not been heard of yet: then the next one
    /// is published.</param>
    public void After(Calculated calculated, ReadContract read, PublishedContract? published)
    {
        if (published is null) return;
        var figures = calculated.Measurements.SelectMany(one => Sheet(one, read.Measures)).ToList();
        var perPerson = calculated.Measurements.Any(one => one.Figures.Any(figure => figure.OfParticipant));
        var amounts = calculated.Record.Periods.Select(period => new SheetAmount(period.Key, period.Due)).ToList();
        // What is due for single persons says how many of them succeeded.
        var publication = Suppression.Of(read.Periods, figures, perPerson ? [] : amounts, published.Last);
        db.Attach(published);
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

    /// <summary>Whatever is counted may be people, unless the text says that it is not.</summary>
    private static FigureKind KindOf(MeasuredFigure? measure) => measure switch
    {
        { CountsPersons: true } => FigureKind.Count,
        { Type: "percent" } => FigureKind.Ratio,
        _ => FigureKind.Other,
    };
}
