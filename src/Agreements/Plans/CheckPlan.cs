using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Plans;

/// <summary>Somebody holds a plan against the frame before it goes to the body. Nothing is kept.</summary>
internal static class CheckPlan
{
    /// <param name="NotChecked">What could not be held against the agreement: activities, when it lists none.</param>
    public sealed record View(
        IReadOnlyList<OverstepView> Oversteps, IReadOnlyList<string> NotChecked, string Cost, string AgreedForThePeriod,
        string Currency);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/plans/check", Handle).WithName(nameof(CheckPlan));

    internal static async Task<Answer<View>> Handle(
        Guid id, PlanRequest request, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        if (await db.Agreements.FindAsync([new AgreementId(id)], cancel) is not { } agreement) return Refusal.NotFound;
        if (request.Read(Guid.CreateVersion7, adopts: false, out var text) is { } malformed) return malformed;
        var living = await Living.Of(db, agreement, cancel);
        if (!InterventionPlan.IsPlannedIn(agreement.State)) return PlanRefusals.NotNow(agreement.State);
        var frame = living.Frame;
        return new View(
            [.. frame.OverstepsOf(text).Select(one => OverstepView.Of(one, text, living, viewer))],
            frame.ListsActivities ? [] : [viewer.Say("overstep.activities-not-listed")],
            text.Cost.ToDecimalString(), frame.AgreedFor(text.Period).ToDecimalString(), Currency.Sek.Code);
    }
}
