using System.Net;
using System.Text.Json;
using Iop.Identity.SigningIn;
using Iop.Kernel;
using Npgsql;

namespace Iop.Identity.Tests;

/// <summary>What a person is shown of herself leaves out no table that names her: a new one must be shown too.</summary>
[Collection(nameof(IdentityWorld))]
public sealed class OwnDataTablesTests(IdentityWorld world)
{
    /// <summary>Where in the answer a column's rows are, and which of them; nothing where it is shown elsewhere.</summary>
    private static readonly Dictionary<string, (string Property, string? Part)?> Shown = new(StringComparer.Ordinal)
    {
        ["person.person_id"] = ("id", null),
        ["person.email"] = ("email", null),
        ["membership.person_id"] = ("memberships", null),
        ["one_time_link.person_id"] = ("links", null),
        ["one_time_link.email"] = ("links", null),
        ["session.person_id"] = ("sessions", null),
        ["used_one_time_code.person_id"] = ("oneTimeCodes", null),
        ["failed_sign_in.account_hash"] = ("attempts", null),
        ["login.person_id"] = ("logins", null),
        ["journey.person_id"] = ("journeys", null),
        ["unconfirmed_login.person_id"] = ("shownLogins", null),
        ["kept_trial.person_id"] = ("trials", null),
        ["recovery_code.person_id"] = ("recoveryCodes", null),
        ["known_device.person_id"] = ("devices", null),
        ["password_wish.account_hash"] = ("passwordWishes", null),
        ["password_wish.email"] = ("passwordWishes", null),
        ["second_factor_reset.person_id"] = ("secondFactorResets", "mine"),
        ["second_factor_reset.asked_by"] = ("secondFactorResets", "asked"),
        ["second_factor_reset.confirmed_by"] = ("secondFactorResets", "confirmed"),
        ["stand_in.person_id"] = ("standIns", "stands-in"),
        ["stand_in.appointed_by"] = ("standIns", "appointed"),
        ["idempotency.person_id"] = ("requests", null),
        ["audit_trail.person_id"] = null, // page by page by ListAuditTrail, and so in the file
        ["access.person_id"] = null, // no partnership is kept here: the table is empty
    };

    [Fact]
    public async Task Every_column_that_names_a_person_is_shown_to_her()
    {
        var columns = await PersonColumns();
        Assert.Equal(Shown.Keys.Order(StringComparer.Ordinal), columns);
        Assert.Equal(0, await world.Scalar<long>("SELECT count(*) FROM access"));
        var (person, colleague) = (await world.Colleague(Roles.Admin), await world.Colleague(Roles.Reader));
        await Leave(person, colleague);
        var kept = (await (await world.As(person)).Get("/identity/v1/my-data")).Is(HttpStatusCode.OK).Body;
        Assert.All(Shown.Where(one => one.Value is not null), one =>
        {
            var (property, part) = one.Value!.Value;
            var shown = kept.GetProperty(property);
            Assert.True(shown.ValueKind is not JsonValueKind.Array || shown.EnumerateArray().Any(line =>
                part is null || line.GetProperty("part").GetString() == part), $"{one.Key} is not in {property} {part}");
        });
        Assert.Contains(kept.GetProperty("standIns").EnumerateArray(),
            line => line.GetProperty("part").GetString() == "lends");
        Assert.Equal("Vårby kommuns inloggning", Assert.Single(kept.GetProperty("providerGrants").EnumerateArray())
            .GetProperty("provider").GetString());
        Assert.DoesNotContain("Skälet rör en annan", kept.GetRawText(), StringComparison.Ordinal);
        var others = (await (await world.As(colleague)).Get("/identity/v1/my-data")).Body;
        Assert.Empty(others.GetProperty("logins").EnumerateArray());
        Assert.Empty(others.GetProperty("attempts").EnumerateArray());
    }

    /// <summary>What refers to a person, by its key or by its name.</summary>
    private async Task<List<string>> PersonColumns()
    {
        await using var connection = new NpgsqlConnection(world.Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("""
            SELECT c.relname || '.' || a.attname FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
            WHERE a.attnum > 0 AND NOT a.attisdropped AND (
              a.attname ~ '(person|email|account|user)'
              OR (a.atttypid = 'uuid'::regtype AND a.attname ~ '_by$')
              OR EXISTS (SELECT FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid = c.oid
                         AND k.confrelid = 'person'::regclass AND a.attnum = ANY (k.conkey)))
            """, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<string>();
        while (await reader.ReadAsync()) columns.Add(reader.GetString(0));
        return [.. columns.Order(StringComparer.Ordinal)];
    }

    /// <summary>A row of hers in every table that could have one, as it is there at some time.</summary>
    private async Task Leave(SomeBody person, SomeBody colleague)
    {
        await using var connection = new NpgsqlConnection(world.Database.ConnectionString);
        await connection.OpenAsync();
        await using var rows = new NpgsqlCommand("""
            WITH provider AS (INSERT INTO provider (provider_id, organisation_id, name, issuer, client_id, proof, secret,
                created_at, version)
              VALUES (gen_random_uuid(), @here, 'Vårby kommuns inloggning', 'https://x.example', 'x', 'ClientSecret', '', @now, 1)
              RETURNING provider_id),
            grant_ AS (INSERT INTO provider_grant SELECT gen_random_uuid(), provider_id, 'Group', 'IOP', @here, @unit, '{officer}'
              FROM provider),
            held AS (INSERT INTO membership (membership_id, person_id, organisation_id, unit_id, roles, own_roles, given_at,
                provider_id, heard_at, version)
              SELECT gen_random_uuid(), @me, @here, @unit, '{officer}', '{officer}', @now, provider_id, @now, 1 FROM provider
              RETURNING membership_id),
            login_ AS (INSERT INTO login SELECT gen_random_uuid(), 'https://x.example', @me::text, @me, provider_id, 'jag', @now, @now
              FROM provider),
            away AS (INSERT INTO journey SELECT @hash, @hash, provider_id, '', @me, @now FROM provider),
            shown AS (INSERT INTO unconfirmed_login SELECT @hash, @me, provider_id, 'x', 'x', 'jag', @now FROM provider),
            trial AS (INSERT INTO kept_trial SELECT @hash, @me, provider_id, '', @now FROM provider),
            lends AS (INSERT INTO stand_in SELECT gen_random_uuid(), membership_id, @here, @other, '2026-01-01', '2026-01-02', @other,
              @now, @now, 1 FROM held),
            stands AS (INSERT INTO stand_in SELECT gen_random_uuid(), membership_id, @here, @me, '2026-01-01', '2026-01-02', @other,
              @now, @now, 1 FROM membership WHERE person_id = @other),
            appointed AS (INSERT INTO stand_in SELECT gen_random_uuid(), membership_id, @here, @third, '2026-01-01', '2026-01-02', @me,
              @now, @now, 1 FROM membership WHERE person_id = @other),
            mine AS (INSERT INTO second_factor_reset VALUES (gen_random_uuid(), @me, @here, 'Borta', @other, @now, NULL, NULL, 1)),
            asked AS (INSERT INTO second_factor_reset VALUES (gen_random_uuid(), @other, @here, 'Mitt skäl', @me, @now, NULL, NULL, 1)),
            confirmed AS (INSERT INTO second_factor_reset
              VALUES (gen_random_uuid(), @other, @here, 'Skälet rör en annan', @third, @now, @me, @now, 2)),
            wish AS (INSERT INTO password_wish VALUES (gen_random_uuid(), @account, @email, @now)),
            failed AS (INSERT INTO failed_sign_in VALUES (@account, '192.0.2.1', 1, @now - interval '1 hour')),
            device AS (INSERT INTO known_device VALUES (@hash, @me, @now)),
            request AS (INSERT INTO idempotency VALUES (@here, @me, 'RegisterPerson', 'k', @hash, '{}', @now))
            INSERT INTO one_time_link (token_hash, person_id, expires_at) VALUES (@hash, @me, @now)
            """, connection);
        foreach (var (name, value) in new (string, object)[]
        {
            ("me", person.Id), ("other", colleague.Id), ("third", world.Admin.Id), ("here", IdentityWorld.Municipality),
            ("unit", IdentityWorld.SocialServices), ("now", world.Clock.GetUtcNow()), ("email", person.Email),
            ("account", Random256.HashOf(person.Email)), ("hash", Random256.HashOf(person.Id.ToString())),
        }) rows.Parameters.AddWithValue(name, value);
        await rows.ExecuteNonQueryAsync();
    }
}
