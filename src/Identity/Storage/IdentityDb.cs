using Iop.Identity.Domain;
using Iop.Identity.Federation;
using Iop.Identity.Memberships;
using Iop.Identity.People;
using Iop.Identity.Sessions;
using Iop.Identity.SigningIn;
using Iop.Identity.Systems;
using Iop.Identity.Trials;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Storage;

internal sealed class IdentityDb(DbContextOptions<IdentityDb> options, TimeProvider clock) : ServiceDb(options, clock)
{
    public DbSet<Person> People => Set<Person>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<StandIn> StandIns => Set<StandIn>();

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<Unit> Units => Set<Unit>();

    public DbSet<OneTimeLink> OneTimeLinks => Set<OneTimeLink>();

    public DbSet<SignInRequest> SignInRequests => Set<SignInRequest>();

    public DbSet<AuthorizationCode> AuthorizationCodes => Set<AuthorizationCode>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<Provider> Providers => Set<Provider>();

    public DbSet<ProviderGrant> ProviderGrants => Set<ProviderGrant>();

    public DbSet<Login> Logins => Set<Login>();

    public DbSet<Journey> Journeys => Set<Journey>();

    public DbSet<SecondFactorReset> SecondFactorResets => Set<SecondFactorReset>();

    public DbSet<UnconfirmedLogin> UnconfirmedLogins => Set<UnconfirmedLogin>();

    public DbSet<KeptTrial> KeptTrials => Set<KeptTrial>();

    public DbSet<SystemKey> SystemKeys => Set<SystemKey>();

    public DbSet<SystemClient> Systems => Set<SystemClient>();

    /// <summary>A person, held: a link that is being made for the address she leaves is made before she moves, and dies with it,
    /// or not at all.</summary>
    public Task<Person?> PersonForUpdate(Guid id, CancellationToken cancel) =>
        People.FromSql($"SELECT * FROM person WHERE person_id = {id} FOR UPDATE").FirstOrDefaultAsync(cancel);

    /// <summary>Those who want an address wait for each other: whoever is late finds it taken.</summary>
    public Task OneClaimantAtATime(string email, CancellationToken cancel) => Database.ExecuteSqlAsync(
        $"SELECT pg_advisory_xact_lock(hashtextextended({email}, 4717))", cancel);

    /// <summary>Those who give, change or lend roles in one organisation wait for each other, so that two cannot both name the
    /// first admin, or both take the last one away.</summary>
    public Task OneGiverAtATime(OrganisationRef organisation, CancellationToken cancel) => Database.ExecuteSqlAsync(
        $"SELECT pg_advisory_xact_lock(hashtextextended({organisation.Value.ToString()}, 4714))", cancel);
}
