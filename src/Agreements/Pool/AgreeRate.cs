using Iop.Agreements.Domain.Pool;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Pool;

/// <summary>The body decides what each counted unit gives the pool from a day on (sats): SEK 50 of each residence day.</summary>
internal static class AgreeRate
{
    public sealed record Request(string Unit, string PerUnit, DateOnly StartsOn, DecisionRequest Decision);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/pool/rates", Handle).WithName(nameof(AgreeRate));

    internal static async Task<Answer<PoolView>> Handle(
        Guid id, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await PoolFile.ForUpdate(db, id, cancel) is not { } file) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(file.Pool.AgreementId, cancel) is { } outside) return outside;
        if (ifMatch.Misses(file.Pool.Version) is { } stale) return stale;
        if (Read(request, out var perUnit) is { } malformed) return malformed;
        if (file.Touch(viewer, isMoney: false) is { } refusal) return refusal;
        var unit = request.Unit.Trim();
        if (file.Rates.Any(rate => rate.Unit == unit && rate.StartsOn == request.StartsOn)) return PoolRefusals.RateThere;
        // What has been counted by the old rate stays as it was booked: the new one begins after it.
        if (file.Living.AllParties.SelectMany(party => file.Ledger.Accrued(party.Id, unit, file.Rates))
            .Any(entry => entry.EndsOn >= request.StartsOn)) return PoolRefusals.RateUsed;
        var now = clock.GetUtcNow();
        var (undecided, decision) = await request.Decision.Record(db, file.Living, viewer, joint: true, now, cancel);
        if (undecided is not null) return undecided;
        var rate = new PoolRate
        {
            Id = new RateId(Guid.CreateVersion7(now)),
            PoolId = file.Pool.Id,
            PartnershipId = file.Pool.PartnershipId,
            Unit = unit,
            OrePerUnit = perUnit.Minor,
            StartsOn = request.StartsOn,
            DecisionId = decision.Id,
        };
        db.Add(rate);
        file.Rates.Add(rate);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await PoolView.Of(db, file, clock.Today(), clock.Today(), viewer, cancel), file.Pool.Version);
    }

    private static Refusal? Read(Request request, out Money perUnit)
    {
        var isMoney = Money.TryParse(request.PerUnit, Currency.Sek, out perUnit);
        return request.Decision.Look(new Fields().Text("unit", request.Unit, PoolRate.UnitMax)
            .Between("startsOn", request.StartsOn.Year, DecisionRequest.YearMin, DecisionRequest.YearMax)
            .Must("perUnit", isMoney, "field.malformed")
            .Must("perUnit", !isMoney || perUnit.Minor is > 0 and <= PoolRate.OrePerUnitMax, "pool.amount-out-of-range")).Refusal;
    }
}
