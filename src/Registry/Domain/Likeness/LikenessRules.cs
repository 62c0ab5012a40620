using Iop.Kernel;

namespace Iop.Registry.Domain.Likeness;

/// <summary>Which entries may be the same partnership: the same parties, overlapping or adjacent periods, a similar title or
/// purpose. Only proposed; a person decides.</summary>
public static class LikenessRules
{
    public const int ProposedFrom = 60;

    /// <summary>More than this in one place are not compared with each other: a list of everything proposes nothing.</summary>
    public const int BlockMax = 300;

    private const int PartiesWeight = 45;
    private const int TextWeight = 35;
    private const int PeriodWeight = 20;
    private const double PartiesLeast = 0.5;
    private const double TextLeast = 0.35;
    private const double AlikeText = 0.6;
    private static readonly string[] SaysNothing = ["iop", "partnerskap", "om", "samverkan", "kommunen", "avtal"];

    private const int GapDaysMax = 190;
    private const int OverlapDaysMax = 62;

    /// <summary>All proposals among these entries, the surest first; how many places held too many to compare.</summary>
    public static (IReadOnlyList<Likeness> Proposals, int NotCompared) Among(IReadOnlyList<ComparedEntry> entries)
    {
        var looked = entries.Select(entry => new Looked(entry)).ToList();
        var blocks = looked.SelectMany(one => one.Blocks.Select(block => (block, one)))
            .GroupBy(pair => pair.block, pair => pair.one, StringComparer.Ordinal).ToList();
        var found = new Dictionary<(Guid, Guid), Likeness>();
        foreach (var block in blocks.Select(block => block.ToList()).Where(block => block.Count is > 1 and <= BlockMax))
            for (var one = 0; one < block.Count; one++)
                for (var other = one + 1; other < block.Count; other++)
                    if (Compare(block[one], block[other]) is { } likeness)
                        found.TryAdd((likeness.First, likeness.Second), likeness);
        return ([.. found.Values.OrderByDescending(one => one.Score).ThenBy(one => one.First).ThenBy(one => one.Second)],
            blocks.Count(block => block.Count() > BlockMax));
    }

    public static Likeness? Compare(ComparedEntry one, ComparedEntry other) => Compare(new Looked(one), new Looked(other));

    private static Likeness? Compare(Looked one, Looked other)
    {
        if (one.Entry.ChainId == other.Entry.ChainId) return null; // somebody has tied them already
        var (first, second) = InOrder(one, other);
        var parties = first.PartiesAlike(second);
        if (parties < PartiesLeast) return null;
        var (title, purpose) = (Words.Alike(first.Title, second.Title), Words.Alike(first.Purpose, second.Purpose));
        // What it is for weighs more than what it is called; where one of them does not say, the name is all there is.
        var text = first.Purpose.Count > 0 && second.Purpose.Count > 0 ? Math.Max(purpose, (title + purpose) / 2) : title;
        if (text < TextLeast || Period(first.Entry.Life, second.Entry.Life) is not { } period) return null;
        var score = (int)Math.Round(PartiesWeight * parties + TextWeight * Math.Min(1, text / AlikeText)
            + PeriodWeight * period.Weight - (IsOtherArea(first, second) ? 10 : 0), MidpointRounding.AwayFromZero);
        if (score < ProposedFrom) return null;
        (string Code, bool Holds)[] reasons =
        [
            ("same-parties", parties >= 1), ("parties-alike", parties < 1), (period.Reason, true),
            ("similar-title", title >= AlikeText), ("similar-purpose", purpose >= AlikeText),
            ("same-area", first.Entry.Area is not null && first.Entry.Area == second.Entry.Area),
            ("two-reporters", first.Entry.By != second.Entry.By),
        ];
        return new Likeness(first.Entry.EntryId, second.Entry.EntryId, period.Kind, score,
            [.. reasons.Where(reason => reason.Holds).Select(reason => reason.Code)]);
    }

    private static bool IsOtherArea(Looked first, Looked second) =>
        first.Entry.Area is { } area && second.Entry.Area is { } other && area != other;

    /// <summary>The earlier begun first; of those that began together, the one that was written first.</summary>
    private static (Looked, Looked) InOrder(Looked one, Looked other) =>
        (one.Entry.Life.From ?? DateOnly.MaxValue, one.Entry.EntryId).CompareTo(
            (other.Entry.Life.From ?? DateOnly.MaxValue, other.Entry.EntryId)) <= 0 ? (one, other) : (other, one);

    /// <summary>One after the other is a renewal; at the same time, the same written twice.</summary>
    private static (LikenessKind Kind, double Weight, string Reason)? Period(EntryLife first, EntryLife second)
    {
        if (first.From is not { } from || second.From is not { } next)
            return (LikenessKind.Duplicate, 0.5, "period-unknown");
        var last = first.Last
            ?? (first.EndsOn is { } agreed && next.DayNumber - agreed.DayNumber >= -OverlapDaysMax ? agreed : null);
        if (last is { } end)
        {
            var gap = next.DayNumber - end.DayNumber;
            if (gap > GapDaysMax) return null;
            if (gap >= -OverlapDaysMax && next.DayNumber - from.DayNumber > OverlapDaysMax)
                return (LikenessKind.Continues, 1, "adjacent");
        }
        var apart = Math.Abs(next.DayNumber - from.DayNumber);
        return (LikenessKind.Duplicate, apart <= OverlapDaysMax ? 1 : apart <= 366 ? 0.7 : 0.3, "overlapping");
    }

    /// <summary>An entry with its words taken apart once.</summary>
    private sealed class Looked(ComparedEntry entry)
    {
        private readonly List<(ComparedParty Party, IReadOnlySet<string> Words)> _parties =
            [.. entry.Parties.DistinctBy(party => party.Legal).Select(party =>
                (party, Words.Of(PartyIdentity.Normalised(party.Name))))];

        public ComparedEntry Entry => entry;

        /// <summary>Without what all entries of these parties are called.</summary>
        public IReadOnlySet<string> Title { get; } = Words.Of(string.Join(' ', PartyIdentity.Normalised(entry.Title).Split(' ')
            .Except([.. entry.Parties.SelectMany(party => PartyIdentity.Normalised(party.Name).Split(' ')), .. SaysNothing],
                StringComparer.Ordinal)));

        public IReadOnlySet<string> Purpose { get; } = Words.Of(PartyIdentity.Normalised(entry.Purpose ?? ""));

        /// <summary>Where it is compared: with others of the same public party whose other parties begin alike.</summary>
        public IEnumerable<string> Blocks =>
            from body in _parties.Where(one => one.Party.Kind is OrganisationKind.Public).Select(one => $"{one.Party.Legal:N}")
                .DefaultIfEmpty("none")
            from beginning in _parties.Where(one => one.Party.Kind is not OrganisationKind.Public)
                .SelectMany(one => PartyIdentity.Normalised(one.Party.Name).Split(' ').Where(word => word.Length > 3)
                    .Select(word => word[..4]).Append($"{one.Party.Legal:N}")).Distinct(StringComparer.Ordinal)
            select $"{body} {beginning}";

        /// <summary>What share of the parties are the same legal person, or have almost the same name.</summary>
        public double PartiesAlike(Looked other)
        {
            if (_parties.Count == 0 || other._parties.Count == 0) return 0;
            var left = other._parties.ToList();
            var same = 0.0;
            foreach (var (party, words) in _parties)
            {
                var at = left.FindIndex(one => one.Party.Legal == party.Legal);
                if (at < 0) at = left.FindIndex(one => one.Party.Kind == party.Kind
                    && party.Kind is not OrganisationKind.Public && Words.Alike(one.Words, words) >= 0.55);
                if (at < 0) continue;
                same += left[at].Party.Legal == party.Legal ? 1 : 0.9;
                left.RemoveAt(at);
            }
            return same / Math.Max(_parties.Count, other._parties.Count);
        }
    }
}

/// <summary>How alike two texts are: by the letters of their words three and three, which forgives misspellings and
/// endings.</summary>
internal static class Words
{
    public static IReadOnlySet<string> Of(string normalised)
    {
        var parts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in normalised.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => $"  {word} "))
            for (var at = 0; at + 3 <= word.Length; at++) parts.Add(word.Substring(at, 3));
        return parts;
    }

    /// <summary>0 to 1: twice what is common, of all there is.</summary>
    public static double Alike(IReadOnlySet<string> one, IReadOnlySet<string> other) => one.Count == 0 || other.Count == 0
        ? 0 : 2.0 * one.Count(other.Contains) / (one.Count + other.Count);
}
