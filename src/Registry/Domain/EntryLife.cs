namespace Iop.Registry.Domain;

/// <summary>What is known of when a partnership runs. A day where known, else a year: a year counts from its first day as a
/// beginning, and to its last as an end.</summary>
/// <param name="EndedOn">The last day it ran; it was ended, whatever was agreed.</param>
/// <param name="ConfirmedOn">When somebody last said that it is so.</param>
/// <param name="IsFollowedHere">Its agreement lives here, so that nobody needs to be asked.</param>
public sealed record EntryLife(
    DateOnly? StartsOn, int? StartYear, DateOnly? EndsOn, int? EndYear, bool OpenEnded, bool AutoRenews, DateOnly? EndedOn,
    DateOnly ConfirmedOn, bool IsFollowedHere)
{
    /// <summary>A confirmation holds a year, and a month to answer in.</summary>
    public const int ConfirmationMonths = 13;

    public DateOnly? From => StartsOn ?? (StartYear is { } year ? new DateOnly(year, 1, 1) : null);

    /// <summary>The last day, as far as anything is said of one; none when it goes on until it is ended.</summary>
    public DateOnly? Last => EndedOn ?? (GoesOn ? null : EndsOn ?? (EndYear is { } year ? new DateOnly(year, 12, 31) : null));

    private bool GoesOn => OpenEnded || AutoRenews;

    /// <summary>Auto-renewed and open-ended ones run until ended; ended ones do not, though their agreed end lies
    /// ahead.</summary>
    public EntryStatus On(DateOnly day)
    {
        if (Last < day) return EntryStatus.Ended; // its last day is a day it runs
        if (From > day) return EntryStatus.Future;
        if (From is null) return EntryStatus.Unknown;
        var isConfirmed = IsFollowedHere || ConfirmedOn.AddMonths(ConfirmationMonths) >= day;
        if (Last is null && !GoesOn) return isConfirmed ? EntryStatus.Active : EntryStatus.Unknown;
        return isConfirmed ? EntryStatus.Active : EntryStatus.Presumed;
    }

    /// <summary>The first day after this one on which the answer may be another, or on which somebody is asked.</summary>
    public DateOnly? NextChange(DateOnly after)
    {
        DateOnly?[] days =
        [
            From, Last?.AddDays(1), IsFollowedHere ? null : ConfirmedOn.AddMonths(ConfirmationMonths).AddDays(1),
            AskedFirst(after.AddDays(1)),
        ];
        return days.Where(day => day > after).Min();
    }

    /// <summary>The last day until this one on which somebody is asked whether it is still right: every year after it was last
    /// said, while it may run.</summary>
    public DateOnly? AskedLast(DateOnly until)
    {
        if (!IsAsked(until)) return null;
        var years = Years(until);
        return years < 1 ? null : ConfirmedOn.AddYears(years);
    }

    private DateOnly? AskedFirst(DateOnly from)
    {
        var day = ConfirmedOn.AddYears(Math.Max(1, Years(from.AddDays(-1)) + 1));
        return IsAsked(day) ? day : null;
    }

    private bool IsAsked(DateOnly day) => !IsFollowedHere && On(day) is EntryStatus.Active or EntryStatus.Presumed;

    private int Years(DateOnly until)
    {
        var years = until.Year - ConfirmedOn.Year;
        return ConfirmedOn.AddYears(years) > until ? years - 1 : years;
    }
}
