using Iop.Kernel;

namespace Iop.Domain.Tests;

/// <summary>Dates in sentences, as people read them.</summary>
public sealed class DatesAsReadTests
{
    [Theory]
    //          on the wire                     in Swedish                            in English
    [InlineData("2017-07-01",                   "1 juli 2017",                        "1 July 2017")]
    [InlineData("2024-02-29",                   "29 februari 2024",                   "29 February 2024")]
    [InlineData("2026-01-01–2026-12-31",        "1 januari 2026 – 31 december 2026",  "1 January 2026 – 31 December 2026")]
    [InlineData("2026-01-01–",                  "1 januari 2026 –",                   "1 January 2026 –")]
    [InlineData("2023-02-29",                   "2023-02-29",                         "2023-02-29")] // no such day
    [InlineData("Plan 2026-01-01",              "Plan 2026-01-01",                    "Plan 2026-01-01")] // somebody's own words
    [InlineData("2026-01-01–2026-02-01–2026",   "2026-01-01–2026-02-01–2026",         "2026-01-01–2026-02-01–2026")]
    [InlineData("–2026-01-01",                  "–2026-01-01",                        "–2026-01-01")]
    [InlineData("1200000.00",                   "1200000.00",                         "1200000.00")]
    [InlineData("",                             "",                                   "")]
    public void Only_dates_are_written_anew(string text, string swedish, string english) =>
        Assert.Equal((swedish, english), (SwedishTime.AsRead(text, "sv"), SwedishTime.AsRead(text, "en")));
}
