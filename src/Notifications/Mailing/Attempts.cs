namespace Iop.Notifications.Mailing;

/// <summary>How long a mail waits between attempts, and when nobody tries any more.</summary>
internal static class Attempts
{
    /// <summary>What is done within a minute is not mailed at all.</summary>
    public static readonly TimeSpan Breath = TimeSpan.FromMinutes(1);

    /// <summary>Servers that are away for a long weekend lose nothing.</summary>
    public static readonly TimeSpan TriedAtMost = TimeSpan.FromDays(4);

    /// <summary>A mail that a server may have taken is handed over so often in all.</summary>
    public const int HandedOverAtMost = 2;

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
    ];

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>After this many attempts.</summary>
    public static TimeSpan WaitAfter(int attempts) => attempts <= Waits.Length ? Waits[attempts - 1] : LongestWait;
}
