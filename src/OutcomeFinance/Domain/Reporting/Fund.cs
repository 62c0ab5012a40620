using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Reporting;

/// <summary>What a funder says of its fund (fond): how large it is, who has put money into it, and until when it may be
/// out.</summary>
internal sealed class Fund
{
    public const int InvestorsMax = 100;

    private readonly List<FundInvestor> _investors = [];

    public required Guid OrganisationId { get; init; }

    public DateOnly EndsOn { get; private set; }

    /// <summary>Null when it is not said.</summary>
    public long? CapitalMinor { get; private set; }

    public string Currency { get; private set; } = Iop.Kernel.Currency.Sek.Code;

    public IReadOnlyList<FundInvestor> Investors => _investors;

    public long Version { get; private set; }

    public void Say(DateOnly endsOn, Money? capital, Currency currency, IEnumerable<FundInvestor> investors)
    {
        (EndsOn, CapitalMinor, Currency) = (endsOn, capital?.Minor, currency.Code);
        _investors.Clear();
        _investors.AddRange(investors);
        Version++;
    }

    /// <summary>Whether something that ends on this day is still out when the fund must be paid back.</summary>
    public bool EndsBefore(DateOnly lastDay) => EndsOn < lastDay;
}

/// <summary>Who has put money into a fund: the EU, the state, a foundation.</summary>
internal sealed class FundInvestor
{
    public required Guid InvestorId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required int Position { get; init; }

    public required string Name { get; init; }

    public required long? AmountMinor { get; init; }
}
