using System.Globalization;
using Iop.Agreements.Domain;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Guests;

/// <summary>A guest as the parties see it.</summary>
/// <param name="FollowUp">Reads plans, indicators and measurements as well.</param>
/// <param name="Payments">Reads the outcome contracts that the inviter is in, and what is paid by them.</param>
/// <param name="State">invited, coming, here, over or ended.</param>
/// <param name="InvitedBy">Who did it for the inviter; null where it is not known.</param>
/// <param name="Accepted">Who it turned out to be; null before somebody has said yes.</param>
/// <param name="Invitation">Shown when it is made, and never again.</param>
internal sealed record GuestView(
    Guid Id, string Name, GuestPurpose Purpose, string Reason, DateOnly FromOn, DateOnly ToOn, bool FollowUp, bool Payments,
    string State, Guid InviterId, string InviterName, string? InvitedBy, GuestView.AcceptedView? Accepted,
    DateTimeOffset? EndedAt, string GuestTag, string? Invitation = null)
{
    public sealed record AcceptedView(
        Guid PersonId, string PersonName, Guid OrganisationId, string OrganisationName, DateTimeOffset At);

    public static async Task<GuestView> Of(
        Guest guest, Viewer viewer, AgreementsDb db, DateOnly today, CancellationToken cancel) =>
        (await Of([guest], viewer, db, today, cancel))[0];

    public static async Task<IReadOnlyList<GuestView>> Of(
        IReadOnlyList<Guest> guests, Viewer viewer, AgreementsDb db, DateOnly today, CancellationToken cancel)
    {
        var people = await viewer.NamesOf(
            guests.Select(one => one.InvitedBy)
                .Concat(guests.Select(one => one.PersonId is { } person ? new PersonRef(person) : (PersonRef?)null))
                .OfType<PersonRef>(), cancel);
        var wanted = guests.Select(one => one.Inviter)
            .Concat(guests.Select(one => one.OrganisationId).OfType<Guid>().Select(one => new OrganisationRef(one)))
            .Distinct().ToList();
        var organisations = await db.Organisations.AsNoTracking().Where(one => wanted.Contains(one.OrganisationId))
            .ToDictionaryAsync(one => one.OrganisationId, one => one.Name, cancel);
        return [.. guests.Select(one => Of(one, people, organisations, today))];
    }

    private static GuestView Of(
        Guest guest, IReadOnlyDictionary<PersonRef, string> people, IReadOnlyDictionary<OrganisationRef, string> organisations,
        DateOnly today) => new(
        guest.GuestId, guest.Name, guest.Purpose, guest.Reason, guest.FromOn, guest.ToOn, guest.FollowUp, guest.Payments,
        guest.StateOn(today), guest.Inviter.Value, organisations.GetValueOrDefault(guest.Inviter, ""),
        guest.InvitedBy is { } by ? people.GetValueOrDefault(by) : null,
        guest is { PersonId: { } person, OrganisationId: { } organisation, AcceptedAt: { } at }
            ? new AcceptedView(person, people.GetValueOrDefault(new PersonRef(person), ""), organisation,
                organisations.GetValueOrDefault(new OrganisationRef(organisation), ""), at)
            : null,
        guest.EndedAt, guest.Version.ToString(CultureInfo.InvariantCulture));
}

internal sealed record GuestList(IReadOnlyList<GuestView> Items);
