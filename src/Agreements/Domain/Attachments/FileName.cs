using System.Globalization;
using System.Text;
using Iop.Kernel;

namespace Iop.Agreements.Domain.Attachments;

/// <summary>A file's name as it may be shown and saved again: no folders, nothing invisible, one ending.</summary>
public sealed record FileName
{
    public const int LengthMax = 150;

    private const string NeverInNames = "<>:\"|?*";

    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
        "lpt3",
        "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
    };

    // What a second ending may hide: anything that runs, and every kind of document.
    private static readonly HashSet<string> Telling = new(FileKinds.Endings, StringComparer.Ordinal)
    {
        "exe", "com", "bat", "cmd", "msi", "scr", "pif", "ps1", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta", "jar", "sh", "py",
        "php", "htm", "html", "xhtml", "svg", "xml", "lnk", "url", "reg", "dll", "iso", "img", "zip", "rar", "7z", "gz", "doc",
        "xls",
        "ppt", "docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "pptx", "rtf", "app", "dmg", "apk",
    };

    private FileName(string value, string ending) => (Value, Ending) = (value, ending);

    public string Value { get; }

    /// <summary>Lower case, without its dot; empty when there is none.</summary>
    public string Ending { get; }

    public static Refusal? Read(string? raw, out FileName name)
    {
        name = new FileName("", "");
        if (string.IsNullOrWhiteSpace(raw)) return FileRefusals.NameMissing;
        var seen = Visible(raw);
        if (seen.IndexOfAny(['/', '\\']) >= 0) return FileRefusals.NameIsAPath;
        var parts = seen.Trim(' ', '.').Split('.');
        if (parts[0].Length == 0) return FileRefusals.NameMissing;
        if (Devices.Contains(parts[0])) parts[0] = "_" + parts[0];
        var ending = parts.Length > 1 ? parts[^1].Trim().ToLowerInvariant() : "";
        if (parts.Length > 2 && Telling.Contains(parts[^2].Trim().ToLowerInvariant())) return FileRefusals.TwoEndings;
        var stem = string.Join('.', parts.Length > 1 ? parts[..^1] : parts).TrimEnd(' ', '.');
        var room = LengthMax - ending.Length - 1;
        if (stem.Length > room) stem = Shortened(stem, room);
        name = new FileName(ending.Length == 0 ? stem : $"{stem}.{ending}", ending);
        return null;
    }

    /// <summary>Without control characters, marks that turn the direction of writing, and other invisible ones.</summary>
    private static string Visible(string raw)
    {
        var seen = new StringBuilder();
        foreach (var rune in raw.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate || rune == Rune.ReplacementChar) continue;
            if (category is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                seen.Append(seen.Length > 0 && seen[^1] == ' ' ? "" : " ");
            else if (rune.IsBmp && NeverInNames.Contains((char)rune.Value, StringComparison.Ordinal)) seen.Append('_');
            else seen.Append(rune);
        }
        return seen.ToString().Normalize(NormalizationForm.FormC);
    }

    private static string Shortened(string stem, int length) =>
        stem[..(char.IsHighSurrogate(stem[length - 1]) ? length - 1 : length)].TrimEnd(' ', '.');
}
