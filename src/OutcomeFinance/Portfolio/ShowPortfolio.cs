using System.Globalization;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Reporting;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Portfolio;

/// <summary>A funder's portfolio (portfölj) over all its contracts: committed, paid in, triggered, claimed, attested, settled,
/// expected, written off; as data, or as a table for a spreadsheet.</summary>
internal static class ShowPortfolio
{
    private static readonly string[] Columns =
    [
        "contract", "state", "payers", "currency", "starts", "ends", "next", "committed", "paid-in", "verified", "triggered",
        "claimed", "attested", "settled", "disputed", "expected", "written-off", "return",
    ];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/portfolio", Handle).WithName(nameof(ShowPortfolio));
        api.MapGet("/portfolio/csv", Table).WithName("ShowPortfolioAsCsv")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv");
    }

    internal static async Task<Answer<PortfolioView>> Handle(
        Caller caller, Portfolios portfolios, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Controller, Roles.Officer) is { } missing) return missing;
        return PortfolioView.Of(await portfolios.Funder(cancel), clock.Today(), await portfolios.Read(cancel));
    }

    internal static async Task<IResult> Table(
        Caller caller, Portfolios portfolios, Texts texts, HttpRequest request, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Controller, Roles.Officer) is { } missing) return (Answer<object>)missing;
        var view = PortfolioView.Of(await portfolios.Funder(cancel), clock.Today(), await portfolios.Read(cancel));
        var language = Texts.LanguageOf(request);
        string Say(string code) => texts.Find(language, code) ?? code;
        var csv = new Csv(language == "sv").Row(Columns.Select(column => Say($"portfolio.{column}")));
        foreach (var one in view.Contracts)
            csv.Row([one.Title, Say($"portfolio.state.{one.State}"), string.Join(", ", one.Payers), one.Money.Currency,
                Day(one.StartsOn), Day(one.EndsOn), Next(one, Say)], Amounts(one.Money));
        foreach (var sum in view.Totals)
            csv.Row([Say("portfolio.total"), "", "", sum.Currency, "", "", ""], Amounts(sum));
        return TypedResults.Bytes(csv.Bytes(), "text/csv", $"{Say("portfolio.file")}.csv");
    }

    private static string Next(PortfolioContract one, Func<string, string> say) => string.Join(' ', new[]
    {
        say($"portfolio.next.{one.Next}"), one.NextPeriodKey, one.NextOn is { } day ? Day(day) : null,
    }.Where(part => !string.IsNullOrEmpty(part)));

    private static IEnumerable<Money?> Amounts(PortfolioSums sums) => new[]
    {
        sums.Committed, sums.PaidIn, sums.VerifiedInvestment, sums.Triggered, sums.Claimed, sums.Attested, sums.Settled,
        sums.Disputed, sums.Expected, sums.WrittenOff, sums.ReturnToDate,
    }.Select(text => Currency.TryParse(sums.Currency, out var currency) && Money.TryParse(text, currency, out var amount)
        ? amount : (Money?)null);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
