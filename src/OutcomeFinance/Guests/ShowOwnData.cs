using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Guests;

/// <summary>What is kept here of the person who asks beside what she has done (mina uppgifter): that she is or has been a guest,
/// for all organisations.</summary>
internal static class ShowOwnData
{
    public sealed record View(IReadOnlyList<Stay> GuestOf);

    /// <param name="Reads">Was invited to read what is kept here, and has not been ended.</param>
    public sealed record Stay(Guid PartnershipId, Guid OrganisationId, DateOnly FromOn, DateOnly ToOn, bool Reads);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/my-data", Handle).WithName(nameof(ShowOwnData));

    internal static async Task<Answer<View>> Handle(Caller caller, OutcomeFinanceDb db, CancellationToken cancel) =>
        new View(await db.Database.SqlQuery<Stay>(
            $"""
             SELECT partnership_id AS "PartnershipId", organisation_id AS "OrganisationId", from_on AS "FromOn", to_on AS "ToOn",
                    reads AS "Reads" FROM guest WHERE person_id = {caller.Person} ORDER BY guest_id
             """).ToListAsync(cancel));
}
