using System.Globalization;
using Iop.FollowUp.Domain.Deviations;

namespace Iop.FollowUp.Deviating;

/// <summary>A deviation as all parties see it.</summary>
/// <param name="State">raised, decided or withdrawn.</param>
/// <param name="Outcome">keep, adjust-plan or propose-renegotiation, once it is decided.</param>
/// <param name="Reason">Why it was decided so, or withdrawn.</param>
/// <param name="Closed">Who decided it or withdrew it, and when.</param>
/// <param name="Mine">Raised by the caller's organisation, which may withdraw it.</param>
/// <param name="GuestUntil">The last day, for a guest who reads one of them.</param>
public sealed record DeviationView(
    Guid Id, Guid PlanId, Guid PartnershipId, Guid AgreementId, string AgreementTitle, Guid? IndicatorId,
    string? IndicatorName, string Title, string WhatHappened, DateOnly HappenedOn, string State, DeviationActView Raised,
    IReadOnlyList<LessonView> Lessons,
    string? Outcome, string? Reason, DeviationActView? Closed, bool Mine, string DeviationTag,
    DateOnly? GuestUntil = null)
{
    internal static DeviationView Of(Deviation one, DeviationsContext around) => new(
        one.Id.Value, one.Plan.Value, one.Partnership.Value, around.PlanOf(one).Agreement.Value,
        around.PlanOf(one).Title, one.Indicator?.Value,
        around.IndicatorOf(one.Indicator), one.Title, one.WhatHappened, one.HappenedOn, Word(one.State),
        around.Act(one.RaisedByPerson, one.RaisedByOrganisation, one.RaisedAt),
        [.. one.Lessons.OrderBy(lesson => lesson.Number).Select(lesson => new LessonView(
            lesson.Number, lesson.Text, around.Act(lesson.ByPerson, lesson.ByOrganisation, lesson.At)))],
        one.Outcome is { } outcome ? Word(outcome) : null, one.Reason,
        one.ClosedAt is { } at ? around.Act(one.ClosedByPerson!.Value, one.ClosedByOrganisation!.Value, at) : null,
        one.RaisedByOrganisation == around.Organisation, one.Version.ToString(CultureInfo.InvariantCulture));

    internal static string Word(DeviationState state) => state switch
    {
        DeviationState.Raised => "raised",
        DeviationState.Decided => "decided",
        _ => "withdrawn",
    };

    internal static string Word(DeviationOutcome outcome) => outcome switch
    {
        DeviationOutcome.Keep => "keep",
        DeviationOutcome.AdjustPlan => "adjust-plan",
        _ => "propose-renegotiation",
    };
}

/// <summary>What a party learnt.</summary>
public sealed record LessonView(int Number, string Text, DeviationActView Noted);

/// <summary>Who did something, for which party, and when.</summary>
public sealed record DeviationActView(Guid PersonId, Guid OrganisationId, string OrganisationName, DateTimeOffset At);
