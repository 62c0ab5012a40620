using System.Security.Cryptography;
using System.Text;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Terms.Checking;
using Iop.OutcomeFinance.Domain.Terms.Evaluation;
using Iop.OutcomeFinance.Domain.Terms.Printing;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms;

/// <param name="Type">money, number, count, quantity, rate, percent, percentage-points, yes-no, date, code, codes or
/// collection.</param>
/// <param name="Accumulation">latest, adds-up, or extends for lists of codes and collections.</param>
public sealed record MeasureSummary(string Name, string Type, string Accumulation);

/// <summary>What a check of a text found.</summary>
/// <param name="Canonical">What the parties sign; null while the text has errors, as are the three after it.</param>
/// <param name="Translated">The same in the other language, for showing only.</param>
/// <param name="Hash">SHA-256 of the canonical text.</param>
/// <param name="Program">For evaluating, any number of times.</param>
public sealed record TermsCheck(
    TermsLanguage Language, IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<MeasureSummary> Measures,
    string? Canonical, string? Translated, string? Hash, TermsProgram? Program)
{
    public bool Ok => Program is not null;
}

/// <summary>A checked text, ready to be evaluated any number of times. Immutable and safe to share.</summary>
public sealed class TermsProgram
{
    internal TermsProgram(ProgramPlan plan) => Plan = plan;

    /// <summary>What the parties sign.</summary>
    public string Canonical => Plan.Canonical;

    /// <summary>SHA-256 of the canonical text in UTF-8, lower-case hexadecimal.</summary>
    public string Hash => Plan.Hash;

    public TermsLanguage Language => Plan.Language;

    public Currency Currency => Plan.Currency;

    internal ProgramPlan Plan { get; }

    /// <summary>Whether it has a measure or a collection of that name.</summary>
    internal bool Knows(string name) => Plan.MeasuresByName.ContainsKey(name) || Plan.CollectionsByName.ContainsKey(name);
}

/// <summary>The door to the terms language: check a text, evaluate what was checked.</summary>
public static class TermsText
{
    /// <summary>Reads and checks a text of any kind; never throws.</summary>
    public static TermsCheck Check(string text)
    {
        var diagnostics = new Diagnostics();
        if (text.Length > Limits.TextBytes || Encoding.UTF8.GetByteCount(text) > Limits.TextBytes)
        {
            diagnostics.Error(Place.Start, "terms.text-too-long", ("most", "64 KiB"));
            return new TermsCheck(TermsLanguage.Swedish, diagnostics.InOrder, [], null, null, null, null);
        }

        var tree = Parser.Parse(text, diagnostics);
        if (diagnostics.Failed) return Refused(tree, diagnostics);
        var canonical = Printer.Print(tree, tree.Language);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        if (ProgramBuilder.Build(tree, canonical, hash, diagnostics) is not { } plan) return Refused(tree, diagnostics);
        return new TermsCheck(
            tree.Language, diagnostics.InOrder, Summaries(plan), canonical, Printer.Print(tree, tree.Language.Other()), hash,
            new TermsProgram(plan));
    }

    /// <summary>Computes what the terms are worth on the figures given.</summary>
    public static TermsEvaluation Evaluate(TermsProgram program, EvaluationRequest request) =>
        Evaluator.Evaluate(program.Plan, request);

    private static TermsCheck Refused(TermsTree tree, Diagnostics diagnostics) =>
        new(tree.Language, diagnostics.InOrder, [], null, null, null, null);

    private static List<MeasureSummary> Summaries(ProgramPlan program) =>
    [
        .. program.Measures.Select(measure =>
            (measure.At, Summary: new MeasureSummary(measure.Name, TypeOf(program, measure), AccumulationOf(measure))))
            .Concat(program.Collections.Select(one => (one.At, Summary: new MeasureSummary(one.Name, "collection", "extends"))))
            .OrderBy(one => one.At.Line).ThenBy(one => one.At.Column).Select(one => one.Summary),
    ];

    private static string AccumulationOf(FigurePlan measure) =>
        measure.Written.Basic == BasicType.Codes ? "extends" : measure.AddsUp ? "adds-up" : "latest";

    private static string TypeOf(ProgramPlan program, FigurePlan measure) => measure.Written.Basic switch
    {
        BasicType.Number => "number",
        BasicType.Count => "count",
        BasicType.Percent => "percent",
        BasicType.Points => "percentage-points",
        BasicType.YesNo => "yes-no",
        BasicType.Date => "date",
        BasicType.Code => "code",
        BasicType.Codes => "codes",
        _ when measure.Written.Per.Count > 0 => "rate",
        _ => measure.Written.Unit == program.Currency.Code ? "money" : "quantity",
    };
}
