namespace Iop.OutcomeFinance.Domain.Terms.Evaluation;

/// <param name="Measurement">Index of the entry that holds for the period.</param>
/// <param name="Number">The period's place in the contract, from 1.</param>
/// <param name="BeforeTheseTerms">It belongs to the terms before an amendment.</param>
internal readonly record struct PeriodToCompute(int Measurement, int Number, bool BeforeTheseTerms);

/// <summary>The order of the contract's periods, and which entry holds for each.</summary>
internal static class PeriodOrder
{
    public static FigureProblem? Of(ProgramPlan program, EvaluationRequest request, out List<PeriodToCompute> order)
    {
        order = new List<PeriodToCompute>(request.Measurements.Count);
        if (request is { Measurements.Count: 1, Periods: null, FirstPeriod: null } && program.Amendment is null)
        {
            order.Add(new PeriodToCompute(0, 1, false));
            return null;
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var key in request.Periods ?? [])
        {
            if (!places.TryAdd(key, places.Count + 1)) return Problem("figure.period-twice", "periods", key);
        }

        var latest = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < request.Measurements.Count; at++)
        {
            var key = request.Measurements[at].Period;
            if (request.Periods is not null && !places.ContainsKey(key)) return Problem("figure.period-unknown", Path(at), key);
            places.TryAdd(key, places.Count + 1);
            latest[key] = at; // the same period again supersedes it and keeps its place
        }

        if (places.Count > Limits.Periods) return Problem("figure.too-many-periods", "measurements", "");
        var first = request.FirstPeriod ?? program.Amendment?.Period;
        if (first is not null && !places.ContainsKey(first)) return Problem("figure.first-period-missing", "measurements", first);
        var start = first is null ? 0 : places[first];
        foreach (var (key, place) in places.OrderBy(one => one.Value))
        {
            if (latest.TryGetValue(key, out var at)) order.Add(new PeriodToCompute(at, place, place < start));
        }

        return null;
    }

    private static string Path(int at) => FormattableString.Invariant($"measurements[{at}].period");

    private static FigureProblem Problem(string code, string path, string period) =>
        new(code, path, new Dictionary<string, string>(StringComparer.Ordinal) { ["period"] = Syntax.Names.Shown(period) });
}
