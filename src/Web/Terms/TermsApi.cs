using System.Text.Json;
using Iop.Web.Gateway;

namespace Iop.Web.Terms;

/// <summary>The two calls of the terms language.</summary>
internal sealed class TermsApi(GatewayCalls gateway)
{
    public Task<Answer<TermsCheck>> Check(string text, CancellationToken cancel) =>
        gateway.Ask<TermsCheck>("/outcome-finance/v1/terms/checks", new { text }, cancel);

    public Task<Answer<Evaluation>> Evaluate(string text, IReadOnlyList<Measurement> measurements, CancellationToken cancel) =>
        gateway.Ask<Evaluation>("/outcome-finance/v1/terms/evaluations", new { text, trace = true, measurements }, cancel);
}

public sealed record TermsCheck(
    bool Ok, IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<Measure> Measures, string? Canonical, string? Translated,
    string? Hash);

public sealed record Diagnostic(string Severity, string? Code, int Line, int Column, string Message);

public sealed record Measure(string Name, string Type, string? Accumulation);

public sealed record Measurement(string Period, bool Final, IReadOnlyDictionary<string, object> Values);

public sealed record Evaluation(
    string Currency, string Total, string? Rounding, IReadOnlyList<EvaluatedPeriod> Periods, IReadOnlyList<NamedAmount> Payers,
    IReadOnlyList<NamedAmount>? Payees, IReadOnlyList<AfterLine>? AfterLines, FunderResult? Funder, JsonElement? Trace);

public sealed record EvaluatedPeriod(
    string Period, string Due, bool Complete, IReadOnlyList<JsonElement>? Waiting, IReadOnlyList<EvaluatedLine> Lines);

public sealed record EvaluatedLine(string Name, string Amount, string Change);

public sealed record NamedAmount(string Name, string Amount);

public sealed record AfterLine(string Name, string? From, string? To, string Amount);

public sealed record FunderResult(string? Invested, string? Received, string? Result);
