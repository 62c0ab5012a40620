using Iop.Contracts.FollowUp;
using Iop.Kernel;
using Iop.Notifications.Calendar;
using Iop.Notifications.Domain;
using static Iop.Notifications.Telling.Rules;

namespace Iop.Notifications.Telling;

/// <summary>Who hears what while agreements and contracts are followed up: that it begins, and which reports are due.</summary>
internal static class FollowUpRules
{
    private const string Report = "report-indicator";
    private const string ReportLate = "report-late";
    private const string Measure = "report-measurement";
    private const string MeasureLate = "measurement-late";

    public static void AddTo(Rules rules) => rules
        .When<PlanOpened>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Lines =
            [
                new Line("plan-opened",
                    To.Each(fact.Organisations.Select(organisation => new Recipient(organisation, null, organisation))),
                    $"plan:{fact.PlanId}", new Subject("plan", fact.PlanId), $"/samverkan/{fact.PartnershipId}/uppfoljning")
                {
                    Roles = [Roles.Officer, Roles.Reporter],
                    Arguments = Words(("title", fact.Title)),
                },
            ],
        })
        .When<IndicatorReported>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Lines =
            [
                new Line("indicator-reported", To.EverybodyBut(fact.OrganisationId), $"indicator:{fact.IndicatorId}",
                    new Subject("indicator", fact.IndicatorId), $"/samverkan/{fact.PartnershipId}/uppfoljning")
                {
                    Arguments = Words(("name", fact.Name), ("period", fact.PeriodKey),
                        ("organisation", fact.OrganisationId.ToString())),
                },
            ],
        })
        .When<IndicatorReportDue>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            // Another stage, or another period: what asked for the report before does so no more.
            Finishes = [.. new[] { Report, ReportLate }.Where(kind => kind != Asks(fact))
                .Select(kind => new Finish(kind, Of(fact)))],
            Lines = fact is { PeriodKey: { } period, DueOn: { } due } && Asks(fact) is { } asks
                ? [Asked(fact, asks, period, due)] : [],
            Deadlines = [DeadlineRules.Report(fact.IndicatorId, fact.PartnershipId, fact.Name, fact.PeriodKey, fact.DueOn)],
        })
        // Of a period there is nothing newer to say than that it was reported: in whatever order that is heard.
        .When<MeasurementDue>(_ => 1, fact => new Tidings
        {
            Circle = new Circle(fact.ContractId),
            Finishes = fact.Stage is "due" ? [] : fact.Stage is "overdue"
                ? [new Finish(Measure, Period(fact.ContractId, fact.PeriodKey))] : Awaited(fact.ContractId, fact.PeriodKey),
            Lines = fact.Stage is "due" or "overdue" ? [Asked(fact, fact.Stage is "due" ? Measure : MeasureLate)] : [],
        });

    /// <summary>What is asked for until a period's outcomes are reported.</summary>
    internal static Finish[] Awaited(Guid contract, string period) =>
        [new(Measure, Period(contract, period)), new(MeasureLate, Period(contract, period))];

    private static string? Asks(IndicatorReportDue fact) => fact.Stage switch
    {
        "soon" => Report,
        "overdue" => ReportLate,
        _ => null,
    };

    private static Line Asked(IndicatorReportDue fact, string kind, string period, DateOnly due) =>
        new(kind, To.Everybody, Of(fact), new Subject("indicator", fact.IndicatorId),
            $"/samverkan/{fact.PartnershipId}/uppfoljning")
        {
            MustAct = true,
            Roles = [Roles.Reporter, Roles.Officer],
            Arguments = Words(("name", fact.Name), ("period", period), ("dueOn", Day(due))),
        };

    private static Line Asked(MeasurementDue fact, string kind) =>
        new(kind, To.Each(fact.Organisations.Select(organisation => new Recipient(organisation, null, organisation))),
            Period(fact.ContractId, fact.PeriodKey), new Subject("contract", fact.ContractId),
            $"/utfallskontrakt/{fact.ContractId}")
        {
            MustAct = true,
            Roles = [Roles.Reporter],
            Arguments = Words(("title", fact.ContractTitle), ("period", fact.PeriodKey), ("endedOn", Day(fact.EndedOn))),
        };

    private static string Of(IndicatorReportDue fact) => $"report:{fact.IndicatorId}";

    private static string Period(Guid contract, string period) => $"measuring:{contract}:{period}";
}
