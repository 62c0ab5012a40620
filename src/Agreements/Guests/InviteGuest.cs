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

/// <summary>A party lets somebody from outside read this partnership, and no other, for some days (bjuder in en gäst):
/// the agreement and its life, and as it chooses follow-up and payments. The invitation is a link that works once.</summary>
internal static class InviteGuest
{
    internal static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(14);
    private const int SecretBytes = 32;

    public sealed record Request(
        string Name, GuestPurpose Purpose, string Reason, DateOnly FromOn, DateOnly ToOn, bool? FollowUp = null,
        bool? Payments = null);

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
        var secret = NewSecret();
        var guest = Guest.Invite(
            Guid.CreateVersion7(now), partnership.Id, new GuestInviter(viewer.Organisation, viewer.Unit, viewer.Person),
            new GuestInvitation(request.Name, request.Purpose, request.Reason, request.FromOn, request.ToOn,
                request.FollowUp ?? false, request.Payments ?? false), HashOf(secret), now + InvitationLasts, today);
        db.Add(guest);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/agreements/v1/partnerships/{id}/guests/{guest.GuestId}",
            (await GuestView.Of(guest, viewer, db, today, cancel)) with { Invitation = secret }, guest.Version);
    }

    internal static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));

    internal static async Task<Answer<GuestList>> List(
        Guid id, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        var partnership = new PartnershipId(id);
        if (!await db.Partnerships.AnyAsync(one => one.Id == partnership, cancel)) return Refusal.NotFound;
        var all = await db.Guests.AsNoTracking().Where(one => one.PartnershipId == partnership)
            .OrderBy(one => one.GuestId).ToListAsync(cancel);
        return new GuestList(await GuestView.Of(all, viewer, db, clock.Today(), cancel));
    }

    internal static async Task<Answer<GuestView>> Show(
        Guid id, Guid guestId, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        var partnership = new PartnershipId(id);
        return await db.Guests.AsNoTracking().FirstOrDefaultAsync(
            one => one.PartnershipId == partnership && one.GuestId == guestId, cancel) is { } guest
            ? Answers.Ok(await GuestView.Of(guest, viewer, db, clock.Today(), cancel), guest.Version) : Refusal.NotFound;
    }

    internal static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
