using Iop.FollowUp.Domain;
using Iop.FollowUp.Planning;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Reporting;

/// <summary>One indicator and what has been reported of it.</summary>
internal static class ShowIndicator
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/indicators/{id:guid}", Handle).WithName(nameof(ShowIndicator));

    internal static async Task<Answer<IndicatorView>> Handle(Guid id, FollowUpDb db, CancellationToken cancel)
    {
        var indicator = await db.Indicators.AsNoTracking().Include(indicator => indicator.Reports)
            .SingleOrDefaultAsync(indicator => indicator.Id == new IndicatorId(id), cancel);
        if (indicator is null) return Refusal.NotFound;
        var plan = await db.Plans.AsNoTracking().SingleAsync(plan => plan.Id == indicator.Plan, cancel);
        var names = await db.NamesOf(indicator.Reports.Select(report => report.ByOrganisation), cancel);
        return Answers.Ok(IndicatorView.Of(indicator, plan.Period, names), indicator.Version);
    }
}
