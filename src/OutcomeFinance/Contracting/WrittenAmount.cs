using Iop.Kernel;
using Iop.OutcomeFinance.Terms;

namespace Iop.OutcomeFinance.Contracting;

/// <summary>An amount in a list that somebody writes into a draft: above nothing, and no more than ten billion kronor.</summary>
internal static class WrittenAmount
{
    /// <summary>In öre: far above any fund.</summary>
    private const long Most = 1_000_000_000_000;

    /// <summary>The currency of the draft's terms; kronor while they cannot be read.</summary>
    public static Currency CurrencyOf(string terms) => TermsReader.Read(terms).Program?.Currency ?? Currency.Sek;

    public static bool IsOne(string? text, Currency currency) => Read(text, currency) is > 0 and <= Most;

    /// <summary>Above nothing, and no more than a hundred billion kronor: what a fund may hold.</summary>
    public static bool IsFund(string? text, Currency currency) => Read(text, currency) is > 0 and <= Most * 10;

    /// <summary>In öre; 0 when it is not an amount.</summary>
    public static long Read(string? text, Currency currency) =>
        text is not null && Money.TryParse(text, currency, out var amount) ? amount.Minor : 0;
}
