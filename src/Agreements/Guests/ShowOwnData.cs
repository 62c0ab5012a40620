using Iop.Agreements.Domain;
using Iop.Agreements.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Guests;

/// <summary>What is kept here of the person who asks beside what she has done (mina uppgifter): where she is or has been a guest,
/// for all organisations.</summary>
internal static class ShowOwnData
{
    public sealed record View(IReadOnlyList<Stay> GuestOf);

    public sealed record Stay(
        Guid PartnershipId, string ActingFor, string InvitedBy, string Name, GuestPurpose Purpose, string Reason, DateOnly FromOn,
        DateOnly ToOn, bool FollowUp, bool Payments, DateTimeOffset? AcceptedAt, DateTimeOffset? EndedAt);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/my-data", Handle).WithName(nameof(ShowOwnData));

    internal static async Task<Answer<View>> Handle(Caller caller, AgreementsDb db, CancellationToken cancel)
    {
        var own = caller.Person;
        var stays = await db.Guests.AsNoTracking().Where(one => one.PersonId == own).OrderBy(one => one.GuestId)
            .ToListAsync(cancel);
        var wanted = stays.Select(one => one.Inviter).Concat(stays.Select(one => new OrganisationRef(one.OrganisationId!.Value)))
            .Distinct().ToList();
        var names = await db.Organisations.AsNoTracking().Where(one => wanted.Contains(one.OrganisationId))
            .ToDictionaryAsync(one => one.OrganisationId, one => one.Name, cancel);
        return new View([.. stays.Select(one => new Stay(
            one.PartnershipId.Value, names.GetValueOrDefault(new OrganisationRef(one.OrganisationId!.Value), ""),
            names.GetValueOrDefault(one.Inviter, ""), one.Name, one.Purpose, one.Reason, one.FromOn, one.ToOn, one.FollowUp,
            one.Payments, one.AcceptedAt, one.EndedAt))]);
    }
}
