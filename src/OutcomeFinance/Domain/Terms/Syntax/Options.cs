namespace Iop.OutcomeFinance.Domain.Terms.Syntax;

/// <summary>The properties of a row or payout, before or after its "=": <c>, per period, betalas av Regionen</c>.</summary>
internal sealed class Options(TokenReader reader)
{
    public static readonly Keyword[] OfRows = [Keyword.PerPeriod, Keyword.MayBeNegative, Keyword.PaidBy, Keyword.To];

    public static readonly Keyword[] OfPayout =
        [Keyword.PerPeriod, Keyword.WithoutCap, Keyword.CutEqually, Keyword.ClawbackAllowed, Keyword.CapCountsTheseTermsOnly];

    public static readonly Keyword[] OfAfterRows = [Keyword.From, Keyword.To, Keyword.AtEveryPeriod];

    private readonly Dictionary<Keyword, string?> _read = [];

    public bool Has(Keyword option) => _read.ContainsKey(option);

    public string? Party(Keyword option) => _read.GetValueOrDefault(option);

    public void Read(Keyword[] allowed)
    {
        while (reader.Accept(","))
        {
            var option = reader.Now;
            if (option.Kind != TokenKind.Keyword || !allowed.Contains(option.Keyword))
            {
                throw reader.Unexpected(string.Join(" / ", allowed.Select(one => one.In(reader.Language))));
            }

            reader.Take();
            if (Has(option.Keyword)) reader.Diagnostics.Error(option.At, "terms.said-twice", ("word", option.Text));
            _read[option.Keyword] = option.Keyword is Keyword.PaidBy or Keyword.To or Keyword.From ? Party() : null;
        }
    }

    /// <summary>A party is named, or is the funder of the contract.</summary>
    private string? Party() => reader.Accept(Keyword.Funder) ? null : reader.Name("…");
}
