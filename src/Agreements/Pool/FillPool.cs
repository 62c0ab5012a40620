using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Pool;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;

namespace Iop.Agreements.Pool;

/// <summary>Money comes in: a party reports a quantity and the rate makes money of it (avsättning), or puts money in outright
/// (insättning).</summary>
internal static class FillPool
{
    public sealed record AccrualRequest(
        Guid PartyId, string Unit, int Quantity, DateOnly StartsOn, DateOnly EndsOn, DateOnly? BookedOn = null,
        string? Note = null);

    public sealed record DepositRequest(Guid PartyId, string Amount, DateOnly? BookedOn = null, string? Note = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/agreements/{id:guid}/pool/accruals", Accrue).WithName("AccrueToPool").Creates();
        api.MapPost("/agreements/{id:guid}/pool/deposits", Deposit).WithName("DepositInPool").Creates();
    }

    internal static async Task<Answer<EntryView>> Accrue(
        Guid id, AccrualRequest request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await PoolFile.ForUpdate(db, id, cancel) is not { } file) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Reporter, Roles.Controller) is { } missing) return missing;
        if (await viewer.IsOutside(file.Pool.AgreementId, cancel) is { } outside) return outside;
        if (new Fields().Text("unit", request.Unit, PoolRate.UnitMax)
            .Between("quantity", request.Quantity, 1, PoolEntry.QuantityMax)
            .Between("startsOn", request.StartsOn.Year, DecisionRequest.YearMin, DecisionRequest.YearMax)
            .Accept("endsOn", new Period(request.StartsOn, request.EndsOn).Refusal)
            .OptionalText("note", request.Note, SharedPool.TextMax).Refusal is { } malformed) return malformed;
        if ((file.Touch(viewer, isMoney: true) ?? file.MayReportFor(request.PartyId, viewer)) is { } closed) return closed;
        var now = clock.GetUtcNow();
        var counted = new PoolEntry.Counted(
            request.Unit.Trim(), request.Quantity, request.StartsOn, request.EndsOn, PlanRequest.Blank(request.Note));
        if (PoolEntry.Accrue(
            PoolFile.Entered(viewer, request.BookedOn ?? clock.Today(), now), file.Pool, new PartyId(request.PartyId), counted,
            file.Rates, file.Ledger, out var entry) is { } refusal) return refusal;
        return await Book(entry, file, id, db, cancel);
    }

    internal static async Task<Answer<EntryView>> Deposit(
        Guid id, DepositRequest request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await PoolFile.ForUpdate(db, id, cancel) is not { } file) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Controller) is { } missing) return missing;
        if (await viewer.IsOutside(file.Pool.AgreementId, cancel) is { } outside) return outside;
        if (Amount(new Fields().OptionalText("note", request.Note, SharedPool.TextMax), request.Amount, out var amount)
            .Refusal is { } malformed) return malformed;
        if ((file.Touch(viewer, isMoney: true) ?? file.MayReportFor(request.PartyId, viewer)) is { } closed) return closed;
        if (PoolEntry.Deposit(
            PoolFile.Entered(viewer, request.BookedOn ?? clock.Today(), clock.GetUtcNow()), file.Pool,
            new PartyId(request.PartyId),
            amount, PlanRequest.Blank(request.Note), file.Ledger, out var entry) is { } refusal) return refusal;
        return await Book(entry, file, id, db, cancel);
    }

    internal static Fields Amount(Fields fields, string? text, out Money amount, string field = "amount")
    {
        var isMoney = Money.TryParse(text, Currency.Sek, out amount);
        return fields.Must(field, isMoney, "field.malformed")
            .Must(field, !isMoney || amount.Minor is > 0 and <= SharedPool.OreMax, "pool.amount-out-of-range");
    }

    internal static async Task<Answer<EntryView>> Book(
        PoolEntry entry, PoolFile file, Guid agreement, AgreementsDb db, CancellationToken cancel)
    {
        db.Add(entry);
        await db.SaveChangesAsync(cancel);
        file.Entries.Add(entry);
        return Answers.Created(
            $"/agreements/v1/agreements/{agreement}/pool/entries/{entry.Id.Value}", EntryView.Of(entry, file), entry.Number);
    }
}
