namespace Iop.Identity.Domain;

/// <summary>How long one must wait after failed sign-ins. The delay holds for an account and an address together, so nobody can
/// lock another out; it grows, so guessing is hopeless. Guesses from very many addresses slow an account down as a whole, except
/// where its owner has come in before.</summary>
public static class Patience
{
    private const int FreeFailures = 4;
    private const int FreeFailuresEverywhere = 100;
    private const int DoublingsMax = 10;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Failures older than this are forgotten.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    /// <summary>What is left to wait at one address, zero or more.</summary>
    public static TimeSpan LeftAfter(int failures, DateTimeOffset lastAt, DateTimeOffset now) =>
        Left(failures - FreeFailures, lastAt, now);

    /// <summary>What is left to wait at addresses where nobody of the account has come in before.</summary>
    public static TimeSpan LeftAfterEverywhere(int failures, DateTimeOffset lastAt, DateTimeOffset now) =>
        Left(failures - FreeFailuresEverywhere, lastAt, now);

    private static TimeSpan Left(int over, DateTimeOffset lastAt, DateTimeOffset now)
    {
        if (over <= 0) return TimeSpan.Zero;
        var delay = First * Math.Pow(2, Math.Min(over - 1, DoublingsMax));
        var left = lastAt + (delay < Longest ? delay : Longest) - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
