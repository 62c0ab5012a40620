using System.Globalization;
using Iop.Web.Texts;

namespace Iop.Web.Register;

/// <summary>When a partnership runs, as it is written: days where known, else years.</summary>
internal static class Spans
{
    public static string Of(
        Written written, Words words, DateOnly? startsOn, int? startYear, DateOnly? endsOn, int? endYear)
    {
        if (startsOn is not null || (startYear is null && endYear is null))
            return written.Period(startsOn, endsOn, words["period.open"]) is { Length: > 0 } period
                ? period : words["period.missing"];
        var from = startYear is { } first ? first.ToString(CultureInfo.InvariantCulture) : "";
        var to = (endsOn?.Year ?? endYear) is { } last ? last.ToString(CultureInfo.InvariantCulture) : "";
        return $"{from}–{to}";
    }
}
