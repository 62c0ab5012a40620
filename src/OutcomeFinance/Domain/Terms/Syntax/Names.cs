using System.Globalization;
using System.Text;

namespace Iop.OutcomeFinance.Domain.Terms.Syntax;

/// <summary>What a name may look like: composed letters (NFC) of one script, digits and underscores; in brackets also spaces and
/// hyphens.</summary>
internal static class Names
{
    public static bool StartsAt(string text, int at) =>
        Rune.TryGetRuneAt(text, at, out var rune) && (Rune.IsLetter(rune) || rune.Value == '_');

    public static bool ContinuesAt(string text, int at, out int length)
    {
        length = 1;
        if (!Rune.TryGetRuneAt(text, at, out var rune)) return false;
        length = rune.Utf16SequenceLength;
        return Rune.IsLetterOrDigit(rune) || rune.Value == '_'
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
    }

    public static string Normal(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return name; // half a surrogate pair: Check refuses it
        }
    }

    /// <summary>Null when the name will do, else the code of what is wrong.</summary>
    public static string? Check(string name, bool freely)
    {
        if (name.Length == 0) return "terms.name-empty";
        if (name.Length > Limits.NameLetters) return "terms.name-too-long";
        var script = Script.None;
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar) return "terms.name-character";
            if (Rune.IsLetter(rune))
            {
                var found = ScriptOf(rune.Value);
                if (script != Script.None && found != script) return "terms.name-mixes-scripts";
                script = found;
            }
            else if (!Rune.IsDigit(rune) || !rune.IsAscii)
            {
                if (rune.Value != '_' && !(freely && " -./&+%:'§".Contains((char)rune.Value, StringComparison.Ordinal)))
                    return "terms.name-character";
            }
        }

        return null;
    }

    /// <summary>Whether a name can stand without brackets in the language.</summary>
    public static bool IsPlain(string name, TermsLanguage language) =>
        name.Length > 0 && StartsAt(name, 0) && name.All(letter => char.IsLetterOrDigit(letter) || letter == '_')
        && !Keywords.Of(language).Reserves(name) && !Keywords.Of(language.Other()).Reserves(name);

    /// <summary>A name as it may stand in a message: shortened, without what cannot be seen.</summary>
    public static string Shown(string name)
    {
        var visible = new string([.. name.Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter)
            && char.GetUnicodeCategory(letter) != UnicodeCategory.Format).Take(Limits.NameLetters)]);
        return visible.Length < name.Length ? visible + "…" : visible;
    }

    /// <summary>Marks that turn the direction of writing or cannot be seen have no place in a text to be signed.</summary>
    public static bool HasForbiddenCharacter(string text) => text.Any(letter =>
        (char.IsControl(letter) && letter is not ('\t' or '\r' or '\n'))
            || char.GetUnicodeCategory(letter) == UnicodeCategory.Format);

    private enum Script
    {
        None,
        Latin,
        Greek,
        Cyrillic,
        Other,
    }

    private static Script ScriptOf(int letter) => letter switch
    {
        < 0x0250 or (>= 0x1E00 and <= 0x1EFF) => Script.Latin,
        (>= 0x0370 and <= 0x03FF) or (>= 0x1F00 and <= 0x1FFF) => Script.Greek,
        >= 0x0400 and <= 0x052F => Script.Cyrillic,
        _ => Script.Other,
    };
}
