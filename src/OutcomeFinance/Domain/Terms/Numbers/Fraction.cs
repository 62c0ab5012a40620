using System.Numerics;

namespace Iop.OutcomeFinance.Domain.Terms.Numbers;

/// <summary>An exact rational number, always in lowest terms. Two 64-bit integers as long as they suffice, big integers
/// beyond.</summary>
internal readonly struct Fraction : IEquatable<Fraction>, IComparable<Fraction>
{
    private readonly long _top;
    private readonly long _bottomLessOne; // so that default(Fraction) is zero
    private readonly Big? _big;

    private Fraction(long top, long bottom)
    {
        _top = top;
        _bottomLessOne = bottom - 1;
    }

    private Fraction(Big big) => _big = big;

    private sealed record Big(BigInteger Top, BigInteger Bottom);

    public static Fraction Zero => default;

    public static Fraction One { get; } = new(1, 1);

    public static Fraction Hundred { get; } = new(100, 1);

    public static Fraction Of(long whole) => new(whole, 1);

    /// <param name="bottom">Above zero.</param>
    public static Fraction Of(long top, long bottom) =>
        top > -long.MaxValue && bottom > 0 ? Lowest(top, bottom) : Of((BigInteger)top, (BigInteger)bottom);

    public static Fraction Of(BigInteger top, BigInteger bottom)
    {
        if (bottom.IsZero) throw new DivideByZeroException();
        var shared = BigInteger.GreatestCommonDivisor(top, bottom);
        if (bottom.Sign < 0) shared = -shared;
        return Fit(top / shared, bottom / shared);
    }

    public BigInteger Top => _big is null ? _top : _big.Top;

    public BigInteger Bottom => _big is null ? _bottomLessOne + 1 : _big.Bottom;

    public int Sign => _big is null ? Math.Sign(_top) : _big.Top.Sign;

    /// <summary>Both parts, when they fit in 64 bits.</summary>
    public bool TrySmall(out long top, out long bottom)
    {
        (top, bottom) = (_top, _bottomLessOne + 1);
        return _big is null;
    }

    public bool IsZero => Sign == 0;

    public bool IsWhole => _big is null ? _bottomLessOne == 0 : _big.Bottom.IsOne;

    /// <summary>How much room the number takes, for the limit on work.</summary>
    public long Bits => _big is null ? 64 : _big.Top.GetBitLength() + _big.Bottom.GetBitLength();

    public static Fraction operator +(Fraction left, Fraction right)
    {
        if (left._big is null && right._big is null)
        {
            var (a, b, c, d) = (left._top, left._bottomLessOne + 1, right._top, right._bottomLessOne + 1);
            if (b == 1 && d == 1)
            {
                var whole = unchecked(a + c);
                if (((a ^ whole) & (c ^ whole)) >= 0 && whole != long.MinValue) return new Fraction(whole, 1);
            }
            else if (b == d)
            {
                var sum = (Int128)a + c;
                if (Small(sum)) return Lowest((long)sum, b);
            }
            else
            {
                var top = (Int128)a * d + (Int128)c * b;
                var bottom = (Int128)b * d;
                if (Small(top) && Small(bottom)) return Lowest((long)top, (long)bottom);
            }
        }

        return Of(left.Top * right.Bottom + right.Top * left.Bottom, left.Bottom * right.Bottom);
    }

    public static Fraction operator -(Fraction value) => value._big is null && value._top != long.MinValue
        ? new Fraction(-value._top, value._bottomLessOne + 1)
        : Fit(-value.Top, value.Bottom);

    public static Fraction operator -(Fraction left, Fraction right) => left + -right;

    public static Fraction operator *(Fraction left, Fraction right)
    {
        if (left._big is null && right._big is null)
        {
            if ((left._bottomLessOne | right._bottomLessOne) == 0)
            {
                var high = Math.BigMul(left._top, right._top, out var low);
                if (high == low >> 63 && low != long.MinValue) return new Fraction(low, 1);
            }

            var top = (Int128)left._top * right._top;
            var bottom = (Int128)(left._bottomLessOne + 1) * (right._bottomLessOne + 1);
            if (Small(top) && Small(bottom)) return Lowest((long)top, (long)bottom);
        }

        return Of(left.Top * right.Top, left.Bottom * right.Bottom);
    }

    /// <exception cref="DivideByZeroException">The evaluator asks first; reaching this is a bug.</exception>
    public static Fraction operator /(Fraction left, Fraction right) => left * right.Inverse();

    public static bool operator <(Fraction left, Fraction right) => left.CompareTo(right) < 0;

    public static bool operator >(Fraction left, Fraction right) => left.CompareTo(right) > 0;

    public static bool operator <=(Fraction left, Fraction right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Fraction left, Fraction right) => left.CompareTo(right) >= 0;

    public static bool operator ==(Fraction left, Fraction right) => left.Equals(right);

    public static bool operator !=(Fraction left, Fraction right) => !left.Equals(right);

    public static Fraction Min(Fraction left, Fraction right) => left <= right ? left : right;

    public static Fraction Max(Fraction left, Fraction right) => left >= right ? left : right;

    public Fraction Abs() => Sign < 0 ? -this : this;

    public int CompareTo(Fraction other)
    {
        if (_big is null && other._big is null)
        {
            return _bottomLessOne == other._bottomLessOne
                ? _top.CompareTo(other._top)
                : ((Int128)_top * (other._bottomLessOne + 1)).CompareTo((Int128)other._top * (_bottomLessOne + 1));
        }

        return (Top * other.Bottom).CompareTo(other.Top * Bottom);
    }

    public bool Equals(Fraction other) => _big is null
        ? other._big is null && _top == other._top && _bottomLessOne == other._bottomLessOne
        : _big.Equals(other._big);

    public override bool Equals(object? obj) => obj is Fraction other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Top, Bottom);

    public override string ToString() => IsWhole ? Top.ToString(null, null) : $"{Top}/{Bottom}";

    private Fraction Inverse()
    {
        if (IsZero) throw new DivideByZeroException();
        if (_big is null && _top != long.MinValue)
        {
            return _top > 0 ? new Fraction(_bottomLessOne + 1, _top) : new Fraction(-(_bottomLessOne + 1), -_top);
        }

        return Of(Bottom, Top);
    }

    private static bool Small(Int128 value) => value >= -long.MaxValue && value <= long.MaxValue;

    private static Fraction Lowest(long top, long bottom)
    {
        if (bottom == 1) return new Fraction(top, 1);
        if (top == 0) return default;
        var (a, b) = ((ulong)Math.Abs(top), (ulong)bottom);
        while (b != 0) (a, b) = (b, a % b);
        return new Fraction(top / (long)a, bottom / (long)a);
    }

    private static Fraction Fit(BigInteger top, BigInteger bottom) =>
        bottom <= long.MaxValue && top <= long.MaxValue && top >= -long.MaxValue
            ? new Fraction((long)top, (long)bottom)
            : new Fraction(new Big(top, bottom));
}
