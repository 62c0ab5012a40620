using Iop.Identity.Domain;
using Iop.Identity.Federation;
using Iop.Identity.Memberships;
using Iop.Identity.People;
using Iop.Identity.Sessions;
using Iop.Identity.SigningIn;
using Iop.Identity.Systems;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Storage;

internal sealed class IdentityDb(DbContextOptions<IdentityDb> options, TimeProvider clock) : ServiceDb(options, clock)
{
    public DbSet<Person> People => Set<Person>();

    public DbSet<Membership> Memberships => Set<Membership>();

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

    public DbSet<SystemClient> Systems => Set<SystemClient>();
}
