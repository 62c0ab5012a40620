using System.Text.Json;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.Platform.Api;

namespace Iop.OutcomeFinance.Terms;

/// <summary>Computes what terms are worth on figures of one's own (räkna på villkor). Nothing is stored.</summary>
internal static class EvaluateTerms
{
    private const int MeasurementsMax = 2_000;

    public sealed record Request(string Text, IReadOnlyList<Measurement> Measurements, bool Trace = false,
        IReadOnlyList<string>? Periods = null);

    /// <summary>The same period again supersedes it whole.</summary>
    public sealed record Measurement(string Period, IReadOnlyDictionary<string, JsonElement> Values, bool Final = false);

    public sealed record View(
        string Currency, string Total, string Gross, string Rounding, IReadOnlyList<PeriodView> Periods,
        IReadOnlyList<AmountView> Payers,
        IReadOnlyList<AmountView> Payees, IReadOnlyList<AfterLineView> AfterLines, FunderView? Funder,
        IReadOnlyList<StepView>? Trace);

    public sealed record PeriodView(
        string Period, string Due, bool Complete, IReadOnlyList<WaitingView> Waiting, IReadOnlyList<LineView> Lines);

    public sealed record WaitingView(string Name, string Code, string Reason);

    public sealed record LineView(string Name, string Amount, string Change);

    public sealed record AmountView(string Name, string Amount);

    public sealed record AfterLineView(string Name, string From, string To, string Amount);

    public sealed record FunderView(string Invested, string Received, string Result);

    public sealed record StepView(string Period, string Row, string Code, string Text);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/terms/evaluations", Handle).WithName(nameof(EvaluateTerms));

    internal static Answer<View> Handle(Request request, TermsReader reader)
    {
        if (Malformed(request) is { } malformed) return malformed;
        if (TermsReader.Read(request.Text) is not { Program: { } program } terms)
            return Faulty(reader.View(TermsReader.Read(request.Text)));
        var evaluation = TermsReader.Evaluate(program, new EvaluationRequest([.. request.Measurements.Select(Figures)])
        {
            Periods = request.Periods, Trace = request.Trace,
        });
        return evaluation.Result is { } result ? Of(result, reader) : Unusable(evaluation.Problem!);
    }

    private static Refusal? Malformed(Request request)
    {
        var fields = new Fields().Must("measurements", request.Measurements.Count <= MeasurementsMax, "field.too-many");
        if (request.Measurements.Count > MeasurementsMax) return fields.Refusal;
        foreach (var (at, measurement) in request.Measurements.Index()) fields.Text(
            $"measurements[{at}].period", measurement?.Period, 60);
        foreach (var (at, period) in (request.Periods ?? []).Index()) fields.Text($"periods[{at}]", period, 60);
        return fields.Refusal;
    }

    /// <summary>400, and the first thing that is wrong with the text: where, and what.</summary>
    private static Refusal Faulty(CheckView check)
    {
        var first = check.Diagnostics.First(one => one.Severity == "error");
        return new Refusal("terms.faulty", RefusalKind.Malformed)
            .With("line", first.Line).With("column", first.Column).With("diagnostic", first.Code).With("message", first.Message);
    }

    internal static Refusal Unusable(FigureProblem problem) => problem.Arguments.Aggregate(
        new Refusal(problem.Code, RefusalKind.Malformed).With("path", problem.Path),
        (so, argument) => so.With(argument.Key, argument.Value));

    private static PeriodFigures Figures(Measurement measurement) => new(
        measurement.Period, measurement.Final,
        measurement.Values.ToDictionary(pair => pair.Key, pair => Figure(pair.Value), StringComparer.Ordinal));

    internal static Figure Figure(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => new FigureYesNo(value.GetBoolean()),
        JsonValueKind.String => new FigureText(value.GetString()!),
        JsonValueKind.Array => new FigureList([.. value.EnumerateArray().Select(Figure)]),
        JsonValueKind.Object => new FigureMap(Entries(value)),
        JsonValueKind.Null or JsonValueKind.Undefined => new FigureNothing(),
        _ => new FigureText(value.GetRawText()),
    };

    private static Dictionary<string, Figure> Entries(JsonElement thing)
    {
        var entries = new Dictionary<string, Figure>(StringComparer.Ordinal);
        foreach (var member in thing.EnumerateObject()) entries[member.Name] = Figure(member.Value);
        return entries;
    }

    private static View Of(TermsResult result, TermsReader reader) => new(
        result.Currency.Code, Text(result.Total), Text(result.Gross), Text(result.Rounding),
        [.. result.Periods.Select(period => Of(period, reader))],
        [.. result.Payers.Select(payer => new AmountView(payer.Name, Text(payer.Amount)))],
        [.. result.Payees.Select(payee => new AmountView(payee.Name, Text(payee.Amount)))],
        [.. result.AfterLines.Select(line => new AfterLineView(line.Name, line.From, line.To, Text(line.Amount)))],
        result.Funder is { } funder ? new FunderView(Text(funder.Invested), Text(funder.Received), Text(funder.Result)) : null,
        result.Trace is { } trace ? [.. trace.Select(
            step => new StepView(step.Period, step.Row, step.Code, reader.Sentence(step.Code, step.Arguments)))] : null);

    private static PeriodView Of(PeriodResult period, TermsReader reader) => new(
        period.Period, Text(period.Due), period.Complete,
        [.. period.Waiting.Select(row => new WaitingView(row.Row, row.Code, reader.Sentence(row.Code, row.Subject)))],
        [.. period.Lines.Select(line => new LineView(line.Name, Text(line.Amount), Text(line.Change)))]);

    private static string Text(Money money) => money.ToDecimalString();
}
