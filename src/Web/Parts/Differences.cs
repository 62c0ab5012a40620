namespace Iop.Web.Parts;

/// <summary>What was taken out and what was put in, word by word (longest common subsequence).</summary>
public static class Differences
{
    private const int WordsMax = 2_000;

    public enum Kind
    {
        Same,
        Removed,
        Added,
    }

    public sealed record Part(Kind Kind, string Text);

    public static IReadOnlyList<Part> Between(string before, string after)
    {
        var (old, now) = (Pieces(before), Pieces(after));
        // Beyond what is quick to compare, whole texts are shown: still complete, only coarser.
        if (old.Count > WordsMax || now.Count > WordsMax) return [new(Kind.Removed, before), new(Kind.Added, after)];
        return Joined(Walk(old, now, CommonLengths(old, now)));
    }

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

    private static IEnumerable<Part> Walk(List<string> old, List<string> now, int[,] common)
    {
        var (i, j) = (0, 0);
        while (i < old.Count || j < now.Count)
        {
            if (i < old.Count && j < now.Count && old[i] == now[j])
            {
                yield return new(Kind.Same, old[i++]);
                j++;
            }
            else if (i < old.Count && (j == now.Count || common[i + 1, j] >= common[i, j + 1]))
            {
                yield return new(Kind.Removed, old[i++]);
            }
            else
            {
                yield return new(Kind.Added, now[j++]);
            }
        }
    }

    private static List<Part> Joined(IEnumerable<Part> parts)
    {
        var joined = new List<Part>();
        foreach (var part in parts)
        {
            if (joined.Count > 0 && joined[^1].Kind == part.Kind) joined[^1] = part with { Text = joined[^1].Text + part.Text };
            else joined.Add(part);
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
