using Iop.Agreements.Assessing;
using Iop.Agreements.Domain.Aid;
using Iop.Agreements.Domain.Assessing;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Aid;

/// <summary>A public party books the small aid that an agreement grants (bokför stöd av mindre betydelse); refused when it does
/// not fit.</summary>
internal static class BookAid
{
    /// <param name="GrantedOn">When the recipient gets the legal right to it.</param>
    public sealed record Request(Guid RecipientPartyId, AidKind Kind, string Kronor, DateOnly GrantedOn, string Reason);

    /// <param name="Reason">What was wrong with it.</param>
    public sealed record ReversalRequest(Guid BookingId, string Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/agreements/{id:guid}/aid", Show).WithName("ShowAid");
        api.MapPost("/agreements/{id:guid}/aid/bookings", Handle).WithName(nameof(BookAid)).Creates();
        api.MapPost("/agreements/{id:guid}/aid/reversals", Reverse).WithName("ReverseAid").Creates();
        api.MapGet("/aid/bookings", ListOwn).WithName("ListAidBookings");
    }

    internal static async Task<Answer<AidView>> Show(
        Guid id, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock, CancellationToken cancel,
        DateOnly? on = null)
    {
        if (await db.Agreements.FindAsync([new Domain.AgreementId(id)], cancel) is not { } agreement) return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        return await AidView.Of(file, on ?? clock.Today(), viewer, db, cancel);
    }

    internal static async Task<Answer<AidView>> Handle(
        Guid id, Request request, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Legal, Roles.Officer) is { } missing) return missing;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (!IsGrantor(file, viewer)) return AidRefusals.OnlyPublicPartiesGrant;
        var recipient = file.Parties.SingleOrDefault(party => party.Id.Value == request.RecipientPartyId
            && party.Kind is not OrganisationKind.Public);
        var isMoney = Money.TryParse(request.Kronor, Currency.Sek, out var kronor);
        if (new Fields().Text("reason", request.Reason, AidBooking.ReasonMax)
            .Must("kronor", isMoney, "field.malformed")
            .Must("kronor", !isMoney || kronor.Minor is > 0 and <= Domain.Contribution.OreMax, "contribution.amount-out-of-range")
            .Must("recipientPartyId", recipient is not null, "aid.unknown-recipient")
            .Must("grantedOn", request.GrantedOn <= clock.Today().AddYears(1), "aid.too-far-ahead")
            .Refusal is { } malformed) return malformed;
        var number = file.Names.NumberOf(recipient!);
        // As the database's own check: one booking at a time for an undertaking.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({number}, 4713))", cancel);
        var ledger = new AidLedger(await db.AidOf(number, cancel), await db.Ceilings.AsNoTracking().ToListAsync(cancel));
        var stated = (await StatementView.AllOf(recipient!.Organisation, viewer, db, cancel))
            .Any(statement => !statement.Withdrawn && statement.Withdraws is null);
        var now = clock.GetUtcNow();
        if (AidBooking.Book(Guid.CreateVersion7(now), agreement, new AidBooking.Granting(recipient.Organisation, number,
                request.Kind, kronor, request.GrantedOn, request.Reason.Trim()), ledger, stated, await db.Rates(cancel),
            new Answerer(viewer.Person, viewer.Organisation), now, out var booking) is { } refusal) return refusal;
        return await Keep(booking, file, viewer, db, cancel);
    }

    internal static async Task<Answer<AidView>> Reverse(
        Guid id, ReversalRequest request, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Legal, Roles.Officer) is { } missing) return missing;
        if (new Fields().Text("reason", request.Reason, AidBooking.ReasonMax).Refusal is { } malformed) return malformed;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (file.Aid.SingleOrDefault(known => known.BookingId == request.BookingId) is not { } booking)
            return AidRefusals.UnknownBooking;
        var now = clock.GetUtcNow();
        if (booking.Reverse(Guid.CreateVersion7(now), request.Reason.Trim(), file.Aid,
            new Answerer(viewer.Person, viewer.Organisation), now, out var reversal) is { } refusal) return refusal;
        return await Keep(reversal, file, viewer, db, cancel);
    }

    public sealed record OwnView(IReadOnlyList<AidView.BookingView> Items);

    /// <summary>What the caller's organisation has granted, newest first.</summary>
    internal static async Task<Answer<OwnView>> ListOwn(
        Paging paging, HttpRequest request, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        if (viewer.Caller.Lacks(Roles.Legal, Roles.Officer, Roles.Controller) is { } missing) return missing;
        var own = viewer.Organisation.Value;
        var rows = Guid.TryParse(paging.After, out var after)
            ? db.AidBookings.FromSql($"SELECT * FROM aid_booking WHERE grantor = {own} AND booking_id < {after}")
            : db.AidBookings.FromSql($"SELECT * FROM aid_booking WHERE grantor = {own}");
        var page = await rows.OrderByDescending(booking => booking.BookingId).Skip(paging.Skip).Take(paging.Limit + 1)
            .ToListAsync(cancel);
        var items = await AidView.BookingsOf([.. page.Take(paging.Limit)], viewer, db, cancel);
        return Answers.Page(new OwnView(items), page.Count > paging.Limit ? Paging.Next(request, items[^1].Id.ToString()) : null);
    }

    private static bool IsGrantor(AgreementFile file, Viewer viewer) => file.Parties.Any(party =>
        party.Kind is OrganisationKind.Public && party.IsActedForBy(viewer.Organisation, viewer.Unit));

    private static async Task<Answer<AidView>> Keep(
        AidBooking booking, AgreementFile file, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        db.Add(booking);
        file.Aid.Add(booking);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/agreements/v1/agreements/{file.Agreement.Id.Value}/aid",
            await AidView.Of(file, booking.GrantedOn, viewer, db, cancel), booking.BookingId);
    }
}
