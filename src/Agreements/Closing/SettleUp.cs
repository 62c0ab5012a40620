using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Closing;
using Iop.Agreements.Domain.Pool;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Pool;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Closing;

/// <summary>The parties share out what is left (avräkning): surplus and pool, reinvested or repaid, to the öre. The pool is
/// emptied
/// and closed with it.</summary>
internal static class SettleUp
{
    public sealed record Request(string Surplus, IReadOnlyList<Request.ShareRequest> Shares, DecisionRequest Decision)
    {
        public sealed record ShareRequest(Guid PartyId, SettledFrom From, SettledHow How, string Amount, string? Note = null);
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/closing/settlement", Handle).WithName(nameof(SettleUp)).Creates();

    internal static async Task<Answer<ClosingView>> Handle(
        Guid id, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (Read(request, out var surplus, out var shares) is { } malformed) return malformed;
        var living = await Living.Of(db, agreement, cancel);
        if (living.ActingFor(viewer).Count == 0) return PartnershipRefusals.NotAParty;
        if (await db.Settlements.AnyAsync(known => known.AgreementId == agreement.Id, cancel))
            return ClosingRefusals.AlreadySettled;
        var now = clock.GetUtcNow();
        var (undecided, decision) = await request.Decision.Record(db, living, viewer, joint: true, now, cancel);
        if (undecided is not null) return undecided;
        var pool = await PoolFile.ForUpdate(db, id, cancel);
        var by = new Domain.Plans.Recorder(viewer.Person, viewer.Organisation, now);
        if (Settlement.Agree(
            agreement, surplus, pool?.Ledger.Balance ?? Money.Zero, shares, decision, living.Parties, by, out var settlement)
            is { } refusal) return refusal;
        db.Add(settlement);
        await db.SaveChangesAsync(cancel);
        if (pool is not null && await Empty(pool, shares, viewer, db, clock, cancel) is { } notEmptied) return notEmptied;
        return Answers.Created(
            $"/agreements/v1/agreements/{id}/closing", await ClosingView.Of(db, living, viewer, cancel), now.Ticks);
    }

    private static async Task<Refusal?> Empty(
        PoolFile file, IReadOnlyList<Settlement.Share> shares, Viewer viewer, AgreementsDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        if (!file.Ledger.Granted.IsZero) return PoolRefusals.GrantsOutstanding(file.Ledger.Granted);
        foreach (var share in shares.Where(share => share.From is SettledFrom.Pool))
        {
            if (PoolEntry.SettleWith(
                PoolFile.Entered(viewer, clock.Today(), clock.GetUtcNow()), file.Pool, share.Party, share.Amount, share.Note,
                file.Ledger, out var entry) is { } refusal) return refusal;
            db.Add(entry);
            file.Entries.Add(entry);
            await db.SaveChangesAsync(cancel);
        }
        if (file.Pool.Settle(file.Living.Agreement.State, file.Ledger, clock.GetUtcNow()) is { } closed) return closed;
        await db.SaveChangesAsync(cancel);
        return null;
    }

    private static Refusal? Read(Request request, out Money surplus, out IReadOnlyList<Settlement.Share> shares)
    {
        var isMoney = Money.TryParse(request.Surplus, Currency.Sek, out surplus);
        var fields = new Fields().Must("surplus", isMoney, "field.malformed")
            .Must("surplus", !isMoney || surplus.Minor is >= 0 and <= SharedPool.OreMax, "pool.amount-out-of-range")
            .Count("shares", request.Shares.Count, 0, Settlement.LinesMax);
        var read = new List<Settlement.Share>();
        foreach (var (at, share) in request.Shares.Take(Settlement.LinesMax).Index())
        {
            FillPool.Amount(fields, share.Amount, out var amount, $"shares[{at}].amount")
                .OptionalText($"shares[{at}].note", share.Note, Settlement.NoteMax);
            read.Add(new Settlement.Share(new PartyId(share.PartyId), share.From, share.How, amount,
                PlanRequest.Blank(share.Note)));
        }
        shares = read;
        return request.Decision.Look(fields).Refusal;
    }
}
