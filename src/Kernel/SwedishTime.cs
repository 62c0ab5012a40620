using System.Globalization;

namespace Iop.Kernel;

/// <summary>"Today" is the date in Europe/Stockholm, here and nowhere else.</summary>
public static class SwedishTime
{
    private static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    public static DateOnly Today(this TimeProvider clock) => DateIn(clock.GetUtcNow());

    /// <summary>The Swedish date of an instant.</summary>
    public static DateOnly DateIn(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Stockholm).DateTime);

    /// <summary>The instant at which a Swedish date begins.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>The instant of a Swedish date and time of day; in the hour that comes twice, the second.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, Stockholm.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>A date as people write it: 1 juli 2017, in English 1 July 2017.</summary>
    public static string AsRead(DateOnly day, string language) =>
        $"{day.Day} {(language == "sv" ? Swedish : English)[day.Month - 1]} {day.Year:0000}";

    /// <summary>A date from the wire, or two of them with a dash between, as people write them. Anything else stays as it
    /// is.</summary>
    public static string AsRead(string text, string language)
    {
        if (text.Length is < IsoLength or > (2 * IsoLength) + 1) return text;
        var parts = text.Split('–');
        var read = parts.Select(part => part.Length == 0 && parts is [_, ""] ? "" : Read(part, language)).ToList();
        return parts.Length > 2 || read.Contains(null) ? text : string.Join(parts.Length == 2 ? " – " : "", read).TrimEnd();
    }

    private const int IsoLength = 10;

    private static readonly string[] Swedish =
    [
        "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december",
    ];

    private static readonly string[] English =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ];

    private static string? Read(string iso, string language) =>
        DateOnly.TryParseExact(iso, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? AsRead(day, language) : null;
}
