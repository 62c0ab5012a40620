using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.OwnData;

/// <summary>What is kept here of the person who asks (mina uppgifter), for all organisations.</summary>
internal static class ShowOwnData
{
    private const int SessionsMax = 200;

    /// <param name="HasPassword">A password and the secret of an authenticator app are kept; neither can be read.</param>
    public sealed record View(
        Guid Id, string Name, string Email, string Language, bool HasPassword, IReadOnlyList<MembershipLine> Memberships,
        IReadOnlyList<StandInLine> StandIns, IReadOnlyList<SessionLine> Sessions, string PersonTag);

    public sealed record MembershipLine(string Organisation, string? Unit, IReadOnlyList<string> Roles, DateTimeOffset GivenAt);

    public sealed record StandInLine(string Organisation, DateOnly FromOn, DateOnly ToOn, DateTimeOffset? EndedAt);

    public sealed record SessionLine(DateTimeOffset BegunAt, DateTimeOffset UsedAt, DateTimeOffset? EndedAt);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/my-data", Handle).WithName(nameof(ShowOwnData));

    internal static async Task<Answer<View>> Handle(Caller caller, IdentityDb db, CancellationToken cancel)
    {
        var own = new PersonId(caller.Person);
        if (await db.People.AsNoTracking().FirstOrDefaultAsync(one => one.PersonId == own, cancel) is not { } person)
            return Refusal.NotFound; // a system
        return Answers.Ok(await Of(person, db, cancel), person.Version);
    }

    internal static async Task<View> Of(Person person, IdentityDb db, CancellationToken cancel)
    {
        var own = person.PersonId;
        var memberships = await db.Memberships.AsNoTracking().Where(one => one.PersonId == own)
            .OrderBy(one => one.MembershipId).ToListAsync(cancel);
        var standIns = await db.StandIns.AsNoTracking().Where(one => one.PersonId == own).OrderBy(one => one.StandInId)
            .ToListAsync(cancel);
        var sessions = await db.Sessions.AsNoTracking().Where(one => one.PersonId == own).OrderByDescending(one => one.BegunAt)
            .Take(SessionsMax).ToListAsync(cancel);
        var organisations = memberships.Select(one => one.OrganisationId).Distinct().ToList();
        var names = await db.Organisations.Where(one => organisations.Contains(one.OrganisationId))
            .ToDictionaryAsync(one => one.OrganisationId, one => one.Name, cancel);
        var units = await db.Units.Where(one => organisations.Contains(one.OrganisationId))
            .ToDictionaryAsync(one => one.UnitId, one => one.Name, cancel);
        return new View(person.PersonId.Value, person.Name, person.Email, person.Language, person.CanSignIn,
            memberships.ConvertAll(one => new MembershipLine(names[one.OrganisationId],
                one.UnitId is { } unit ? units[unit] : null, one.Roles, one.GivenAt)),
            standIns.ConvertAll(one => new StandInLine(names[one.OrganisationId], one.FromOn, one.ToOn, one.EndedAt)),
            sessions.ConvertAll(one => new SessionLine(one.BegunAt, one.UsedAt, one.EndedAt)),
            person.Version.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
