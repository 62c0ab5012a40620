using System.Text.RegularExpressions;

namespace Iop.Agreements.Domain.Texts;

public enum DriftKind
{
    /// <summary>Somebody is to be punished (vite, avdrag, sanktion).</summary>
    Sanction,

    /// <summary>One party orders another to do something by a day or an hour.</summary>
    Deadline,

    /// <summary>So many hours, visits or places a week: how the work is done, regulated in detail.</summary>
    Detail,

    /// <summary>The words of a purchase: supplier, order, delivery against payment.</summary>
    Purchase,
}

/// <summary>Looks for places where a text drifts into detailed regulation or sanctions. Few details at activity level is a
/// strength,
/// and both are marks of a public contract. It only points; it never stops anybody.</summary>
public static partial class Drift
{
    public const int WarningsMax = 50;
    private const int NegationReach = 45;
    private const int TimeoutMilliseconds = 1_000;
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // Where deadlines belong: periods, notice, and the talks before them.
    private static readonly HashSet<string> MayHaveDeadlines = new(StringComparer.Ordinal)
    {
        "period", "ending", "reformulation", "dialogue", "surplus",
    };

    /// <param name="Kind">What kind of drift.</param>
    /// <param name="Start">Where in the text, in characters.</param>
    /// <param name="Found">The words.</param>
    /// <param name="Sentence">The sentence they stand in.</param>
    public sealed record Warning(DriftKind Kind, int Start, string Found, string Sentence);

    /// <param name="text">A section's text.</param>
    /// <param name="sectionKey">Which section, or null.</param>
    public static IReadOnlyList<Warning> In(string? text, string? sectionKey = null)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        var found = Matches(Sanctions(), DriftKind.Sanction, text).Concat(Matches(Purchases(), DriftKind.Purchase, text));
        if (sectionKey is null || !MayHaveDeadlines.Contains(sectionKey))
            found = found.Concat(Matches(Deadlines(), DriftKind.Deadline, text));
        if (sectionKey is not "resources") found = found.Concat(Matches(Details(), DriftKind.Detail, text));
        return [.. found.OrderBy(warning => warning.Start).ThenBy(warning => warning.Kind).Take(WarningsMax)];
    }

    private static IEnumerable<Warning> Matches(Regex words, DriftKind kind, string text)
    {
        foreach (Match match in words.Matches(text))
        {
            var (start, end) = SentenceAround(text, match.Index, match.Index + match.Length);
            var before = text[Math.Max(start, match.Index - NegationReach)..match.Index];
            if (kind is DriftKind.Sanction or DriftKind.Purchase && Negations().IsMatch(before)) continue;
            yield return new Warning(kind, match.Index, match.Value, text[start..end].Trim());
        }
    }

    private static (int Start, int End) SentenceAround(string text, int from, int to)
    {
        var start = from;
        while (start > 0 && !Ends(text, start - 1)) start--;
        var end = to;
        while (end < text.Length && !Ends(text, end)) end++;
        return (start, Math.Min(end + 1, text.Length));
    }

    /// <summary>A full stop followed by a space, a new line: not the point within 3.5.</summary>
    private static bool Ends(string text, int at) => text[at] is '\n' or '!' or '?'
        || (text[at] is '.' && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1])));

    [GeneratedRegex(@"\b(vite(t|n)?|vitesbelopp(et)?|sanktion(en|er|erna|savgift(en|er)?)?|straffavgift(en|er)?|förseningsavgift(en|er)?"
        + @"|avdrag(et)?( på| från)? ersättning(en)?|ersättning(en)? (minskas|sänks|hålls inne|reduceras)|(görs|göra|gör) avdrag"
        + @"|skadestånd(et)?|skadeståndsskyldig(t|a)?|böter|penalt(y|ies)|liquidated damages|(liable for|pay|pays) damages|sanctions?"
        + @"|a fine of|fines|late fees?|payment (is|will be|may be) (withheld|reduced)|(withhold|reduce)s? (the )?payments?"
        + @"|deductions? from (the )?(payment|compensation))\b", Options, TimeoutMilliseconds)]
    private static partial Regex Sanctions();

    [GeneratedRegex(@"\b(ska(ll)?|måste)( \w+){0,3} (senast|inom \d+ (timmar|timme|dagar|dygn|arbetsdagar|minuter))\b"
        + @"|\bsenast (kl\.? ?\d|inom \d+)"
        + @"|\b(shall|must)( \w+){0,4} (no later than|at the latest|within \d+ (hours?|(working )?days?|minutes?))\b", Options,
        TimeoutMilliseconds)]
    private static partial Regex Deadlines();

    [GeneratedRegex(@"\b(minst |högst |exakt |at least |at most |exactly )?\d[\d  ]*(,\d+|\.\d+)? ?"
        + @"(timmar|timme|tim|besök|samtal|tillfällen|platser|minuter|personal|handläggare|hours?|visits?|calls?|sessions?|places|minutes?)"
        + @" (per|i|om|varje|a|an|each|every) (deltagare och |participant and )?(dag|dygn(et)?|vecka|veckan|månad|månaden|kvartal|termin|day|week|month|quarter)(en)?\b"
        + @"|\b(öppet|öppettider|bemannat|bemannad|open|staffed)[^.\n]{0,40}\b(kl\.? ?)?\d{1,2}[.:]\d{2} ?[–-] ?(kl\.? ?)?\d{1,2}[.:]\d{2}"
        + @"|\b(minst|at least) (två|tre|fyra|fem|two|three|four|five) (anställda|handläggare|samtal|besök|employees|visits|calls)"
        + @" (per|i|om|varje|a|each|every) (dag|dygn|vecka|månad|day|week|month)(en)?\b", Options, TimeoutMilliseconds)]
    private static partial Regex Details();

    [GeneratedRegex(@"\b(leverantör(en|er|ens|erna)?|beställaren?s?|utförarens?|uppdragsgivaren?s?|uppdragstagaren?s?|anbud(et|sgivaren?)?|avrop(a|as|et)?"
        + @"|fakturera(s)? per|pris(et)? per (timme|besök|samtal|dygn|plats)|suppliers?|contractors?|purchasers?|(the )?purchasing party"
        + @"|call-off|price per (hour|visit|session|day|place))\b", Options, TimeoutMilliseconds)]
    private static partial Regex Purchases();

    [GeneratedRegex(@"\b(inga|inget|ingen|ingendera|utan|inte|ej|aldrig|varken|eller|i stället för|snarare än|no|not|never|without|neither|nor|none|nobody"
        + @"|instead of|rather than)\b[^,;:()]*$", Options, TimeoutMilliseconds)]
    private static partial Regex Negations();
}
