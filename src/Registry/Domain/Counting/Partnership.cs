using Iop.Kernel;

namespace Iop.Registry.Domain.Counting;

/// <summary>One partnership as of a day: all entries of a chain that had begun by then. It counts once, whatever it consists
/// of.</summary>
internal sealed class Partnership
{
    private Partnership(IReadOnlyList<CountedEntry> begun, DateOnly day)
    {
        // The newest says what it is; the chain's oldest says when it began.
        var newest = begun.MaxBy(entry => (entry.Life.From ?? DateOnly.MinValue, entry.EntryId))!;
        (Area, TargetAge) = (newest.Area, newest.TargetAge);
        From = begun.Select(entry => entry.Life.From).Min();
        IsStartKnown = begun.All(entry => entry.Life.From is not null);
        var states = begun.Select(entry => entry.Life.On(day)).ToList();
        State = states.Contains(EntryStatus.Active) ? EntryStatus.Active
            : states.Contains(EntryStatus.Presumed) ? EntryStatus.Presumed
            : states.Contains(EntryStatus.Unknown) ? EntryStatus.Unknown : EntryStatus.Ended;
        Ended = State is EntryStatus.Ended ? begun.Select(entry => entry.Life.Last).Max() : null;
        // What one entry knows of a legal person holds in the others.
        Parties = [.. begun.SelectMany(entry => entry.Parties).OrderBy(party => party.Body is null)
            .DistinctBy(party => party.Legal)];
        Levels = [.. Public.Select(party => party.Level).Distinct(StringComparer.Ordinal)];
        Renewals = begun.Sum(entry => entry.Renewals ?? 0) + begun.Count - 1;
        AreRenewalsKnown = begun.Count > 1 || begun.All(entry => entry.Renewals is not null);
        Length = Lengths.Of(newest.Life);
        OrePerYear = newest.PublicOrePerYear;
    }

    public EntryStatus State { get; }

    public DateOnly? From { get; }

    public bool IsStartKnown { get; }

    /// <summary>The last day of the last of it; none while anything of it runs.</summary>
    public DateOnly? Ended { get; }

    public string? Area { get; }

    public string? TargetAge { get; }

    /// <summary>Each legal person once.</summary>
    public IReadOnlyList<CountedParty> Parties { get; }

    public int Renewals { get; }

    public bool AreRenewalsKnown { get; }

    /// <summary>The band of the agreement's length; none when not known.</summary>
    public string? Length { get; }

    public long? OrePerYear { get; }

    public IReadOnlyList<string?> Levels { get; }

    public IEnumerable<CountedParty> Public => Parties.Where(party => party.Kind is OrganisationKind.Public);

    /// <summary>municipal, regional, state or mixed; none when some public party's level is not known, or there is
    /// none.</summary>
    public string? Level =>
        Levels.Count == 0 || Levels.Contains(null, StringComparer.Ordinal) ? null : Levels.Count == 1 ? Levels[0] : "mixed";

    /// <summary>Everything that had begun by the day. What has no known beginning has begun when its end has passed or somebody
    /// has entered it: it is there.</summary>
    public static IReadOnlyList<Partnership> AsOf(IEnumerable<CountedEntry> entries, DateOnly day) =>
    [
        .. entries.GroupBy(entry => entry.ChainId)
            .Select(chain => chain.Where(entry => entry.Life.On(day) is not EntryStatus.Future).ToList())
            .Where(begun => begun.Count > 0).Select(begun => new Partnership(begun, day)),
    ];
}

/// <summary>Lengths of agreements in bands; "under two years" is the first two together.</summary>
internal static class Lengths
{
    public static IReadOnlyList<string> All { get; } = ["under-1", "1-2", "2-3", "3-and-more", "open-ended"];

    public static bool IsUnderTwo(string band) => band is "under-1" or "1-2";

    public static string? Of(EntryLife life)
    {
        if (life.OpenEnded) return "open-ended";
        var (first, last) = (life.From, life.EndsOn ?? (life.EndYear is { } year ? new DateOnly(year, 12, 31) : null));
        if (first is not { } from || last is not { } to) return life.AutoRenews ? "open-ended" : null;
        var next = to.AddDays(1); // a whole calendar year is one year
        return next < from.AddYears(1)
            ? "under-1" : next < from.AddYears(2) ? "1-2" : next < from.AddYears(3) ? "2-3" : "3-and-more";
    }
}
