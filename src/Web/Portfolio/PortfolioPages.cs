using Iop.Web.Frame;
using Iop.Web.Money;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Portfolio;

/// <summary>The page a fund's board meeting runs on: one money line, its contracts, and what comes next.</summary>
internal static class PortfolioPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/portfolj", (MoneyApi api, Visitor visitor, CancellationToken cancel) => Show(null, api, visitor, cancel));
        app.MapPost("/portfolj/fond", Keep);
    }

    private static async Task<IResult> Show(Filled? form, MoneyApi api, Visitor visitor, CancellationToken cancel)
    {
        var portfolio = await api.Portfolio(cancel);
        return portfolio.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<PortfolioPage>(new { Portfolio = portfolio.Value, Form = form }, form?.Problem?.Status ?? 200);
    }

    /// <summary>One investor on each line: name; amount.</summary>
    private static async Task<IResult> Keep(Filled form, MoneyApi api, Visitor visitor, CancellationToken cancel)
    {
        var investors = (form.Text("investors") ?? "")
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(';', 2, StringSplitOptions.TrimEntries))
            .Select(parts => new
            {
                name = parts[0], amount = parts is [_, { Length: > 0 } amount] ? Typed.Amount(amount) ?? "" : null,
            });
        var answer = await api.KeepFund(new
        {
            endsOn = form.Text("endsOn"), capital = form.Text("capital") is { } capital ? Typed.Amount(capital) ?? "" : null,
            investors,
        }, form.Tag, cancel);
        if (answer.Problem is not { } no) return Page.Done("/portfolj", "fund-kept");
        // An investor is a line of one field.
        var placed = no with
        {
            Errors = [.. no.Errors.Select(error => error.Field.StartsWith("investors[", StringComparison.Ordinal)
                ? error with { Field = "investors" } : error)],
        };
        return await Show(form.With(placed), api, visitor, cancel);
    }
}

public sealed record Portfolio(
    string? Funder, DateOnly On, Fund? Fund, IReadOnlyList<PortfolioSums> Totals,
    IReadOnlyList<PortfolioContract> Contracts, IReadOnlyList<ComingEvent>? Coming);

public sealed record Fund(
    DateOnly? EndsOn, string? Capital, string Currency, IReadOnlyList<Investor>? Investors, string FundTag);

public sealed record Investor(string Name, string? Amount);

public sealed record ComingEvent(
    Guid ContractId, string Title, string What, string? PeriodKey, DateOnly? On, string? Amount, string? Currency);

public sealed record PortfolioSums(
    string Currency, string? Committed, string PaidIn, string VerifiedInvestment, string Triggered, string Claimed,
    string Attested, string Settled, string Disputed, string? Expected, string WrittenOff, string ReturnToDate);

public sealed record PortfolioContract(
    Guid ContractId, string Title, string State, IReadOnlyList<string>? Payers, DateOnly StartsOn, DateOnly EndsOn,
    PortfolioSums Money, string Next, string? NextPeriodKey, DateOnly? NextOn, bool BeyondFund);
