using System.Globalization;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Aid;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Aid;

/// <summary>The small aid of an agreement: what is booked, and for each recipient what may still be granted on a day.</summary>
internal sealed record AidView(
    Guid AgreementId, DateOnly On, IReadOnlyList<AidView.BookingView> Bookings, IReadOnlyList<AidView.RecipientView> Recipients,
    IReadOnlyList<CeilingView> Ceilings, RateView? Rate, IReadOnlyList<AidKind> ToBook, bool Exceeds, bool MayBook)
{
    /// <param name="Reversed">Taken back by another row.</param>
    public sealed record BookingView(
        Guid Id, Guid AgreementId, Guid GrantorId, string Grantor, Guid RecipientId, string Recipient, AidKind Kind,
        string Kronor,
        string Euro, DateOnly GrantedOn, DateOnly RateDay, string KronorPerEuro, string RateSource, string Reason,
        string? BookedBy, DateTimeOffset BookedOn, Guid? Reverses, bool Reversed);

    /// <param name="Stated">Whether the recipient has said what other small aid it has.</param>
    public sealed record RecipientView(
        Guid PartyId, Guid OrganisationId, string Name, bool Stated, bool Mine, IReadOnlyList<RoomView> Room,
        IReadOnlyList<StatementView> Statements);

    /// <param name="Granted">In the three years that end on the day, by everybody.</param>
    /// <param name="Room">What may still be granted on the day; negative when too much has been.</param>
    public sealed record RoomView(AidKind Kind, string Granted, string? Room, string Currency);

    public static async Task<AidView> Of(AgreementFile file, DateOnly day, Viewer viewer, AgreementsDb db,
        CancellationToken cancel)
    {
        var ceilings = await db.Ceilings.AsNoTracking().OrderBy(ceiling => ceiling.ValidFrom).ToListAsync(cancel);
        var recipients = new List<RecipientView>();
        foreach (var party in file.Parties.Where(party => party.Kind is not OrganisationKind.Public))
        {
            var ledger = new AidLedger(await db.AidOf(file.Names.NumberOf(party), cancel), ceilings);
            var statements = await StatementView.AllOf(party.Organisation, viewer, db, cancel);
            recipients.Add(new RecipientView(party.Id.Value, party.Organisation.Value, file.Names.Of(party),
                statements.Any(statement => !statement.Withdrawn && statement.Withdraws is null),
                party.Organisation == viewer.Organisation,
                [.. Enum.GetValues<AidKind>().Select(kind => new RoomView(kind, ledger.Sum(day, kind).ToDecimalString(),
                    ledger.Room(kind, day)?.ToDecimalString(), AidLedger.Euro.Code))], statements));
        }
        return new AidView(file.Agreement.Id.Value, day, await BookingsOf(file.Aid, viewer, db, cancel), recipients,
            [.. ceilings.Select(CeilingView.Of)],
            ExchangeRate.For(day, await db.Rates(cancel)) is { } rate ? RateView.Of(rate) : null,
            file.Result.AidToBook, file.AidExceeds,
            file.Parties.Any(party => party.Kind is OrganisationKind.Public && party.Organisation == viewer.Organisation));
    }

    public static async Task<IReadOnlyList<BookingView>> BookingsOf(
        IReadOnlyList<AidBooking> bookings, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var people = await viewer.NamesOf(bookings.Select(booking => booking.BookedBy), cancel);
        var ids = bookings.SelectMany(booking => new[] { booking.Grantor, booking.Recipient }).Distinct().ToList();
        var names = await db.Organisations.AsNoTracking().Where(known => ids.Contains(known.OrganisationId))
            .ToDictionaryAsync(known => known.OrganisationId, known => known.Name, cancel);
        var reversed = bookings.Select(booking => booking.Reverses).OfType<Guid>().ToHashSet();
        return [.. bookings.Select(booking => new BookingView(
            booking.BookingId, booking.AgreementId.Value, booking.Grantor.Value, names.GetValueOrDefault(booking.Grantor, ""),
            booking.Recipient.Value, names.GetValueOrDefault(booking.Recipient, ""), booking.Kind,
            Money.Ore(booking.Ore).ToDecimalString(), new Money(booking.EuroCent, AidLedger.Euro).ToDecimalString(),
            booking.GrantedOn, booking.RateDay, RateView.Written(booking.RateMillionths), booking.RateSource, booking.Reason,
            people.GetValueOrDefault(booking.BookedBy), booking.BookedAt, booking.Reverses,
            reversed.Contains(booking.BookingId)))];
    }
}

internal sealed record CeilingView(AidKind Kind, DateOnly ValidFrom, string Euro, string Source)
{
    public static CeilingView Of(Ceiling ceiling) =>
        new(ceiling.Kind, ceiling.ValidFrom, new Money(ceiling.EuroCent, AidLedger.Euro).ToDecimalString(), ceiling.Source);
}

internal sealed record RateView(Guid Id, DateOnly Day, string KronorPerEuro, string Source)
{
    public static RateView Of(ExchangeRate rate) => new(rate.RateId, rate.Day, Written(rate.Millionths), rate.Source);

    public static string Written(long millionths) => (millionths / 1_000_000m).ToString("0.0000##", CultureInfo.InvariantCulture);
}

internal sealed record StatementView(
    Guid Id, StatementSort Sort, AidKind? Kind, string? Grantor, string? Euro, DateOnly? GrantedOn, string? LinkedNumber,
    string? StatedBy, DateTimeOffset StatedOn, Guid? Withdraws, bool Withdrawn)
{
    public static async Task<IReadOnlyList<StatementView>> AllOf(
        OrganisationRef organisation, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var all = await db.AidStatements.AsNoTracking().Where(one => one.Organisation == organisation)
            .OrderBy(one => one.StatementId).ToListAsync(cancel);
        var people = await viewer.NamesOf(all.Select(one => one.StatedBy), cancel);
        var withdrawn = all.Select(one => one.Withdraws).OfType<Guid>().ToHashSet();
        return [.. all.Select(one => new StatementView(
            one.StatementId, one.Sort, one.Kind, one.Grantor,
            one.EuroCent is { } cent ? new Money(cent, AidLedger.Euro).ToDecimalString() : null, one.GrantedOn, one.LinkedNumber,
            people.GetValueOrDefault(one.StatedBy), one.StatedAt, one.Withdraws, withdrawn.Contains(one.StatementId)))];
    }
}
