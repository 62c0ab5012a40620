using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.FollowUp.Deviating;

/// <summary>One deviation with what was learnt and what was decided.</summary>
internal static class ShowDeviation
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/deviations/{id:guid}", Handle).WithName(nameof(ShowDeviation));

    internal static async Task<Answer<DeviationView>> Handle(
        Guid id, Caller caller, FollowUpDb db, CancellationToken cancel) =>
        await db.Deviation(id, cancel) is { } deviation
            ? Answers.Ok(await DeviationsContext.View(db, deviation, caller.Organisation, cancel), deviation.Version)
            : Refusal.NotFound;
}
