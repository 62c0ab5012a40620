using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Checking;

/// <summary>The units of a text. A unit is known from a unit statement, a measure's type, a collection, or is a currency or
/// days.</summary>
internal sealed class UnitTable
{
    private readonly Dictionary<string, string> _canonical = new(StringComparer.Ordinal);
    private readonly Diagnostics _diagnostics;

    public UnitTable(TermsTree tree, Diagnostics diagnostics)
    {
        _diagnostics = diagnostics;
        foreach (var unit in tree.All<UnitStatement>()) Declare(unit);
        foreach (var measure in tree.All<MeasureStatement>()) Introduce(measure.Type);
        foreach (var field in tree.All<FieldStatement>()) Introduce(field.Type);
        foreach (var table in tree.All<TableStatement>()) Introduce(table.Type);
        foreach (var collection in tree.All<CollectionStatement>()) Introduce(collection.Unit ?? collection.Name);
    }

    /// <summary>The unit behind a word, reporting a word nobody introduced.</summary>
    public string Resolve(string word, Place at)
    {
        if (word is Units.Percent or Units.Point) return word;
        if (_canonical.TryGetValue(word, out var unit)) return unit;
        if (Units.TryBuiltIn(word, out unit) || Units.IsCurrency(word)) return unit ?? word;
        var near = Spelling.Nearest(word, _canonical.Keys);
        if (near is null) _diagnostics.Error(at, "terms.unknown-unit", ("unit", word));
        else _diagnostics.Error(at, "terms.unknown-unit-did-you-mean", ("unit", word), ("near", near));
        _canonical[word] = word;
        return word;
    }

    private void Declare(UnitStatement statement)
    {
        if (statement.Words.All(word => Units.TryBuiltIn(word, out _))) return; // said again, harmless
        foreach (var word in statement.Words)
        {
            if (Units.TryBuiltIn(word, out _) || Units.IsCurrency(word) || !_canonical.TryAdd(word, statement.Words[0]))
            {
                _diagnostics.Error(statement.At, "terms.unit-taken", ("unit", word));
            }
        }
    }

    private void Introduce(TypeName type)
    {
        if (type.Unit is not null) Introduce(type.Unit);
        foreach (var unit in type.Per) Introduce(unit);
    }

    private void Introduce(string word)
    {
        if (word is Units.Percent or Units.Point || Units.TryBuiltIn(word, out _) || Units.IsCurrency(word)) return;
        _canonical.TryAdd(word, word);
    }
}

/// <summary>The word somebody probably meant.</summary>
internal static class Spelling
{
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length < 3) return null;
        var most = Math.Max(1, word.Length / 3);
        return candidates.Take(2_000)
            .Where(candidate => Math.Abs(candidate.Length - word.Length) <= most)
            .Select(candidate => (Candidate: candidate, Distance: Distance(word, candidate)))
            .Where(one => one.Distance <= most)
            .OrderBy(one => one.Distance).ThenBy(one => one.Candidate, StringComparer.Ordinal)
            .Select(one => one.Candidate).FirstOrDefault();
    }

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
