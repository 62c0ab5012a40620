using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain.Reporting;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Portfolio;

/// <summary>A funder says how large its fund is, who has put money into it (investerare) and when it ends (fondens slut). The
/// portfolio warns of contracts that outlive it.</summary>
internal static class KeepFund
{
    public sealed record Request(
        DateOnly EndsOn, IReadOnlyList<InvestorRequest> Investors, string Currency = "SEK", string? Capital = null);

    public sealed record InvestorRequest(string Name, string? Amount = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/portfolio/fund", Show).WithName("ShowFund");
        api.MapPut("/portfolio/fund", Handle).WithName(nameof(KeepFund));
    }

    internal static async Task<Answer<FundView>> Show(Caller caller, OutcomeFinanceDb db, CancellationToken cancel)
    {
        if (await db.Organisations.FindAsync([caller.Organisation], cancel) is null) return Refusal.NotFound;
        if (caller.Lacks(Roles.Controller, Roles.Officer) is { } missing) return missing;
        var fund = await db.FundOf(caller.Organisation, cancel) ?? new Fund { OrganisationId = caller.Organisation };
        return Answers.Ok(FundView.Of(fund), fund.Version);
    }

    internal static async Task<Answer<FundView>> Handle(
        Request request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Organisations.FindAsync([caller.Organisation], cancel) is null) return Refusal.NotFound;
        if (caller.Lacks(Roles.Controller, Roles.Officer) is { } missing) return missing;
        var known = await db.FundOf(caller.Organisation, cancel);
        var fund = known ?? new Fund { OrganisationId = caller.Organisation };
        if (ifMatch.Misses(fund.Version) is { } stale) return stale;
        if (Malformed(request) is { } malformed) return malformed;
        var currency = Currency.TryParse(request.Currency, out var named) ? named : Currency.Sek;
        fund.Say(request.EndsOn,
            request.Capital is null ? null : new Money(WrittenAmount.Read(request.Capital, currency), currency), currency,
            request.Investors.Select((one, at) => new FundInvestor
            {
                InvestorId = Guid.CreateVersion7(clock.GetUtcNow()),
                OrganisationId = caller.Organisation,
                Position = at,
                Name = one.Name.Trim(),
                AmountMinor = one.Amount is null ? null : WrittenAmount.Read(one.Amount, currency),
            }));
        if (known is null) db.Funds.Add(fund);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(FundView.Of(fund), fund.Version);
    }

    private static Refusal? Malformed(Request request)
    {
        var readable = Currency.TryParse(request.Currency, out var currency);
        var fields = new Fields().Must("currency", readable, "fund.currency-unknown")
            .Count("investors", request.Investors.Count, 0, Fund.InvestorsMax)
            .Must("capital", !readable || request.Capital is null || WrittenAmount.IsFund(request.Capital, currency),
                "fund.amount-wrong");
        if (request.Investors.Count > Fund.InvestorsMax) return fields.Refusal;
        foreach (var (at, one) in request.Investors.Index())
        {
            fields.Text($"investors[{at}].name", one?.Name, 200).Must($"investors[{at}].amount",
                !readable || one?.Amount is null || WrittenAmount.IsFund(one.Amount, currency), "fund.amount-wrong");
        }
        return fields.Refusal;
    }
}

/// <summary>A fund, as its own organisation sees it.</summary>
/// <param name="EndsOn">Null before anything was said.</param>
public sealed record FundView(
    DateOnly? EndsOn, string? Capital, string Currency, IReadOnlyList<InvestorView> Investors, string FundTag)
{
    internal static FundView Of(Fund fund)
    {
        var currency = Kernel.Currency.TryParse(fund.Currency, out var known) ? known : Kernel.Currency.Sek;
        return new FundView(
            fund.Version == 0 ? null : fund.EndsOn, Text(fund.CapitalMinor), currency.Code,
            [.. fund.Investors.OrderBy(one => one.Position).Select(one => new InvestorView(one.Name, Text(one.AmountMinor)))],
            fund.Version.ToString(System.Globalization.CultureInfo.InvariantCulture));

        string? Text(long? minor) => minor is { } amount ? new Money(amount, currency).ToDecimalString() : null;
    }
}

public sealed record InvestorView(string Name, string? Amount);
