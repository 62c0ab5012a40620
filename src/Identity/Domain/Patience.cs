namespace Iop.Identity.Domain;

/// <summary>How long one must wait after failed sign-ins. The delay holds for an account and an address together, so nobody can
/// lock another out; it grows, so guessing is hopeless.</summary>
public static class Patience
{
    private const int FreeFailures = 4;
    private const int DoublingsMax = 10;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Failures older than this are forgotten.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    /// <summary>What is left to wait, zero or more.</summary>
    public static TimeSpan LeftAfter(int failures, DateTimeOffset lastAt, DateTimeOffset now)
    {
        if (failures <= FreeFailures) return TimeSpan.Zero;
        var delay = First * Math.Pow(2, Math.Min(failures - FreeFailures - 1, DoublingsMax));
        var left = lastAt + (delay < Longest ? delay : Longest) - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
