extern alias identity;

using System.Globalization;
using System.Text;
using identity::Iop.Identity.Proving;
using identity::Iop.Identity.SigningIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Iop.Benchmarks;

/// <summary>Identity after a month of ten thousand people: half of them come by one of fifty logins of organisations' own, half
/// with a password; each has come in on twenty working days.</summary>
internal static class IdentityFilled
{
    public const string ClientId = "iop";

    /// <summary>So many come by a login of their organisation's own: those with the lowest numbers.</summary>
    public const int ByProvider = 5_000;

    private const int Providers = 50;
    private const int WorkingDays = 20;

    /// <summary>The login that answers; the others only stand in the database.</summary>
    public static Guid Reachable { get; } = Guid.CreateVersion7();

    public static PasswordHasher<string> Hasher { get; } =
        new(Options.Create(new PasswordHasherOptions { IterationCount = Passwords.Rounds }));

    /// <summary>Somebody who comes by the login that answers.</summary>
    public static int PersonOfReachable(int round) => round % (ByProvider / Providers) * Providers + Providers;

    public static string GroupOf(int person) => $"officers {Populace.OrganisationOf(person)}";

    public static Task FillAsync(NpgsqlDataSource sql, string issuer, string hash, byte[] totpSecret)
    {
        var box = new SecretBox(
            new ConfigurationBuilder().AddInMemoryCollection([new("Sealing:Secret", InOperation.Secret)]).Build());
        return sql.RunAsync(string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO organisation SELECT md5('o' || n)::uuid, 'Organisation ' || n, CASE n % 2 WHEN 0 THEN 'public' ELSE 'idea-driven' END
              FROM generate_series(1, {Populace.Organisations}) n;
            INSERT INTO unit SELECT md5('u' || n)::uuid, md5('o' || n % {Populace.Organisations} + 1)::uuid, 'Enhet ' || n
              FROM generate_series(1, {Populace.Units}) n;
            INSERT INTO person (person_id, name, email, language, password_hash, totp_secret, version)
              SELECT md5('p' || n)::uuid, 'Person ' || n, 'person' || n || '@organisation.example', 'sv',
                CASE WHEN n > {ByProvider} THEN '{hash}' END,
                CASE WHEN n > {ByProvider} THEN '\x{Convert.ToHexString(box.Close(totpSecret))}'::bytea END, 2
              FROM generate_series(1, {Populace.People}) n;
            INSERT INTO provider (provider_id, organisation_id, name, issuer, client_id, proof, secret, created_at, version)
              SELECT CASE n WHEN {Providers} THEN '{Reachable}' ELSE md5('l' || n % {Providers})::uuid END,
                md5('o' || n % {Populace.Organisations} + 1)::uuid, 'Inloggning ' || n,
                CASE n WHEN {Providers} THEN '{issuer}' ELSE 'https://login' || n || '.example' END, '{ClientId}', 'ClientSecret',
                '\x{Convert.ToHexString(box.Close(Encoding.UTF8.GetBytes("a client's secret")))}', now(), 1
              FROM generate_series(1, {Providers}) n;
            CREATE TEMP TABLE comes AS SELECT n, md5('p' || n)::uuid AS person_id, md5('o' || n % {Populace.Organisations} + 1)::uuid AS
              organisation_id, CASE n % {Providers} WHEN 0 THEN '{Reachable}' ELSE md5('l' || n % {Providers})::uuid END AS provider_id
              FROM generate_series(1, {ByProvider}) n;
            -- Ten organisations stand behind each login, each with groups of its own there.
            INSERT INTO provider_grant (grant_id, provider_id, source, value, organisation_id, roles)
              SELECT gen_random_uuid(), provider_id, 'Group', the.name || ' ' || organisation_id, organisation_id, the.roles
              FROM (SELECT DISTINCT provider_id, organisation_id FROM comes) AS behind,
                (VALUES ('officers', ARRAY['officer']), ('lawyers', ARRAY['legal']), ('signatories', ARRAY['signatory'])) AS the (name, roles);
            INSERT INTO login SELECT gen_random_uuid(), p.issuer, 'subject-' || n, person_id, provider_id, 'somebody', now(), now()
              FROM comes JOIN provider p USING (provider_id);
            INSERT INTO membership (membership_id, person_id, organisation_id, unit_id, roles, own_roles, given_at, version, provider_id)
              SELECT gen_random_uuid(), md5('p' || n)::uuid, md5('o' || n % {Populace.Organisations} + 1)::uuid, NULL,
                ARRAY['officer'], ARRAY['officer'], now(), 1, provider_id
              FROM generate_series(1, {Populace.People}) n LEFT JOIN comes USING (n);
            INSERT INTO membership (membership_id, person_id, organisation_id, unit_id, roles, own_roles, given_at, version)
              SELECT gen_random_uuid(), md5('p' || n)::uuid, md5('o' || n % {Populace.Organisations} + 1)::uuid,
                md5('u' || n % {Populace.Organisations} + {Populace.Organisations})::uuid, ARRAY['reader'], ARRAY['reader'], now(), 1
              FROM generate_series(1, {Populace.People}, 3) n;
            INSERT INTO session (session_id, key_hash, person_id, organisation_id, client_id, begun_at, used_at, ended_at)
              SELECT md5('s' || day || ' ' || n)::uuid, decode(md5('k' || day || ' ' || n), 'hex'), md5('p' || n)::uuid,
                md5('o' || n % {Populace.Organisations} + 1)::uuid, 'gateway', now() - day * interval '1 day',
                now() - day * interval '1 day', now() - day * interval '1 day'
              FROM generate_series(1, {Populace.People}) n, generate_series(1, {WorkingDays}) day;
            INSERT INTO authorization_code (code_hash, client_id, redirect_uri, code_challenge, session_id, expires_at, used_at)
              SELECT decode(md5('c' || session_id), 'hex'), 'gateway', '', '', session_id, begun_at, begun_at FROM session;
            INSERT INTO known_device SELECT decode(md5('d' || n), 'hex'), md5('p' || n)::uuid, now()
              FROM generate_series(1, {Populace.People}) n;
            INSERT INTO failed_sign_in SELECT decode(md5('f' || n), 'hex'), '192.0.2.' || n % 250, 1, now()
              FROM generate_series(1, {Populace.People}) n;
            ANALYZE;
            """));
    }
}
