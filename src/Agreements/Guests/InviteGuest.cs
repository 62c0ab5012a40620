using System.Security.Cryptography;
using System.Text;
using Iop.Agreements.Dialogue;
using Iop.Agreements.Domain;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Guests;

/// <summary>A party lets somebody from outside read this partnership, and no other, for some days (bjuder in en gäst). The
/// invitation is a link that works once.</summary>
internal static class InviteGuest
{
    private static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(14);
    private const int SecretBytes = 32;

    public sealed record Request(string Name, GuestPurpose Purpose, string Reason, DateOnly FromOn, DateOnly ToOn);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/partnerships/{id:guid}/guests", Handle).WithName(nameof(InviteGuest)).Creates();
        api.MapGet("/partnerships/{id:guid}/guests", List).WithName("ListGuests");
        api.MapGet("/partnerships/{id:guid}/guests/{guestId:guid}", Show).WithName("ShowGuest");
    }

    internal static async Task<Answer<GuestView>> Handle(
        Guid id, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        var (now, today) = (clock.GetUtcNow(), clock.Today());
        if (new Fields().Text("name", request.Name, Guest.NameMax).Text("reason", request.Reason, Guest.ReasonMax)
            .Must("toOn", request.ToOn >= request.FromOn, "guest.ends-before-it-begins")
            .Must("toOn", request.ToOn.DayNumber - request.FromOn.DayNumber < Guest.DaysMax, "guest.too-long")
            .Refusal is { } malformed) return malformed;
        if (await viewer.For(partnership.Id, db, cancel) is null) return PartnershipRefusals.NotAParty;
        if (request.ToOn < today) return GuestRefusals.PeriodIsOver;
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        var guest = Guest.Invite(Guid.CreateVersion7(now), partnership.Id, viewer.Organisation, request.Name, request.Purpose,
            request.Reason, (request.FromOn, request.ToOn), (HashOf(secret), now + InvitationLasts));
        db.Add(guest);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/agreements/v1/partnerships/{id}/guests/{guest.GuestId}",
            GuestView.Of(guest, today) with { Invitation = secret }, guest.Version);
    }

    internal static async Task<Answer<GuestList>> List(
        Guid id, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        var partnership = new PartnershipId(id);
        if (!await db.Partnerships.AnyAsync(one => one.Id == partnership, cancel)) return Refusal.NotFound;
        var today = clock.Today();
        var all = await db.Guests.AsNoTracking().Where(one => one.PartnershipId == partnership)
            .OrderBy(one => one.GuestId).ToListAsync(cancel);
        return new GuestList([.. all.Select(one => GuestView.Of(one, today))]);
    }

    internal static async Task<Answer<GuestView>> Show(
        Guid id, Guid guestId, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        var partnership = new PartnershipId(id);
        return await db.Guests.AsNoTracking().FirstOrDefaultAsync(
            one => one.PartnershipId == partnership && one.GuestId == guestId, cancel) is { } guest
            ? Answers.Ok(GuestView.Of(guest, clock.Today()), guest.Version) : Refusal.NotFound;
    }

    internal static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}

/// <summary>A guest as the parties see it.</summary>
/// <param name="State">invited, coming, here, over or ended.</param>
/// <param name="Invitation">Shown when it is made, and never again.</param>
internal sealed record GuestView(
    Guid Id, string Name, GuestPurpose Purpose, string Reason, DateOnly FromOn, DateOnly ToOn, string State,
    Guid InviterId, string GuestTag, string? Invitation = null)
{
    public static GuestView Of(Guest guest, DateOnly today) => new(
        guest.GuestId, guest.Name, guest.Purpose, guest.Reason, guest.FromOn, guest.ToOn, guest.StateOn(today),
        guest.Inviter.Value, guest.Version.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

internal sealed record GuestList(IReadOnlyList<GuestView> Items);
