namespace Iop.Agreements.Domain.Life;

/// <summary>The term in force (avtalstid): from, to, and how it goes on or ends. Kept apart from the frame that is being
/// written.</summary>
/// <param name="RenewalMonths">How long it goes on when it renews itself.</param>
public sealed record Term(DateOnly From, DateOnly? To, bool AutoRenews, int? NoticeMonths, int RenewalMonths)
{
    /// <summary>The usual wording is one year at a time.</summary>
    public const int RenewalMonthsUsual = 12;

    public static Term Of(Frame frame) => new(
        frame.StartsOn, frame.EndsOn, frame.AutoRenews, frame.NoticeMonths, frame.RenewalMonths ?? RenewalMonthsUsual);

    /// <summary>Null when it has no end, or nothing is said of notice.</summary>
    public DateOnly? LastDateOfNotice => To is { } to && NoticeMonths is { } months
        ? new NoticePeriod(months).LastDateFor(to) : null;

    /// <summary>The day it renews itself unless notice has been given: after the last date of notice.</summary>
    public DateOnly? RenewsOn => AutoRenews && To is { } to ? (LastDateOfNotice ?? to).AddDays(1) : null;

    public Term Renewed => this with { To = To is { } to ? After(to) : null };

    /// <summary>The last day when notice is given on a day; null when no notice is agreed on.</summary>
    public DateOnly? EndsAfterNotice(DateOnly givenOn)
    {
        if (NoticeMonths is not { } months) return null;
        var runsOut = new NoticePeriod(months).EndsAfter(givenOn);
        if (To is not { } to) return runsOut;
        if (!AutoRenews) return runsOut < to ? runsOut : to;
        // Too late for this term: it ends with the first term that the notice is in time for.
        while (runsOut > to) to = After(to);
        return to;
    }

    /// <summary>From the first day after, so that the end of a month stays the end of a month.</summary>
    private DateOnly After(DateOnly to) => to.AddDays(1).AddMonths(RenewalMonths).AddDays(-1);
}
