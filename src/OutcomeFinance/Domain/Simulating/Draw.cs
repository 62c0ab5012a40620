using System.Numerics;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Domain.Terms.Numbers;

namespace Iop.OutcomeFinance.Domain.Simulating;

/// <summary>What a figure may turn out to be, ready to be drawn from.</summary>
internal abstract class Draw
{
    /// <summary>The next outcome; a number is written into the figure that is given.</summary>
    public abstract Figure Next(Xoshiro256 generator, FigureNumber into);

    /// <summary>The outcome that so many thousandths of all draws do not exceed.</summary>
    public abstract Figure Quantile(int thousandths);

    /// <summary>It cannot turn out in more than one way.</summary>
    public virtual bool IsCertain => false;
}

/// <summary>One outcome, exactly as it was written.</summary>
internal sealed class CertainDraw(Figure figure) : Draw
{
    public override Figure Next(Xoshiro256 generator, FigureNumber into) => figure;

    public override Figure Quantile(int thousandths) => figure;

    public override bool IsCertain => true;
}

/// <summary>Outcomes seen before, each as likely as the others; in order, so that they have quantiles.</summary>
internal sealed class HistoryDraw(Figure[] ordered) : Draw
{
    public override Figure Next(Xoshiro256 generator, FigureNumber into) => ordered[generator.Below(ordered.Length)];

    public override Figure Quantile(int thousandths) =>
        ordered[Math.Max(0, (ordered.Length * thousandths + 999) / 1000 - 1)];

    public override bool IsCertain => ordered.Length == 1;
}

/// <summary>Yes with a chance, else no.</summary>
/// <param name="chance">Hundredths of a percent.</param>
internal sealed class ChanceDraw(int chance) : Draw
{
    public const int Whole = 10_000;

    private static readonly FigureYesNo Yes = new(true);
    private static readonly FigureYesNo No = new(false);

    public override Figure Next(Xoshiro256 generator, FigureNumber into) => generator.Below(Whole) < chance ? Yes : No;

    public override Figure Quantile(int thousandths) => thousandths * 10 > Whole - chance ? Yes : No;

    public override bool IsCertain => chance is 0 or Whole;
}

/// <summary>A number drawn on a grid: whole for counts, öre for money, else as fine as its numbers were written, at least
/// hundredths.</summary>
internal abstract class NumberDraw(int places) : Draw
{
    private readonly long _scale = Scale(places);

    public static long Scale(int places)
    {
        var scale = 1L;
        for (; places > 0; places--) scale *= 10;
        return scale;
    }

    public sealed override Figure Next(Xoshiro256 generator, FigureNumber into)
    {
        into.Number = Fraction.Of(Outcome(generator), _scale);
        return into;
    }

    public sealed override Figure Quantile(int thousandths) =>
        new FigureNumber { Number = Fraction.Of(OutcomeAt(thousandths), _scale) };

    protected abstract long Outcome(Xoshiro256 generator);

    protected abstract long OutcomeAt(int thousandths);

    /// <summary>Divided by a power of two, half up.</summary>
    protected static long Shifted(Int128 value, int bits) => (long)((value + ((Int128)1 << (bits - 1))) >> bits);
}

/// <summary>Triangular (triangelfördelning): the least, the likeliest and the largest. The larger of two even draws lies as the
/// rising
/// side of a triangle does, so no root has to be taken.</summary>
internal sealed class TriangularDraw(int places, long low, long likely, long high) : NumberDraw(places)
{
    protected override long Outcome(Xoshiro256 generator)
    {
        var side = (long)(((UInt128)generator.Next() * (ulong)(high - low)) >> 64);
        var bits = generator.Next();
        var larger = Math.Max((uint)bits, (uint)(bits >> 32));
        return side < likely - low
            ? low + Shifted((Int128)(likely - low) * larger, 32)
            : high - Shifted((Int128)(high - likely) * larger, 32);
    }

    protected override long OutcomeAt(int thousandths)
    {
        BigInteger range = high - low;
        return range * thousandths <= (BigInteger)1000 * (likely - low)
            ? low + Root(range * (likely - low) * thousandths / 1000)
            : high - Root(range * (high - likely) * (1000 - thousandths) / 1000);
    }

    private static long Root(BigInteger square)
    {
        if (square.IsZero) return 0;
        var root = BigInteger.One << (int)((square.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (root + square / root) >> 1;
            if (next >= root) return (long)root;
            root = next;
        }
    }
}

/// <summary>Normal (normalfördelning), held within its bounds: what would fall outside lies on the bound.</summary>
internal sealed class NormalDraw(int places, long mean, long deviation, long low, long high) : NumberDraw(places)
{
    protected override long Outcome(Xoshiro256 generator) => Within(NormalTable.At(generator.Next()));

    protected override long OutcomeAt(int thousandths) => Within(NormalTable.Quantile(thousandths));

    private long Within(long millionths)
    {
        var product = (Int128)deviation * millionths;
        var off = (product >= 0 ? product + NormalTable.One / 2 : product - NormalTable.One / 2) / NormalTable.One;
        return (long)Int128.Clamp(mean + off, low, high);
    }
}
