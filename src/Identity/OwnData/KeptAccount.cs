using Iop.Identity.Domain;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.OwnData;

/// <summary>How a person comes in, and where she has: what is kept of it, and for how long it still is.</summary>
internal sealed class KeptAccount(Person person, IdentityDb db)
{
    private const int LinesMax = 200;
    private readonly PersonId _own = person.PersonId;
    private readonly Guid _id = person.PersonId.Value;
    private readonly byte[] _account = Random256.HashOf(person.Email);

    public async Task<IReadOnlyList<ShowOwnData.SessionLine>> Sessions(KeptRoles roles, CancellationToken cancel) =>
        (await db.Sessions.AsNoTracking().Where(one => one.PersonId == _own).OrderByDescending(one => one.BegunAt)
            .Take(LinesMax).ToListAsync(cancel)).ConvertAll(one => new ShowOwnData.SessionLine(
                one.BegunAt, one.UsedAt, one.EndedAt, roles.Organisation(one.OrganisationId), one.Agent,
                roles.Provider(one.ProviderId)));

    public async Task<IReadOnlyList<ShowOwnData.LoginLine>> Logins(KeptRoles roles, CancellationToken cancel) =>
        (await db.Logins.AsNoTracking().Where(one => one.PersonId == _own).OrderBy(one => one.LinkedAt).ToListAsync(cancel))
            .ConvertAll(one => new ShowOwnData.LoginLine(
                roles.Provider(one.ProviderId)!, one.Issuer, one.Subject, one.Label, one.LinkedAt, one.UsedAt));

    public async Task<IReadOnlyList<ShowOwnData.DeviceLine>> Devices(CancellationToken cancel) =>
        await Lines<ShowOwnData.DeviceLine>(
            $"""SELECT seen_at AS "SeenAt" FROM known_device WHERE person_id = {_id} ORDER BY seen_at DESC""", cancel);

    public async Task<IReadOnlyList<ShowOwnData.CodeLine>> RecoveryCodes(CancellationToken cancel) =>
        await Lines<ShowOwnData.CodeLine>(
            $"""SELECT used_at AS "UsedAt" FROM recovery_code WHERE person_id = {_id} ORDER BY used_at""", cancel);

    public async Task<IReadOnlyList<ShowOwnData.UsedCodeLine>> OneTimeCodes(CancellationToken cancel) =>
        await Lines<ShowOwnData.UsedCodeLine>(
            $"""SELECT used_at AS "UsedAt" FROM used_one_time_code WHERE person_id = {_id} ORDER BY used_at DESC""", cancel);

    public async Task<IReadOnlyList<ShowOwnData.LinkLine>> Links(CancellationToken cancel) =>
        await Lines<ShowOwnData.LinkLine>($"""
            SELECT purpose AS "Purpose", expires_at AS "ExpiresAt" FROM one_time_link WHERE person_id = {_id} ORDER BY expires_at
            """, cancel);

    public async Task<IReadOnlyList<ShowOwnData.WishLine>> PasswordWishes(CancellationToken cancel) =>
        await Lines<ShowOwnData.WishLine>(
            $"""SELECT asked_at AS "AskedAt" FROM password_wish WHERE email = {person.Email} ORDER BY asked_at""", cancel);

    // A place may be a device of hers: then by what it is, not by which.
    public async Task<IReadOnlyList<ShowOwnData.AttemptLine>> Attempts(CancellationToken cancel) =>
        await Lines<ShowOwnData.AttemptLine>($"""
            SELECT CASE WHEN address LIKE 'device %' THEN 'device' ELSE address END AS "Address", failures AS "Failures",
                   last_at AS "LastAt"
            FROM failed_sign_in WHERE account_hash = {_account} ORDER BY last_at DESC
            """, cancel);

    public async Task<IReadOnlyList<ShowOwnData.JourneyLine>> Journeys(CancellationToken cancel) =>
        await Lines<ShowOwnData.JourneyLine>($"""
            SELECT provider.name AS "Provider", expires_at AS "ExpiresAt"
            FROM journey JOIN provider USING (provider_id) WHERE person_id = {_id} ORDER BY expires_at
            """, cancel);

    public async Task<IReadOnlyList<ShowOwnData.ShownLine>> ShownLogins(CancellationToken cancel) =>
        await Lines<ShowOwnData.ShownLine>($"""
            SELECT provider.name AS "Provider", label AS "Label", expires_at AS "ExpiresAt"
            FROM unconfirmed_login JOIN provider USING (provider_id) WHERE person_id = {_id} ORDER BY expires_at
            """, cancel);

    public async Task<IReadOnlyList<ShowOwnData.JourneyLine>> Trials(CancellationToken cancel) =>
        await Lines<ShowOwnData.JourneyLine>($"""
            SELECT provider.name AS "Provider", expires_at AS "ExpiresAt"
            FROM kept_trial JOIN provider USING (provider_id) WHERE person_id = {_id} ORDER BY expires_at
            """, cancel);

    public async Task<IReadOnlyList<ShowOwnData.RequestLine>> Requests(CancellationToken cancel) =>
        await Lines<ShowOwnData.RequestLine>($"""
            SELECT operation AS "Operation", created_at AS "At" FROM idempotency WHERE person_id = {_id} ORDER BY created_at
            """, cancel);

    private Task<List<TLine>> Lines<TLine>(FormattableString sql, CancellationToken cancel) where TLine : class =>
        db.Database.SqlQuery<TLine>(sql).ToListAsync(cancel);
}
