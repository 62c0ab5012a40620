using System.Globalization;

namespace Iop.OutcomeFinance.Domain.Terms.Measuring;

/// <summary>The Norrköping contract as somebody would program it by hand, and a loop around the engine: the two sides of the
/// benchmark's ratio.</summary>
public static class NorrkopingByHand
{
    public const string Text = """
        villkor 1, SEK
        mått investerat: SEK, senaste värdet gäller
        mått besparing: SEK, senaste värdet gäller, kan vara negativt
        mått skolresultat_förbättrade: ja/nej
        rad garanti = 40 % av investerat
        rad andel = 60 % av (besparing, minst 0 SEK, högst investerat)
        rad premie = (besparing − investerat, minst 0 SEK, högst 20 % av investerat) om skolresultat_förbättrade, annars 0 SEK
        utbetalning = summan av raderna, utan tak
        betalare Norrköpings_kommun 100 %
        finansiär har satsat investerat
        """;

    /// <summary>The payment in öre, from figures in öre.</summary>
    public static long Payment(long invested, long saving, bool schoolResultsImproved)
    {
        Int128 share = Math.Clamp(saving, 0, Math.Max(0, invested));
        var thousandths = 400 * (Int128)invested + 600 * share;
        if (schoolResultsImproved)
        {
            var premium = Math.Max(0, saving - invested);
            thousandths += Int128.Min(1000 * (Int128)premium, 200 * (Int128)invested);
        }

        return (long)((thousandths + 500) / 1000);
    }

    /// <summary>A checked program and figures for it, to be evaluated over and over.</summary>
    public static (TermsProgram Program, EvaluationRequest Request) Prepare(bool trace)
    {
        var program = TermsText.Check(Text).Program
            ?? throw new InvalidOperationException("The text of the benchmark does not hold.");
        var values = new Dictionary<string, Figure>(StringComparer.Ordinal)
        {
            ["investerat"] = new FigureText("9876543.22"),
            ["besparing"] = new FigureText("11333333.31"),
            ["skolresultat_förbättrade"] = new FigureYesNo(true),
        };
        return (program, new EvaluationRequest([new PeriodFigures("2026", true, values)]) { Trace = trace });
    }

    internal static PeriodFigures Figures(int period, bool final, long invested, long saved) => new(
        period.ToString(CultureInfo.InvariantCulture), final, new Dictionary<string, Figure>(StringComparer.Ordinal)
        {
            ["investerat"] = new FigureText(Kronor(invested)),
            ["besparing"] = new FigureText(Kronor(saved)),
            ["skolresultat_förbättrade"] = new FigureYesNo(true),
        });

    private static string Kronor(long minor) => new Kernel.Money(minor, Kernel.Currency.Sek).ToDecimalString();

    /// <summary>Many such contracts, each with figures of its own for each of its periods.</summary>
    public static Portfolio Portfolio(int contracts, int periods) => new(
    [
        .. Enumerable.Range(1, contracts).Select(contract => Enumerable.Range(1, periods)
            .Select(period => (Invested: 10_000L * contract * period, Saved: 9_876L * contract * period)).ToList()),
    ]);

    /// <summary>Evaluates as often as told; the sum of the payments keeps the work from being optimised away.</summary>
    public static long Run(TermsProgram program, EvaluationRequest request, int times)
    {
        var sum = 0L;
        for (var time = 0; time < times; time++) sum += TermsText.Evaluate(program, request).Result!.Total.Minor;
        return sum;
    }
}

/// <summary>Contracts with their figures in öre, one pair for each period.</summary>
public sealed class Portfolio(IReadOnlyList<IReadOnlyList<(long Invested, long Saved)>> contracts)
{
    private readonly IReadOnlyList<EvaluationRequest> _requests = [.. contracts.Select(periods => new EvaluationRequest(
        [.. periods.Select((one, at) => NorrkopingByHand.Figures(at, at == periods.Count - 1, one.Invested, one.Saved))]))];

    /// <summary>Each contract's text read and checked, and its terms evaluated over all its periods. The sum of what is
    /// due.</summary>
    public long Recalculate()
    {
        var sum = 0L;
        foreach (var request in _requests)
            sum += TermsText.Evaluate(TermsText.Check(NorrkopingByHand.Text).Program!, request).Result!.Total.Minor;
        return sum;
    }

    /// <summary>The same by hand, every period computed as the engine must.</summary>
    public long ByHand()
    {
        var sum = 0L;
        foreach (var periods in contracts)
        {
            var due = 0L;
            foreach (var (invested, saved) in periods)
                due = Math.Max(due, NorrkopingByHand.Payment(invested, saved, schoolResultsImproved: true));
            sum += due;
        }
        return sum;
    }
}
