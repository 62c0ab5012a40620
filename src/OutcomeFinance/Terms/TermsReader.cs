using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Domain.Terms.Evaluation;
using Iop.OutcomeFinance.Domain.Terms.Measuring;
using Iop.OutcomeFinance.Domain.Terms.Syntax;
using Iop.Platform.Api;

namespace Iop.OutcomeFinance.Terms;

/// <summary>A text of terms, read and checked.</summary>
/// <param name="Check">What the check found.</param>
internal sealed record ReadTerms(TermsCheck Check)
{
    public TermsProgram? Program => Check.Program;

    /// <summary>What it says of parties; null while it has errors.</summary>
    public TermsInForce? InForce => Program is { Plan: var plan }
        ? new TermsInForce(
            [.. plan.Payers.Select(payer => payer.Name)],
            [.. plan.Payees.Select(payee => payee.Name)],
            [.. plan.AfterRows.SelectMany(row => new[] { row.Source.From, row.Source.To }).OfType<string>()
                .Distinct(StringComparer.Ordinal)],
            plan.FunderName,
            plan.Tree.All<PartyStatement>().Any(party => party.Pays),
            plan.Invested is not null)
        : null;

    /// <summary>What is reported and verified: one line per figure, those of collections as collection/field.</summary>
    public IReadOnlyList<MeasuredFigure> Measures => Program is { } program ? MeasuresOf(program) : [];

    public static IReadOnlyList<MeasuredFigure> MeasuresOf(TermsProgram program)
    {
        var plan = program.Plan;
        return
        [
            .. plan.Measures.Select(measure => Of(plan, measure, measure.Name)),
            .. plan.Collections.SelectMany(collection => (collection.Single is { } only ? [only] : collection.Fields)
                .Select(measure => Of(plan, measure, $"{collection.Name}/{measure.Name}") with
                {
                    PerPerson = CountedPersons.Are(collection, plan.Tree),
                })),
        ];
    }

    private static MeasuredFigure Of(ProgramPlan plan, FigurePlan figure, string path) => new(
        path, TypeOf(plan, figure.Written), figure.AddsUp ? "additive" : "latest", figure.Written.Unit,
        figure.Properties.MayBeNegative)
    {
        CountsPersons = CountedPersons.Are(figure),
    };

    private static string TypeOf(ProgramPlan plan, TypeName type) => type.Basic switch
    {
        BasicType.Count => "count",
        BasicType.Percent or BasicType.Points => "percent",
        BasicType.YesNo => "boolean",
        BasicType.Date => "date",
        BasicType.Code => "code",
        BasicType.Codes => "codes",
        BasicType.Quantity when type.Unit == plan.Currency.Code && type.Per.Count == 0 => "money",
        _ => "number",
    };
}

/// <summary>A figure that the contract needs.</summary>
/// <param name="PerPerson">It is measured of each person on their own.</param>
internal sealed record MeasuredFigure(
    string Path, string Type, string Accumulation, string? Unit, bool MayBeNegative, bool PerPerson = false)
{
    /// <summary>It is a number of persons, or may be one.</summary>
    public bool CountsPersons { get; init; }
}

/// <summary>Reads terms and says what is wrong with them in the caller's language.</summary>
internal sealed class TermsReader(Texts texts, IHttpContextAccessor http)
{
    public static ReadTerms Read(string text) => new(TermsText.Check(text));

    public static TermsEvaluation Evaluate(TermsProgram program, EvaluationRequest request) =>
        TermsText.Evaluate(program, request);

    /// <param name="terms">The text.</param>
    /// <param name="names">What is wrong with the names in it, beside this contract's parties; or null.</param>
    public CheckView View(ReadTerms terms, Refusal? names = null)
    {
        var check = terms.Check;
        var diagnostics = check.Diagnostics.Select(Of);
        if (names is not null) diagnostics = diagnostics.Append(
            new DiagnosticView("error", names.Code, 1, 1, Sentence(names.Code, names.Arguments)));
        return new CheckView(
            check.Ok, [.. diagnostics], [.. check.Measures.Select(
                measure => new MeasureView(measure.Name, measure.Type, measure.Accumulation))],
            check.Canonical, check.Translated, check.Hash);
    }

    /// <summary>The sentence of a code, in the caller's language.</summary>
    public string Sentence(string code, IReadOnlyDictionary<string, string> arguments) =>
        texts.Find(Language, code, arguments) ?? code;

    /// <summary>Why a row waits: the sentence names the measure that is missing, or the table without a band.</summary>
    public string Sentence(string code, string subject) => Sentence(
        code, new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = subject, ["subject"] = subject });

    public string Language => http.HttpContext is { } context ? Texts.LanguageOf(context.Request) : "sv";

    private DiagnosticView Of(Diagnostic one) =>
        new(Words.Of(one.Severity), one.Code, one.Line, one.Column, Sentence(one.Code, one.Arguments));
}

/// <summary>What the check found. <c>Canonical</c>, <c>Translated</c> and <c>Hash</c> are null while the text has
/// errors.</summary>
public sealed record CheckView(
    bool Ok, IReadOnlyList<DiagnosticView> Diagnostics, IReadOnlyList<MeasureView> Measures, string? Canonical,
    string? Translated, string? Hash);

public sealed record DiagnosticView(string Severity, string Code, int Line, int Column, string Message);

public sealed record MeasureView(string Name, string Type, string Accumulation);
