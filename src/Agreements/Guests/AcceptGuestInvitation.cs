using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Guests;

/// <summary>Whoever holds the invitation, signed in, becomes the guest (tackar ja). It works once.</summary>
internal static class AcceptGuestInvitation
{
    public sealed record Accepted(Guid PartnershipId);

    public static void Map(IEndpointRouteBuilder api) => api
        .MapPost("/guest-invitations/{invitation}/acceptance", Handle).WithName(nameof(AcceptGuestInvitation));

    internal static async Task<Answer<Accepted>> Handle(
        string invitation, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var partnership = await db.Database.SqlQuery<Guid?>(
            $"SELECT admit_guest({Guid.CreateVersion7(now)}, {InviteGuest.HashOf(invitation)}, {now}) AS \"Value\"")
            .SingleAsync(cancel);
        return partnership is { } id ? new Accepted(id) : Refusal.NotFound; // used, too old and never made look the same
    }
}
