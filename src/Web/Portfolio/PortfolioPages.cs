using Iop.Web.Frame;
using Iop.Web.Money;
using Iop.Web.Problems;

namespace Iop.Web.Portfolio;

/// <summary>The page a fund's board meeting runs on: one money line, its contracts, and what comes next.</summary>
internal static class PortfolioPages
{
    public static void Map(WebApplication app) => app.MapGet("/portfolj", Show);

    private static async Task<IResult> Show(MoneyApi api, Visitor visitor, CancellationToken cancel)
    {
        var portfolio = await api.Portfolio(cancel);
        return portfolio.Problem is { } no ? no.AsPage(visitor) : Page.Of<PortfolioPage>(new { Portfolio = portfolio.Value });
    }
}

public sealed record Portfolio(
    string? Funder, DateOnly On, IReadOnlyList<PortfolioSums> Totals, IReadOnlyList<PortfolioContract> Contracts);

public sealed record PortfolioSums(
    string Currency, string? Committed, string PaidIn, string VerifiedInvestment, string Triggered, string Claimed,
    string Attested, string Settled, string Disputed, string? Expected, string WrittenOff, string ReturnToDate);

public sealed record PortfolioContract(
    Guid ContractId, string Title, string State, IReadOnlyList<string>? Payers, DateOnly StartsOn, DateOnly EndsOn,
    PortfolioSums Money, string Next, string? NextPeriodKey, DateOnly? NextOn);
