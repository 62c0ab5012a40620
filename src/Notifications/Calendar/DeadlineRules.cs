using Iop.Notifications.Domain;

namespace Iop.Notifications.Calendar;

/// <summary>Which days people's calendars have. Only what is agreed gives any: nothing before signature.</summary>
internal static class DeadlineRules
{
    private const string MeasurementDue = "measurement-due";
    private const string PlanEnd = "plan-ends";

    /// <summary>The term in force: its end, and the last day for saying that it is not to go on. None cancels.</summary>
    public static IReadOnlyList<Deadline> Of(Guid agreement, string title, DateOnly? lastDateOfNotice, DateOnly? endsOn) =>
    [
        new("last-date-of-notice", agreement, "", lastDateOfNotice, title, Life(agreement)),
        new("agreement-ends", agreement, "", endsOn, title, Life(agreement)),
    ];

    /// <summary>The talk that comes before the last date of notice; a later booking moves it.</summary>
    public static Deadline Talk(Guid agreement, string title, DateOnly? on) =>
        new("joint-talk", agreement, "", on, title, Life(agreement));

    /// <summary>The next report of an indicator: reported, it moves to the period after.</summary>
    public static Deadline Report(Guid indicator, Guid partnership, string name, string? period, DateOnly? on) =>
        new("report-due", indicator, "", on, period is null ? name : $"{name}, {period}",
            $"/samverkan/{partnership}/uppfoljning");

    public static Deadline Measurement(Guid contract, string title, string period, DateOnly endsOn) =>
        new(MeasurementDue, contract, period, endsOn, $"{title}, {period}", $"/utfallskontrakt/{contract}");

    public static OnlyThese OfMeasurements(Guid contract, DateOnly from) => new(MeasurementDue, contract, from);

    public static Deadline PlanEnds(Guid agreement, Guid plan, string title, DateOnly on) =>
        new(PlanEnd, agreement, plan.ToString(), on, title, $"/avtal/{agreement}/plan");

    public static OnlyThese OfPlans(Guid agreement, DateOnly from) => new(PlanEnd, agreement, from);

    /// <summary>A meeting at its time; moved and called off it stays the same event.</summary>
    public static Deadline Meeting(Guid meeting, Guid partnership, string topic, DateOnly? on, DateTimeOffset? startsAt) =>
        new("meeting", meeting, "", on, topic, $"/samverkan/{partnership}/uppfoljning/moten/{meeting}") { StartsAt = startsAt };

    private static string Life(Guid agreement) => $"/avtal/{agreement}/liv";
}
