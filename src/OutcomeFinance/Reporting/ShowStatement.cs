using System.Globalization;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Reporting;
using Iop.Platform.Api;
using Iop.Printing;

namespace Iop.OutcomeFinance.Reporting;

/// <summary>A statement of account (kontoutdrag) of a contract, or of the caller's organisation as payer or as funder: as data,
/// as
/// a table for a spreadsheet, as PDF.</summary>
internal static class ShowStatement
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/statements/{kind}", Handle).WithName(nameof(ShowStatement));
        api.MapGet("/statements/{kind}/csv", Table).WithName("ShowStatementAsCsv")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv");
        api.MapGet("/statements/{kind}/pdf", Print).WithName("ShowStatementAsPdf")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf");
    }

    internal static async Task<Answer<StatementView>> Handle(
        string kind, Guid? contractId, DateOnly? from, DateOnly? to, Statements statements, CancellationToken cancel)
    {
        var (view, refusal) = await statements.Of(new StatementQuestion(kind, contractId, from, to), cancel);
        return refusal is null ? view! : refusal;
    }

    internal static async Task<IResult> Table(
        string kind, Guid? contractId, DateOnly? from, DateOnly? to, Statements statements, Texts texts, HttpRequest request,
        CancellationToken cancel)
    {
        var (view, refusal) = await statements.Of(new StatementQuestion(kind, contractId, from, to), cancel);
        if (refusal is not null) return (Answer<object>)refusal;
        var language = Texts.LanguageOf(request);
        var say = Say(texts, language);
        var csv = new Csv(language == "sv").Row(Columns(say));
        csv.Row([Day(view!.From), "", "", say("statement.opening"), "", ""], null, Amount(view.Opening, view));
        foreach (var line in view.Lines)
            csv.Row(Cells(line, say), Amount(line.Amount, view), Amount(line.Balance, view));
        csv.Row([Day(view.To), "", "", say("statement.closing"), "", ""], null, Amount(view.Closing, view));
        return TypedResults.Bytes(csv.Bytes(), "text/csv", $"{say($"statement.file.{view.Kind}")}.csv");
    }

    internal static async Task<IResult> Print(
        string kind, Guid? contractId, DateOnly? from, DateOnly? to, Statements statements, Texts texts, HttpRequest request,
        ChromiumPrinter printer, TimeProvider clock, CancellationToken cancel)
    {
        var (view, refusal) = await statements.Of(new StatementQuestion(kind, contractId, from, to), cancel);
        if (refusal is not null) return (Answer<object>)refusal;
        var language = Texts.LanguageOf(request);
        var say = Say(texts, language);
        var columns = Columns(say);
        var page = new PrintedHtml(language, say($"statement.kind.{view!.Kind}"), view.Of)
            .Facts(
                (say("statement.days"), [$"{Day(view.From)} – {Day(view.To)}"]), (say("statement.made"), [Day(clock.Today())]),
                (say("statement.currency"), [view.Currency]), (say("statement.opening"), [Written(view.Opening, language)]),
                (say("statement.closing"), [Written(view.Closing, language)]))
            .Table(columns, view.Lines.Select(line => (IReadOnlyList<string>)
                [.. Cells(line, say).Select(cell => cell ?? ""), Written(line.Amount, language),
                    Written(line.Balance, language)]))
            .Small(say("statement.source")).End();
        return new PrintedPage(page, $"{say($"statement.file.{view.Kind}")}.pdf", printer);
    }

    private static Func<string, string> Say(Texts texts, string language) => code => texts.Find(language, code) ?? code;

    private static IReadOnlyList<string> Columns(Func<string, string> say) =>
    [
        say("statement.on"), say("statement.contract"), say("statement.period"), say("statement.event"),
        say("statement.counterparty"), say("statement.document"), say("statement.amount"), say("statement.balance"),
    ];

    private static IReadOnlyList<string?> Cells(StatementLineView line, Func<string, string> say) =>
        [Day(line.On), line.ContractTitle, line.PeriodKey, say($"statement.event.{line.Event}"), line.Counterparty,
            line.Document];

    private static Money? Amount(string text, StatementView view) =>
        Currency.TryParse(view.Currency, out var currency) && Money.TryParse(text, currency, out var amount) ? amount : null;

    private static string Written(string amount, string language) =>
        language == "sv" ? amount.Replace('.', ',').Replace('-', '\u2212') : amount.Replace('-', '\u2212');

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
