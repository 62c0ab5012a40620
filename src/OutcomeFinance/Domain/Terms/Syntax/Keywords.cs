using System.Collections.Frozen;

namespace Iop.OutcomeFinance.Domain.Terms.Syntax;

/// <summary>The words of the language, in Swedish and in English. A phrase reserves only the whole phrase.</summary>
internal static class Keywords
{
    /// <summary>The first wording in each list is the canonical one.</summary>
    private static readonly (Keyword Keyword, string Swedish, string English)[] All =
    [
        (Keyword.Terms, "villkor", "terms"),
        (Keyword.Unit, "enhet", "unit"),
        (Keyword.Measure, "mått", "measure"),
        (Keyword.Collection, "samling", "collection"),
        (Keyword.Field, "fält", "field"),
        (Keyword.EachKeyHas, "varje nyckel har", "each key has"),
        (Keyword.Let, "låt", "let"),
        (Keyword.Table, "tabell", "table"),
        (Keyword.When, "när", "when"),
        (Keyword.Part, "delen", "the part"),
        (Keyword.Card, "prislista", "rate card"),
        (Keyword.Entry, "post", "entry"),
        (Keyword.Row, "rad", "row"),
        (Keyword.Payout, "utbetalning", "payout"),
        (Keyword.Payer, "betalare", "payer"),
        (Keyword.Payee, "mottagare", "payee"),
        (Keyword.Funder, "finansiär", "funder"),
        (Keyword.AfterRow, "efterrad", "after row"),
        (Keyword.Amendment, "ändring från", "amendment from"),
        (Keyword.Number, "tal", "number"),
        (Keyword.CountOf, "antal", "count of"),
        (Keyword.QuantityOf, "mängd", "quantity of"),
        (Keyword.Percent, "procent", "percent"),
        (Keyword.PercentagePoints, "procentenheter", "percentage points"),
        (Keyword.PercentagePoint, "procentenhet", "percentage point"),
        (Keyword.Date, "datum", "date"),
        (Keyword.Code, "kod", "code"),
        (Keyword.Codes, "koder", "codes"),
        (Keyword.Latest, "senaste värdet gäller", "latest value applies"),
        (Keyword.AddsUp, "läggs ihop", "adds up"),
        (Keyword.MayBeNegative, "kan vara negativt", "may be negative"),
        (Keyword.LowerIsBetter, "lägre är bättre", "lower is better"),
        (Keyword.CountsPersons, "räknar personer", "counts persons"),
        (Keyword.CountsNoPersons, "räknar inte personer", "counts no persons"),
        (Keyword.Activity, "aktivitetsmått", "activity measure"),
        (Keyword.Societal, "samhällsmått", "societal measure"),
        (Keyword.Human, "mänskligt mått", "human measure"),
        (Keyword.Economic, "ekonomiskt mått", "economic measure"),
        (Keyword.PerPeriod, "per period", "per period"),
        (Keyword.PaidBy, "betalas av", "paid by"),
        (Keyword.To, "till", "to"),
        (Keyword.From, "från", "from"),
        (Keyword.WithoutCap, "utan tak", "without cap"),
        (Keyword.CutEqually, "minskas lika", "cut equally"),
        (Keyword.ClawbackAllowed, "återkrav tillåts", "clawback allowed"),
        (Keyword.CapCountsTheseTermsOnly, "taket gäller bara dessa villkor", "cap counts these terms only"),
        (Keyword.AtEveryPeriod, "vid varje period", "at every period"),
        (Keyword.Times, "gånger", "times"),
        (Keyword.Time, "gång", "time"),
        (Keyword.Requires, "kräver", "requires"),
        (Keyword.OnlyHighest, "bara den dyraste koden", "only the highest code"),
        (Keyword.HasInvested, "har satsat", "has invested"),
        (Keyword.EarlierPaid, "då var betalt", "by then paid"),
        (Keyword.If, "om", "if"),
        (Keyword.Otherwise, "annars", "otherwise"),
        (Keyword.And, "och", "and"),
        (Keyword.Or, "eller", "or"),
        (Keyword.Not, "inte", "not"),
        (Keyword.Yes, "ja", "yes"),
        (Keyword.No, "nej", "no"),
        (Keyword.AtLeast, "minst", "at least"),
        (Keyword.AtMost, "högst", "at most"),
        (Keyword.Above, "över", "above"),
        (Keyword.Below, "under", "below"),
        (Keyword.RoundedTo, "avrundat till", "rounded to"),
        (Keyword.RoundedUpTo, "avrundat uppåt till", "rounded up to"),
        (Keyword.RoundedDownTo, "avrundat nedåt till", "rounded down to"),
        (Keyword.Of, "av", "of"),
        (Keyword.Per, "per", "per"),
        (Keyword.In, "i", "in"),
        (Keyword.Where, "där", "where"),
        (Keyword.AccordingTo, "enligt", "according to"),
        (Keyword.For, "för", "for"),
        (Keyword.Contains, "innehåller", "contains"),
        (Keyword.ToThePowerOf, "upphöjt till", "to the power of"),
        (Keyword.SoFar, "hittills", "so far"),
        (Keyword.SumOf, "summan av", "sum of"),
        (Keyword.SumOfRows, "summan av raderna", "sum of the rows"),
        (Keyword.NumberOf, "antalet", "number of"),
        (Keyword.ShareOf, "andelen av", "proportion of"),
        (Keyword.AverageOf, "medelvärdet av", "average of"),
        (Keyword.LargestOf, "det största av", "largest of"),
        (Keyword.SmallestOf, "det minsta av", "smallest of"),
        (Keyword.AllIn, "alla i", "all in"),
        (Keyword.AnyIn, "någon i", "any in"),
        (Keyword.Satisfy, "uppfyller", "satisfy"),
        (Keyword.PreviouslyPaid, "tidigare betalt", "previously paid"),
        (Keyword.PeriodNumber, "periodens nummer", "period number"),
        (Keyword.PeriodYear, "periodens år", "period year"),
        (Keyword.TotalPaid, "totalt utbetalt", "total paid"),
        (Keyword.PaidUnderEarlierTerms, "betalt enligt tidigare villkor", "paid under earlier terms"),
    ];

    private static readonly FrozenDictionary<Keyword, (string Swedish, string English)> Words =
        All.ToFrozenDictionary(one => one.Keyword, one => (one.Swedish, one.English));

    private static readonly Phrasebook Swedish = new(All.Select(one => (one.Keyword, one.Swedish)));

    private static readonly Phrasebook English = new(All.Select(one => (one.Keyword, one.English)));

    private static readonly FrozenSet<Keyword> Beginnings = new[]
    {
        Keyword.Terms, Keyword.Unit, Keyword.Measure, Keyword.Collection, Keyword.Field, Keyword.EachKeyHas, Keyword.Let,
        Keyword.Table, Keyword.When, Keyword.Part, Keyword.Card, Keyword.Entry, Keyword.Row, Keyword.Payout, Keyword.Payer,
        Keyword.Payee, Keyword.Funder, Keyword.AfterRow, Keyword.Amendment,
    }.ToFrozenSet();

    public static string In(this Keyword keyword, TermsLanguage language) =>
        language == TermsLanguage.Swedish ? Words[keyword].Swedish : Words[keyword].English;

    public static Phrasebook Of(TermsLanguage language) => language == TermsLanguage.Swedish ? Swedish : English;

    public static bool BeginsStatement(this Keyword keyword) => Beginnings.Contains(keyword);

    public static TermsLanguage Other(this TermsLanguage language) =>
        language == TermsLanguage.Swedish ? TermsLanguage.English : TermsLanguage.Swedish;

    /// <summary>All words and phrases of both languages, for the reference page and its test.</summary>
    public static IEnumerable<(Keyword Keyword, string Swedish, string English)> Everything => All;
}

/// <summary>The phrases of one language, found by their first word, longest first.</summary>
internal sealed class Phrasebook
{
    private readonly FrozenDictionary<string, (Keyword Keyword, string[] Words)[]> _byFirstWord;

    public Phrasebook(IEnumerable<(Keyword Keyword, string Phrase)> phrases) =>
        _byFirstWord = phrases
            .Select(one => (one.Keyword, Words: one.Phrase.Split(' ')))
            .GroupBy(one => one.Words[0], StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(one => one.Words.Length)
                .ToArray(), StringComparer.Ordinal);

    public IReadOnlyList<(Keyword Keyword, string[] Words)> StartingWith(string word) =>
        _byFirstWord.TryGetValue(word, out var found) ? found : [];

    public bool Reserves(string word) => StartingWith(word).Any(one => one.Words.Length == 1);
}
