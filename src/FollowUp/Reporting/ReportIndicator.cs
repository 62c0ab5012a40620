using Iop.Contracts.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Indicators;
using Iop.FollowUp.Planning;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Reporting;

/// <summary>A party reports a period (rapporterar), or corrects what was reported of it: the earlier report is kept.</summary>
internal static class ReportIndicator
{
    public sealed record Request(
        string PeriodKey, string? Value = null, string? Numerator = null, string? Denominator = null, string? Comment = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/indicators/{id:guid}/reports", Handle).WithName(nameof(ReportIndicator)).Creates();

    internal static async Task<Answer<IndicatorView>> Handle(
        Guid id, Request request, Caller caller, FollowUpDb db, ReportsDue reports, TimeProvider clock,
        CancellationToken cancel)
    {
        // Two who report, and a reminder whose hour has come, wait for each other: none of them is told that another was faster.
        await db.Database.ExecuteSqlAsync($"SELECT FROM indicator WHERE indicator_id = {id} FOR UPDATE", cancel);
        var indicator = await db.Indicators.Include(indicator => indicator.Reports)
            .SingleOrDefaultAsync(indicator => indicator.Id == new IndicatorId(id), cancel);
        if (indicator is null) return Refusal.NotFound;
        if (caller.Lacks(Roles.Reporter, Roles.Officer) is { } missing) return missing;
        if (await db.GuestUntil(indicator.Partnership.Value, cancel) is not null) return FollowUpRefusals.GuestsOnlyRead;
        if (Malformed(request) is { } malformed) return malformed;
        var figure = new ReportedFigure(
            Numbers.Read(request.Value), Numbers.Read(request.Numerator), Numbers.Read(request.Denominator));
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (indicator.Take(request.PeriodKey, figure, request.Comment, by, clock.GetUtcNow()) is { } refusal) return refusal;
        db.Announce(indicator.Id.Value, indicator.Version, Message(indicator, request.PeriodKey, caller.Organisation));
        var plan = await db.Plans.SingleAsync(plan => plan.Id == indicator.Plan, cancel);
        await reports.Tell(plan, indicator, cancel);
        await db.SaveChangesAsync(cancel);
        var names = await db.NamesOf(indicator.Reports.Select(report => report.ByOrganisation), cancel);
        return Answers.Created($"/follow-up/v1/indicators/{id}", IndicatorView.Of(indicator, plan.Period, names),
            indicator.Version);
    }

    private static Refusal? Malformed(Request request) => new Fields()
        .Text("periodKey", request.PeriodKey, 20)
        .Must("value", Numbers.IsNone(request.Value) || Numbers.Read(request.Value) is not null, "field.malformed")
        .Must("numerator", Numbers.IsNone(request.Numerator) || Numbers.Read(request.Numerator) is not null, "field.malformed")
        .Must("denominator", Numbers.IsNone(request.Denominator) || Numbers.Read(request.Denominator) is not null,
            "field.malformed")
        .OptionalText("comment", request.Comment, 4_000).Refusal;

    private static IndicatorReported Message(Indicator indicator, string periodKey, Guid organisation) => new()
    {
        IndicatorId = indicator.Id.Value,
        Sequence = indicator.Version,
        PartnershipId = indicator.Partnership.Value,
        Name = indicator.Name,
        PeriodKey = periodKey,
        OrganisationId = organisation,
    };
}
