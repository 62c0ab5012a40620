using System.Globalization;
using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.OwnData;

/// <summary>What is kept here of the person who asks (mina uppgifter), for all organisations: every table that names a person.
/// What she has done stands in the audit trail.</summary>
internal static class ShowOwnData
{
    /// <param name="HasPassword">A password and the secret of an authenticator app are kept; neither can be read.</param>
    /// <param name="Logins">Logins elsewhere that are connected to the account.</param>
    /// <param name="ProviderGrants">What makes a provider's word give roles where she has them.</param>
    /// <param name="Devices">When browsers in which she has come in were last seen.</param>
    /// <param name="RecoveryCodes">When each was used; the codes themselves cannot be read.</param>
    /// <param name="OneTimeCodes">When codes of the app were used, as long as they could be used again.</param>
    /// <param name="Attempts">Failed attempts to sign in to the account.</param>
    /// <param name="Trials">Sign-ins on trial at a provider, as long as they can be looked at.</param>
    /// <param name="Requests">Answers kept so that a repeated request makes nothing twice, in the acting organisation.</param>
    public sealed record View(
        Guid Id, string Name, string Email, string Language, bool HasPassword, IReadOnlyList<MembershipLine> Memberships,
        IReadOnlyList<StandInLine> StandIns, IReadOnlyList<SessionLine> Sessions, IReadOnlyList<LoginLine> Logins,
        IReadOnlyList<GrantLine> ProviderGrants, IReadOnlyList<ResetLine> SecondFactorResets, IReadOnlyList<DeviceLine> Devices,
        IReadOnlyList<CodeLine> RecoveryCodes, IReadOnlyList<UsedCodeLine> OneTimeCodes, IReadOnlyList<LinkLine> Links,
        IReadOnlyList<WishLine> PasswordWishes, IReadOnlyList<AttemptLine> Attempts, IReadOnlyList<JourneyLine> Journeys,
        IReadOnlyList<ShownLine> ShownLogins, IReadOnlyList<JourneyLine> Trials, IReadOnlyList<RequestLine> Requests,
        string PersonTag);

    /// <param name="Provider">Whose word the roles follow; none when they were given by hand.</param>
    public sealed record MembershipLine(
        string Organisation, string? Unit, IReadOnlyList<string> Roles, DateTimeOffset GivenAt, string? Provider,
        IReadOnlyList<string> LentRoles);

    /// <param name="Part">stands-in, lends (another stands in for me) or appointed (by me).</param>
    public sealed record StandInLine(string Organisation, string Part, DateOnly FromOn, DateOnly ToOn, DateTimeOffset? EndedAt);

    /// <param name="Agent">What the browser said it is.</param>
    /// <param name="Provider">The login by which it began; none with a password.</param>
    public sealed record SessionLine(
        DateTimeOffset BegunAt, DateTimeOffset UsedAt, DateTimeOffset? EndedAt, string? Organisation, string? Agent,
        string? Provider);

    public sealed record LoginLine(
        string Provider, string Issuer, string Subject, string Label, DateTimeOffset LinkedAt, DateTimeOffset UsedAt);

    public sealed record GrantLine(
        string Provider, string Organisation, string? Unit, GrantSource Source, string Value, IReadOnlyList<string> Roles);

    /// <param name="Part">mine, asked or confirmed (by me, for another).</param>
    public sealed record ResetLine(
        string Organisation, string Part, string Reason, DateTimeOffset AskedAt, DateTimeOffset? ConfirmedAt);

    public sealed record DeviceLine(DateTimeOffset SeenAt);

    public sealed record CodeLine(DateTimeOffset? UsedAt);

    public sealed record UsedCodeLine(DateTimeOffset UsedAt);

    /// <param name="Purpose">invitation, password or second-factor.</param>
    public sealed record LinkLine(string Purpose, DateTimeOffset ExpiresAt);

    public sealed record WishLine(DateTimeOffset AskedAt);

    /// <param name="Address">Where from; * for all places together.</param>
    public sealed record AttemptLine(string Address, int Failures, DateTimeOffset LastAt);

    public sealed record JourneyLine(string Provider, DateTimeOffset ExpiresAt);

    public sealed record ShownLine(string Provider, string Label, DateTimeOffset ExpiresAt);

    public sealed record RequestLine(string Operation, DateTimeOffset At);

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
        var (roles, account) = (await KeptRoles.Of(person.PersonId, db, cancel), new KeptAccount(person, db));
        return new View(
            person.PersonId.Value, person.Name, person.Email, person.Language, person.CanSignIn, roles.Memberships(),
            roles.StandIns(), await account.Sessions(roles, cancel), await account.Logins(roles, cancel), roles.Grants(),
            roles.Resets(), await account.Devices(cancel), await account.RecoveryCodes(cancel),
            await account.OneTimeCodes(cancel), await account.Links(cancel), await account.PasswordWishes(cancel),
            await account.Attempts(cancel), await account.Journeys(cancel), await account.ShownLogins(cancel),
            await account.Trials(cancel), await account.Requests(cancel), person.Version.ToString(CultureInfo.InvariantCulture));
    }
}
