using Iop.Identity.Domain;

namespace Iop.Identity.Sessions;

/// <summary>A person signed in somewhere, acting for one organisation. The browser holds the key, we its hash.</summary>
internal sealed class Session
{
    private static readonly TimeSpan LastsAtMost = TimeSpan.FromHours(12);
    private static readonly TimeSpan IdleAtMost = TimeSpan.FromHours(2);

    private Session()
    {
    }

    public Guid SessionId { get; private init; }

    public byte[]? KeyHash { get; private set; }

    public PersonId PersonId { get; private init; }

    public OrganisationRef OrganisationId { get; private set; }

    public UnitRef? UnitId { get; private set; }

    public string ClientId { get; private init; } = "";

    /// <summary>The provider by which the person came in; null for a password.</summary>
    public ProviderId? ProviderId { get; private init; }

    /// <summary>What the browser said it is.</summary>
    public string? Agent { get; private init; }

    public DateTimeOffset BegunAt { get; private init; }

    public DateTimeOffset UsedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public static Session Begin(
        PersonId person, Membership acting, string client, ProviderId? by, string? agent, DateTimeOffset now) => new()
    {
        SessionId = Guid.CreateVersion7(now), PersonId = person, OrganisationId = acting.OrganisationId, UnitId = acting.UnitId,
        ClientId = client, ProviderId = by, Agent = agent, BegunAt = now, UsedAt = now,
    };

    public bool IsAlive(DateTimeOffset now) => EndedAt is null && now < BegunAt + LastsAtMost && now < UsedAt + IdleAtMost;

    public void GetsKey(byte[] hash) => KeyHash = hash;

    public void WasUsed(DateTimeOffset now) => UsedAt = now;

    public void ActFor(Membership membership) => (OrganisationId, UnitId) = (membership.OrganisationId, membership.UnitId);

    public void End(DateTimeOffset now) => EndedAt ??= now;
}
