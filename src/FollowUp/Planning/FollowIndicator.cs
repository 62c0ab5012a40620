using System.Globalization;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Indicators;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Planning;

/// <summary>The parties agree to look at something (följa en indikator): a number, or a ratio, with its baseline taken before the
/// start.</summary>
internal static class FollowIndicator
{
    public sealed record Request(
        string Name, string Unit, bool Ratio, string Every, string? Baseline = null, string? Target = null,
        string? Source = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/plans/{id:guid}/indicators", Handle).WithName(nameof(FollowIndicator)).Creates();

    internal static async Task<Answer<IndicatorView>> Handle(
        Guid id, Request request, Caller caller, FollowUpDb db, ReportsDue reports, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.Plans.SingleOrDefaultAsync(plan => plan.Id == new PlanId(id), cancel) is not { } plan)
            return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await db.GuestUntil(plan.Partnership.Value, cancel) is not null) return FollowUpRefusals.GuestsOnlyRead;
        if (Malformed(request) is { } malformed) return malformed;
        var followed = await db.Indicators.CountAsync(indicator => indicator.Plan == plan.Id, cancel);
        if (plan.RefusesIndicator(followed) is { } refusal) return refusal;
        var indicator = new Indicator
        {
            Id = new IndicatorId(Guid.CreateVersion7(clock.GetUtcNow())),
            Plan = plan.Id,
            Partnership = plan.Partnership,
            Name = request.Name.Trim(),
            Unit = request.Unit.Trim(),
            Baseline = Numbers.Read(request.Baseline),
            Target = Numbers.Read(request.Target),
            Source = request.Source,
            IsRatio = request.Ratio,
            Every = Enum.GetValues<Rhythm>().Single(every => IndicatorView.Word(every) == request.Every),
        };
        db.Indicators.Add(indicator);
        await reports.Tell(plan, indicator, cancel);
        await db.SaveChangesAsync(cancel);
        var view = IndicatorView.Of(indicator, plan.Period, new Dictionary<Guid, string>());
        return Answers.Created(string.Create(CultureInfo.InvariantCulture, $"/follow-up/v1/indicators/{view.Id}"), view,
            indicator.Version);
    }

    private static Refusal? Malformed(Request request) => new Fields()
        .Text("name", request.Name, 200)
        .Text("unit", request.Unit, 60)
        .OneOf("every", request.Every, Enum.GetValues<Rhythm>().Select(IndicatorView.Word))
        .Must("baseline", Numbers.IsNone(request.Baseline) || Numbers.Read(request.Baseline) is not null, "field.malformed")
        .Must("target", Numbers.IsNone(request.Target) || Numbers.Read(request.Target) is not null, "field.malformed")
        .OptionalText("source", request.Source, 500).Refusal;
}
