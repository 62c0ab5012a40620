using System.Globalization;
using Iop.Kernel;

namespace Iop.Web.Texts;

/// <summary>How dates, numbers, periods and money are written: 3 mars 2026 · 1 234 567 kr · 2026 H1.
/// Thousands are parted by a no-break space in both languages, so that no comma can be misread.</summary>
internal sealed class Written
{
    private const char NoBreak = '\u00A0';
    private const char Minus = '\u2212';

    private readonly string[] _months;
    private readonly char _decimal;
    private readonly Func<string, string, string> _money;

    private Written(string months, char decimalMark, Func<string, string, string> money)
    {
        _months = months.Split(' ');
        _decimal = decimalMark;
        _money = money;
    }

    public static Written Swedish { get; } = new(
        "januari februari mars april maj juni juli augusti september oktober november december", ',',
        (amount, currency) => currency == "SEK" ? $"{amount}{NoBreak}kr" : $"{amount}{NoBreak}{currency}");

    public static Written English { get; } = new(
        "January February March April May June July August September October November December", '.',
        (amount, currency) => $"{currency}{NoBreak}{amount}");

    public string Date(DateOnly day) => $"{day.Day}{NoBreak}{_months[day.Month - 1]}{NoBreak}{day.Year}";

    public string Date(DateTimeOffset instant) => Date(SwedishTime.DateIn(instant));

    public string Moment(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTimeBySystemTimeZoneId(instant, "Europe/Stockholm");
        return $"{Date(instant)} {local.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }

    /// <summary>From and to; only the years if both are whole years.</summary>
    public string Period(DateOnly? from, DateOnly? to, string openEnded) => (from, to) switch
    {
        (null, null) => "",
        (null, { } end) => $"–{NoBreak}{Date(end)}",
        ({ } start, null) => $"{Date(start)}{NoBreak}– {openEnded}",
        ({ } start, { } end) when start is { Month: 1, Day: 1 } && end is { Month: 12, Day: 31 } =>
            start.Year == end.Year ? Year(start) : $"{Year(start)}–{Year(end)}",
        ({ } start, { } end) => $"{Date(start)}{NoBreak}– {Date(end)}",
    };

    /// <summary>A period's key as people say it: 2026-H1 is 2026 H1, 2016-2018 is 2016–2018.</summary>
    public static string PeriodKey(string key) => key.Split('-') switch
    {
        [{ Length: 4 } from, { Length: 4 } to] => $"{from}–{to}",
        [{ Length: 4 } year, [('H' or 'Q'), ..] part] => $"{year}{NoBreak}{part}",
        _ => key,
    };

    public string Number(long number) => Number(new decimal(number));

    public string Number(decimal number)
    {
        var plain = Math.Abs(number).ToString(CultureInfo.InvariantCulture).Split('.');
        var grouped = Grouped(plain[0]);
        var text = plain.Length > 1 ? $"{grouped}{_decimal}{plain[1]}" : grouped;
        return number < 0 ? Minus + text : text;
    }

    /// <summary>A decimal string from the wire as it is written; anything else unchanged.</summary>
    public string Number(string text) => TryDecimal(text, out var number) ? Number(number) : text;

    /// <summary>A decimal string in a currency: öre only where there are any, unless asked for.</summary>
    public string Money(string amount, string currency = "SEK", bool withOre = false)
    {
        if (!TryDecimal(amount, out var value)) return amount;
        var whole = decimal.Truncate(value) == value && !withOre;
        var digits = Math.Abs(value).ToString(whole ? "0" : "0.00", CultureInfo.InvariantCulture).Split('.');
        var text = digits.Length > 1 ? $"{Grouped(digits[0])}{_decimal}{digits[1]}" : Grouped(digits[0]);
        return _money(value < 0 ? Minus + text : text, currency);
    }

    private static string Year(DateOnly day) => day.Year.ToString(CultureInfo.InvariantCulture);

    private static bool TryDecimal(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out number);

    private static string Grouped(string digits)
    {
        for (var at = digits.Length - 3; at > 0; at -= 3) digits = digits.Insert(at, NoBreak.ToString());
        return digits;
    }
}
