using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Registry.Domain;
using Iop.Registry.OpenData;
using Iop.Registry.Places;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Organisations;

/// <summary>A public body's own people say how much of its partnerships the register knows (täckning): all, some, or that there
/// are none.</summary>
internal static class DeclareCoverage
{
    public sealed record Request(Coverage Coverage);

    public sealed record View(IReadOnlyList<Level> Levels, IReadOnlyList<Line> Items);

    public sealed record Level(string Body, int Known, int Complete, int Partly, int ConfirmedNone, int NeverAnswered);

    public sealed record Line(Guid Id, string Name, string Body, string? PlaceCode, Coverage? Coverage, DateOnly? CoverageOn);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/organisations/{id:guid}/coverage", Handle).WithName(nameof(DeclareCoverage));
        api.MapGet("/coverage", Show).WithName("ShowCoverage").AllowAnonymous().FollowsTheRegister();
    }

    internal static async Task<Answer<OrganisationView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, RegistryDb db, TimeProvider clock, CancellationToken cancel)
    {
        var key = new OrganisationId(id);
        if (await db.Organisations.FirstOrDefaultAsync(known => known.OrganisationId == key, cancel) is not { } organisation)
            return Refusal.NotFound;
        // What is true of one unit says nothing of the whole body.
        if (caller.Organisation != id || caller.Unit is not null) return Refusal.RoleMissing(Roles.Officer);
        if (caller.Lacks(Roles.Officer, Roles.Admin) is { } missing) return missing;
        if (ifMatch.Misses(organisation.Version) is { } stale) return stale;
        if (organisation.Declare(request.Coverage, clock.Today()) is { } refusal) return refusal;
        db.Announce(organisation);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(OrganisationView.Of(organisation), organisation.Version);
    }

    /// <summary>All 290 municipalities and 21 regions; those that are not registered have never answered.</summary>
    internal static async Task<Answer<View>> Show(RegistryDb db, CancellationToken cancel)
    {
        var lines = await LinesOf(db, cancel);
        return new View(LevelsOf(lines.CountBy(line => ((string?)line.Body, line.Coverage)).ToDictionary()), lines);
    }

    public static async Task<IReadOnlyList<Level>> LevelsOf(RegistryDb db, CancellationToken cancel) =>
        LevelsOf((await db.Organisations.IgnoreAutoIncludes().Where(one => one.Coverage != null)
            .GroupBy(one => new { one.Body, one.Coverage })
            .Select(group => new { group.Key.Body, group.Key.Coverage, Count = group.Count() }).ToListAsync(cancel))
            .ToDictionary(group => (group.Body, group.Coverage), group => group.Count));

    private static async Task<IReadOnlyList<Line>> LinesOf(RegistryDb db, CancellationToken cancel)
    {
        var answered = await db.Organisations.AsNoTracking().IgnoreAutoIncludes()
            .Where(one => one.Body == "municipality" || one.Body == "region").ToListAsync(cancel);
        return
        [
            .. answered.Select(one => new Line(one.OrganisationId.Value, one.Name, one.Body!,
                one.Body == "region" ? one.CountyCode : one.MunicipalityCode, one.Coverage, one.CoverageOn))
                .OrderBy(line => line.Name, PlaceList.Swedish),
        ];
    }

    private static IReadOnlyList<Level> LevelsOf(Dictionary<(string? Body, Coverage? Coverage), int> answered)
    {
        return [Count("municipality", PlaceList.Municipalities.Count), Count("region", PlaceList.Counties.Count)];

        Level Count(string body, int known)
        {
            int Of(Coverage coverage) => answered.GetValueOrDefault((body, coverage));
            var (complete, partly, none) = (Of(Coverage.Complete), Of(Coverage.Partly), Of(Coverage.ConfirmedNone));
            return new Level(body, known, complete, partly, none, known - complete - partly - none);
        }
    }
}
