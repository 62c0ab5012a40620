using System.Globalization;
using Iop.Agreements.Domain.Aid;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Aid;

/// <summary>The figures that the ledger counts with, each with its date and source: kronor per euro, and the ceilings. The
/// operator records for all; a lawyer records a rate for the own organisation's bookings.</summary>
internal static class RecordRate
{
    private const int SourceMax = 200;

    /// <param name="KronorPerEuro">Decimal with at most six decimals, such as 11.2345.</param>
    public sealed record Request(DateOnly Day, string KronorPerEuro, string Source);

    public sealed record CeilingRequest(AidKind Kind, DateOnly ValidFrom, string Euro, string Source);

    public sealed record View(IReadOnlyList<CeilingView> Ceilings, IReadOnlyList<RateView> Rates);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/aid/figures", Show).WithName("ShowAidFigures");
        api.MapPost("/aid/rates", Handle).WithName(nameof(RecordRate)).Creates();
        api.MapPost("/aid/ceilings", SetCeiling).WithName("SetAidCeiling").Creates();
    }

    internal static async Task<Answer<View>> Show(AgreementsDb db, CancellationToken cancel) => await ViewOf(db, cancel);

    internal static async Task<Answer<View>> Handle(
        Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (viewer.Caller.Lacks(Roles.Legal, Roles.Operator) is { } missing) return missing;
        var isRate = TryMillionths(request.KronorPerEuro, out var millionths);
        if (new Fields().Text("source", request.Source, SourceMax)
            .Must("kronorPerEuro", isRate, "aid.rate-out-of-range")
            .Must("day", request.Day <= clock.Today(), "aid.rate-not-yet-published")
            .Refusal is { } malformed) return malformed;
        var now = clock.GetUtcNow();
        var rate = new RecordedRate
        {
            RateId = Guid.CreateVersion7(now), Organisation = viewer.Caller.Has(Roles.Operator) ? null : viewer.Organisation,
            Day = request.Day, Millionths = millionths, Source = request.Source.Trim(), RecordedBy = viewer.Person,
            RecordedAt = now,
        };
        db.Add(rate);
        await db.SaveChangesAsync(cancel);
        return Answers.Created("/agreements/v1/aid/figures", await ViewOf(db, cancel), rate.RateId);
    }

    internal static async Task<Answer<View>> SetCeiling(
        CeilingRequest request, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        if (viewer.Caller.Lacks(Roles.Operator) is { } missing) return missing;
        var isEuro = Money.TryParse(request.Euro, AidLedger.Euro, out var euro);
        var taken = await db.Ceilings.AnyAsync(known =>
            known.Kind == request.Kind && known.ValidFrom == request.ValidFrom, cancel);
        if (new Fields().Text("source", request.Source, SourceMax)
            .Must("euro", isEuro && euro.Minor is > 0 and <= Domain.Contribution.OreMax, "field.malformed")
            .Must("validFrom", !taken, "aid.ceiling-taken").Refusal is { } malformed) return malformed;
        db.Add(new Ceiling(request.Kind, request.ValidFrom, euro.Minor, request.Source.Trim()));
        await db.SaveChangesAsync(cancel);
        return Answers.Created("/agreements/v1/aid/figures", await ViewOf(db, cancel), $"{request.Kind}.{request.ValidFrom:O}");
    }

    private static async Task<View> ViewOf(AgreementsDb db, CancellationToken cancel) => new(
        [.. (await db.Ceilings.AsNoTracking().OrderBy(ceiling => ceiling.ValidFrom).ToListAsync(cancel)).Select(CeilingView.Of)],
        [.. (await db.Rates(cancel)).OrderByDescending(rate => rate.Day).ThenByDescending(rate => rate.RateId).Take(ShownMax)
            .Select(RateView.Of)]);

    private const int ShownMax = 100;

    private static bool TryMillionths(string? text, out long millionths)
    {
        millionths = 0;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate)) return false;
        if (rate > ExchangeRate.MillionthsMax) return false;
        var exact = rate * 1_000_000;
        if (exact != decimal.Truncate(exact)) return false;
        millionths = (long)exact;
        return millionths is >= ExchangeRate.MillionthsMin and <= ExchangeRate.MillionthsMax;
    }
}
