using Iop.Contracts.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Deviations;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Deviating;

/// <summary>A party notes that something turned out otherwise than planned (tar upp en avvikelse): a result to learn
/// from.</summary>
internal static class RaiseDeviation
{
    /// <param name="IndicatorId">The indicator of the plan in which it shows, if it does in one.</param>
    public sealed record Request(string Title, string WhatHappened, DateOnly? HappenedOn = null, Guid? IndicatorId = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/plans/{id:guid}/deviations", Handle).WithName(nameof(RaiseDeviation)).Creates();

    internal static async Task<Answer<DeviationView>> Handle(
        Guid id, Request request, Caller caller, FollowUpDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Plans.AsNoTracking().SingleOrDefaultAsync(plan => plan.Id == new PlanId(id), cancel) is not { } plan)
            return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer, Roles.Reporter) is { } missing) return missing;
        if (await db.GuestUntil(plan.Partnership.Value, cancel) is not null) return FollowUpRefusals.GuestsOnlyRead;
        if (Malformed(request) is { } malformed) return malformed;
        var raised = await db.Deviations.CountAsync(one => one.Plan == plan.Id, cancel);
        if (Deviation.RefusesToBeRaised(plan, raised, request.HappenedOn!.Value, clock.Today()) is { } refusal) return refusal;
        IndicatorId? indicator = request.IndicatorId is { } shown ? new IndicatorId(shown) : null;
        if (indicator is not null && !await db.Indicators.AnyAsync(one => one.Id == indicator && one.Plan == plan.Id, cancel))
            return DeviationRefusals.UnknownIndicator;
        var deviation = new Deviation
        {
            Id = new DeviationId(Guid.CreateVersion7(clock.GetUtcNow())),
            Plan = plan.Id,
            Partnership = plan.Partnership,
            Indicator = indicator,
            Title = request.Title.Trim(),
            WhatHappened = request.WhatHappened.Trim(),
            HappenedOn = request.HappenedOn.Value,
            RaisedByPerson = caller.Person,
            RaisedByOrganisation = caller.Organisation,
            RaisedAt = clock.GetUtcNow(),
        };
        db.Deviations.Add(deviation);
        db.Announce(deviation.Id.Value, deviation.Version, new DeviationRaised
        {
            DeviationId = deviation.Id.Value,
            Sequence = deviation.Version,
            PartnershipId = plan.Partnership.Value,
            AgreementId = plan.Agreement.Value,
            Title = deviation.Title,
            OrganisationId = caller.Organisation,
        });
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/follow-up/v1/deviations/{deviation.Id.Value}",
            await DeviationsContext.View(db, deviation, caller.Organisation, cancel), deviation.Version);
    }

    private static Refusal? Malformed(Request request) => new Fields()
        .Text("title", request.Title, 200)
        .Text("whatHappened", request.WhatHappened, 4_000)
        .Must("title", !FreeText.PointsOutAPerson(request.Title), FreeText.PersonalData)
        .Must("whatHappened", !FreeText.PointsOutAPerson(request.WhatHappened), FreeText.PersonalData)
        .Must("happenedOn", request.HappenedOn is not null, "field.required").Refusal;
}
