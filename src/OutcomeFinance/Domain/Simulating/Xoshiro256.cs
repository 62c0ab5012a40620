using System.Numerics;

namespace Iop.OutcomeFinance.Domain.Simulating;

/// <summary>The generator xoshiro256** of Blackman and Vigna, seeded by splitmix64 as its authors advise. Whole numbers only: the
/// same seed gives the same draws on any machine.</summary>
internal sealed class Xoshiro256
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _first;
    private ulong _second;
    private ulong _third;
    private ulong _fourth;

    private Xoshiro256(ulong first, ulong second, ulong third, ulong fourth) =>
        (_first, _second, _third, _fourth) = (first, second, third, fourth);

    public static Xoshiro256 From(ulong first, ulong second, ulong third, ulong fourth) => new(first, second, third, fourth);

    /// <summary>The four words of state are the first four of splitmix64.</summary>
    public static Xoshiro256 Seeded(ulong seed)
    {
        var state = seed;
        return new Xoshiro256(SplitMix(ref state), SplitMix(ref state), SplitMix(ref state), SplitMix(ref state));
    }

    /// <summary>Each run has a generator of its own, so that runs may be done in any order and in any chunks.</summary>
    public void BeginRun(ulong seed, int run)
    {
        var state = seed;
        state = SplitMix(ref state) + Golden * (ulong)run;
        state = SplitMix(ref state);
        (_first, _second) = (SplitMix(ref state), SplitMix(ref state));
        (_third, _fourth) = (SplitMix(ref state), SplitMix(ref state));
    }

    public ulong Next()
    {
        var result = BitOperations.RotateLeft(_second * 5, 7) * 9;
        var shifted = _second << 17;
        _third ^= _first;
        _fourth ^= _second;
        _second ^= _third;
        _first ^= _fourth;
        _third ^= shifted;
        _fourth = BitOperations.RotateLeft(_fourth, 45);
        return result;
    }

    /// <summary>A whole number below a limit, by multiplication and shift; uneven by less than limit / 2^64.</summary>
    public int Below(int limit) => (int)(((UInt128)Next() * (uint)limit) >> 64);

    public static ulong SplitMix(ref ulong state)
    {
        var mixed = state += Golden;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
