namespace Iop.Kernel;

/// <summary>What was taken out of a text and what was put in, word by word (longest common subsequence). Joining what stayed and
/// what came gives the new text, what stayed and what went the old one.</summary>
public static class WordByWord
{
    /// <summary>What happened to a stretch of text.</summary>
    public enum Fate
    {
        Same,
        Removed,
        Added,
    }

    /// <summary>A stretch of text that stayed, went or came.</summary>
    public sealed record Stretch(Fate Change, string Text);

    /// <summary>Beyond this, what differs is shown as one piece out and one in: still complete, only coarser.</summary>
    public const int WordsMax = 3_000;

    public static IReadOnlyList<Stretch> Between(string before, string after)
    {
        var (old, now) = (Pieces(before), Pieces(after));
        var most = Math.Min(old.Count, now.Count);
        var start = 0;
        while (start < most && old[start] == now[start]) start++;
        var end = 0;
        while (end < most - start && old[^(end + 1)] == now[^(end + 1)]) end++;
        var (left, right) = (old[start..^end], now[start..^end]);
        var middle = left.Count > WordsMax || right.Count > WordsMax
            ? [new(Fate.Removed, string.Concat(left)), new(Fate.Added, string.Concat(right))]
            : Walk(left, right, CommonLengths(left, right));
        return Joined([
            .. old[..start].Select(Same), .. middle, .. old[^end..].Select(Same),
        ]);
    }

    private static Stretch Same(string text) => new(Fate.Same, text);

    private static int[,] CommonLengths(List<string> old, List<string> now)
    {
        var common = new int[old.Count + 1, now.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
        {
            for (var j = now.Count - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }
        return common;
    }

    private static IEnumerable<Stretch> Walk(List<string> old, List<string> now, int[,] common)
    {
        var (i, j) = (0, 0);
        while (i < old.Count || j < now.Count)
        {
            if (i < old.Count && j < now.Count && old[i] == now[j])
            {
                yield return Same(old[i++]);
                j++;
            }
            else if (i < old.Count && (j == now.Count || common[i + 1, j] >= common[i, j + 1]))
            {
                yield return new(Fate.Removed, old[i++]);
            }
            else
            {
                yield return new(Fate.Added, now[j++]);
            }
        }
    }

    private static List<Stretch> Joined(IEnumerable<Stretch> all)
    {
        var joined = new List<Stretch>();
        foreach (var words in all.Where(words => words.Text.Length > 0))
        {
            if (joined.Count > 0 && joined[^1].Change == words.Change)
                joined[^1] = words with { Text = joined[^1].Text + words.Text };
            else joined.Add(words);
        }
        return joined;
    }

    /// <summary>Words with the blanks after them, so that joining the pieces gives the text back.</summary>
    private static List<string> Pieces(string text)
    {
        var pieces = new List<string>();
        var start = 0;
        for (var at = 1; at <= text.Length; at++)
        {
            if (at < text.Length && !(char.IsWhiteSpace(text[at - 1]) && !char.IsWhiteSpace(text[at]))) continue;
            pieces.Add(text[start..at]);
            start = at;
        }
        return pieces;
    }
}
