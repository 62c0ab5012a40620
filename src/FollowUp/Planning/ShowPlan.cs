using System.Globalization;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Indicators;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Planning;

/// <summary>The plan of an agreement with its indicators and what has been reported.</summary>
internal static class ShowPlan
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/plans/{id:guid}", Handle).WithName(nameof(ShowPlan));

    internal static async Task<Answer<PlanView>> Handle(Guid id, FollowUpDb db, CancellationToken cancel)
    {
        if (await db.Plans.AsNoTracking().SingleOrDefaultAsync(plan => plan.Id == new PlanId(id), cancel) is not { } plan)
            return Refusal.NotFound;
        var indicators = await db.Indicators.AsNoTracking().Include(indicator => indicator.Reports)
            .Where(indicator => indicator.Plan == plan.Id).OrderBy(indicator => indicator.Id).ToListAsync(cancel);
        var names = await db.NamesOf(indicators.SelectMany(indicator => indicator.Reports)
            .Select(report => report.ByOrganisation), cancel);
        return Answers.Ok(PlanView.Of(plan, indicators, names), plan.Version + indicators.Sum(indicator => indicator.Version));
    }
}

/// <summary>A plan as its parties see it.</summary>
public sealed record PlanView(
    Guid Id, Guid PartnershipId, Guid AgreementId, string Title, string State, DateOnly StartsOn, DateOnly? EndsOn,
    IReadOnlyList<IndicatorView> Indicators, DateOnly? NextDue)
{
    internal static PlanView Of(Plan plan, IReadOnlyList<Indicator> indicators, IReadOnlyDictionary<Guid, string> names) => new(
        plan.Id.Value, plan.Partnership.Value, plan.Agreement.Value, plan.Title,
        plan.State == PlanState.Open ? "open" : "closed", plan.StartsOn, plan.EndsOn,
        [.. indicators.Select(indicator => IndicatorView.Of(indicator, plan.Period, names))],
        indicators.Select(indicator => indicator.NextDue(plan.Period)).Min());
}

/// <summary>An indicator with the newest report of each period, and how many reports each has had.</summary>
public sealed record IndicatorView(
    Guid Id, Guid PlanId, string Name, string Unit, string? Baseline, string? Target, string? Source, bool Ratio, string Every,
    IReadOnlyList<ReportView> Reports, DateOnly? NextDue)
{
    internal static IndicatorView Of(Indicator indicator, Period plan, IReadOnlyDictionary<Guid, string> names) => new(
        indicator.Id.Value, indicator.Plan.Value, indicator.Name, indicator.Unit, Number(indicator.Baseline),
        Number(indicator.Target), indicator.Source,
        indicator.IsRatio, Word(indicator.Every), [.. indicator.Current.Select(report => Of(report, names))],
        indicator.NextDue(plan));

    internal static string Word(Rhythm every) => every switch
    {
        Rhythm.Month => "month",
        Rhythm.Quarter => "quarter",
        Rhythm.HalfYear => "half-year",
        _ => "year",
    };

    private static ReportView Of(Report report, IReadOnlyDictionary<Guid, string> names) => new(
        report.PeriodKey, report.Number, Number(report.Value), Number(report.Numerator), Number(report.Denominator),
        report.Comment, report.At,
        new ReporterView(report.ByPerson, report.ByOrganisation, names.GetValueOrDefault(report.ByOrganisation, "")));

    private static string? Number(decimal? number) => number?.ToString("0.########", CultureInfo.InvariantCulture);
}

/// <summary>One report; <c>Number</c> above 1 says that it is a correction.</summary>
public sealed record ReportView(
    string PeriodKey, int Number, string? Value, string? Numerator, string? Denominator, string? Comment, DateTimeOffset At,
    ReporterView By);

public sealed record ReporterView(Guid PersonId, Guid OrganisationId, string OrganisationName);
