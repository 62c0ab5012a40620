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

    /// <summary>Evaluates as often as told; the sum of the payments keeps the work from being optimised away.</summary>
    public static long Run(TermsProgram program, EvaluationRequest request, int times)
    {
        var sum = 0L;
        for (var time = 0; time < times; time++) sum += TermsText.Evaluate(program, request).Result!.Total.Minor;
        return sum;
    }
}
