using System.Globalization;
using System.Text;
using Iop.Kernel;
using Iop.Notifications.Domain;
using Iop.Platform.Api;

namespace Iop.Notifications.Inbox;

/// <summary>A line as a sentence in the reader's language: kronor, dates and names as people write them.</summary>
internal sealed class LineText(Texts texts)
{
    private const char NoBreak = '\u00A0';
    private const string Amount = "amount";
    private const string Date = "On";
    private const string Organisation = "organisation";
    private const string Prefix = "line.";
    private const string Somebody = Prefix + "somebody";

    /// <summary>All there are.</summary>
    public IReadOnlySet<string> Kinds { get; } = texts.Codes("sv")
        .Where(code => code.StartsWith(Prefix, StringComparison.Ordinal) && code != Somebody)
        .Select(code => code[Prefix.Length..]).ToHashSet(StringComparer.Ordinal);

    public string Of(InboxLine line, string language, IReadOnlyDictionary<Guid, string> names)
    {
        var words = line.Arguments.ToDictionary(
            word => word.Key, word => Written(word.Key, word.Value, language, names), StringComparer.Ordinal);
        return texts.Find(language, Prefix + line.Kind, words) ?? line.Kind;
    }

    /// <summary>The organisations a line names.</summary>
    public static Guid? Names(InboxLine line) => line.Arguments.TryGetValue(Organisation, out var id) ? Guid.Parse(id) : null;

    private string Written(string name, string value, string language, IReadOnlyDictionary<Guid, string> names) => name switch
    {
        Amount => Money(value, language),
        Organisation => names.GetValueOrDefault(Guid.Parse(value)) ?? texts.Find(language, Somebody) ?? "",
        _ when name.EndsWith(Date, StringComparison.Ordinal) =>
            DateOnly.Parse(value, CultureInfo.InvariantCulture)
                .ToString("d MMMM yyyy", CultureInfo.GetCultureInfo(language == "sv" ? "sv-SE" : "en-GB")),
        _ => value,
    };

    /// <summary>5 400 000 kr in Swedish, SEK 5,400,000 in English; the hundredths only when there are any. A credit reads as its
    /// amount: the sentence says that it goes back.</summary>
    private static string Money(string value, string language)
    {
        var parts = value.Split(' ');
        var hundredths = Math.Abs(long.Parse(parts[0], CultureInfo.InvariantCulture));
        var (whole, rest) = Math.DivRem(hundredths, 100);
        var (group, point) = language == "sv" ? (NoBreak, ',') : (',', '.');
        var digits = new StringBuilder(whole.ToString(CultureInfo.InvariantCulture));
        for (var place = digits.Length - 3; place > 0; place -= 3) digits.Insert(place, group);
        if (rest > 0) digits.Append(point).Append(rest.ToString("00", CultureInfo.InvariantCulture));
        return language == "sv"
            ? $"{digits}{NoBreak}{(parts[1] == "SEK" ? "kr" : parts[1])}"
            : $"{parts[1]}{NoBreak}{digits}";
    }
}
