using System.Net;
using Iop.Platform.Identity;
using Iop.TestKit;
using Npgsql;

namespace Iop.Platform.Tests;

public sealed class IsolationTests(PoolOfOne world) : IClassFixture<PoolOfOne>
{
    [Fact]
    public async Task Two_organisations_on_one_connection_never_see_each_others_rows()
    {
        var (one, other) = (TrialWorld.Officer(), TrialWorld.Officer());
        var mine = (await world.Written(one, "ettans")).Id;
        var theirs = (await world.Written(other, "tvåans")).Id;
        for (var round = 0; round < 5; round++)
        {
            Assert.Equal([mine], await Seen(one));
            (await world.As(other).Send(HttpMethod.Post, $"/trial/v1/notes/{theirs}/accident", new { }))
                .Is(HttpStatusCode.InternalServerError);
            Assert.Equal([mine], await Seen(one)); // after an exception
            (await world.As(one).Get($"/trial/v1/notes/{theirs}")).Refuses(HttpStatusCode.NotFound, "request.not-found");
            Assert.Equal([theirs], await Seen(other)); // after a refusal
            await GiveUpOn(one);
            Assert.Equal([theirs], await Seen(other)); // after a cancelled request
            Assert.Equal((await world.As(one).Get("/trial/v1/public")).Text,
                (await world.Anonymous.Get("/trial/v1/public")).Text);
        }
        Assert.Equal("tvåans", (await world.As(other).Get($"/trial/v1/notes/{theirs}")).Body.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Not_visible_and_not_existing_get_the_same_answer()
    {
        var theirs = (await world.Written(TrialWorld.Officer())).Id;
        var stranger = TrialWorld.Officer();
        var (hidden, missing) = (await world.As(stranger).Get($"/trial/v1/notes/{theirs}"),
            await world.As(stranger).Get($"/trial/v1/notes/{Guid.NewGuid()}"));
        Assert.Equal((missing.Status, missing.Code), (hidden.Status, hidden.Code));
        (await world.As(stranger).Put($"/trial/v1/notes/{theirs}", "\"1\"", new { text = "min nu" }))
            .Refuses(HttpStatusCode.NotFound, "request.not-found");
    }

    [Fact]
    public async Task Whoever_is_invited_comes_in_and_cannot_invite_others_unless_allowed()
    {
        var (host, guest) = (TrialWorld.Officer(), TrialWorld.Officer());
        var note = await world.Written(host);
        (await world.As(host).Create($"{note.Location}/invitations", new { organisationId = guest.Organisation }))
            .Is(HttpStatusCode.Created);
        Assert.Equal([note.Id], await Seen(guest));
        var refused = await world.As(guest).Create($"{note.Location}/invitations", new { organisationId = Guid.NewGuid() });
        Assert.Equal(HttpStatusCode.InternalServerError, refused.Status); // the database says no: a handler must not have asked
        Assert.Equal(2,
            await world.Scalar<long>("SELECT count(*) FROM access WHERE partnership_id = (SELECT partnership_id FROM note WHERE note_id = $1)", note.Id));
    }

    [Fact]
    public async Task The_applications_login_cannot_let_anybody_in_by_sql()
    {
        var host = TrialWorld.Officer();
        var note = await world.Written(host);
        var partnership = await world.Scalar<Guid>("SELECT partnership_id FROM note WHERE note_id = $1", note.Id);
        var stranger = Guid.NewGuid();
        await using var connection = await AsApp(stranger);
        var row = $"('{Guid.NewGuid()}', '{partnership}', '{stranger}', NULL, NULL, 'public', 'all', true, '2020-01-01', NULL)";
        await Denied(connection, $"INSERT INTO access VALUES {row}");
        await Denied(connection, $"UPDATE access SET organisation_id = '{stranger}'");
        await Denied(connection, "DELETE FROM access");
        await Denied(connection, LetIn(partnership, stranger));
        await Denied(connection, LetIn(Guid.NewGuid(), host.Organisation));
        await Denied(connection, $"INSERT INTO note VALUES ('{Guid.NewGuid()}', '{partnership}', 'smuggled', 1)");
        await Denied(connection, "ALTER TABLE note DISABLE ROW LEVEL SECURITY");
        await Denied(connection, "SET ROLE trial_system");
        await Denied(connection, "SET ROLE trial_owner");
        await Denied(connection, "SELECT * FROM outbox");
        await Denied(connection, "UPDATE audit_trail SET operation = 'nothing'");
        Assert.Equal(0L, await Count(connection, "SELECT count(*) FROM note"));
        Assert.Equal(0L, await Count(connection, "SELECT count(*) FROM access"));
    }

    [Fact]
    public async Task Without_a_caller_nothing_is_seen_and_nothing_can_begin()
    {
        await world.Written(TrialWorld.Officer());
        await using var nobody = await AsApp(organisation: null);
        Assert.Equal(0L, await Count(nobody, "SELECT count(*) FROM note"));
        Assert.Equal(0L, await Count(nobody, "SELECT count(*) FROM audit_trail"));
        await Denied(nobody, LetIn(Guid.NewGuid(), Guid.NewGuid()));
    }

    [Fact]
    public async Task A_row_that_is_no_longer_valid_opens_nothing()
    {
        var host = TrialWorld.Officer();
        var note = await world.Written(host);
        Assert.Equal([note.Id], await Seen(host));
        await using (var end = world.AsSystem.CreateCommand("UPDATE access SET valid_to = '2026-03-01' WHERE organisation_id = $1"))
        {
            end.Parameters.Add(new() { Value = host.Organisation });
            await end.ExecuteNonQueryAsync();
        }
        Assert.Empty(await Seen(host)); // it is the second of March
    }

    [Fact]
    public async Task Every_change_leaves_its_line_in_the_audit_trail_and_a_refusal_none()
    {
        var officer = TrialWorld.Officer();
        var note = await world.Written(officer);
        await world.As(officer).Put(note.Location!, "\"9\"", new { text = "för sent" });
        await world.As(officer).Get(note.Location!);
        var lines = (await world.As(officer).Get("/trial/v1/audit-trail")).Is(HttpStatusCode.OK).Body.GetProperty("items")
            .EnumerateArray()
            .Select(line => (line.GetProperty("operation").GetString(), line.GetProperty("changes")[0].GetString())).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Contains(("WriteNote", "added note"), lines);
        Assert.Contains(("ShowNote", "read"), lines);
        Assert.Empty((await world.As(TrialWorld.Officer()).Get("/trial/v1/audit-trail")).Body.GetProperty("items")
            .EnumerateArray());
    }

    [Fact]
    public async Task The_trail_is_read_by_person_by_operation_by_day_and_from_a_line_in_both_directions()
    {
        var (officer, colleague) = (TrialWorld.Officer(), TrialWorld.Officer());
        colleague = colleague with { Organisation = officer.Organisation };
        foreach (var who in new[] { officer, colleague, officer, officer }) await world.Written(who);
        await world.As(officer).Get((await world.Written(officer)).Location!);
        var all = await Trail(officer, "");
        Assert.Equal(6, all.Count);
        Assert.Equal(all.Where(line => line.Person == colleague.Person), await Trail(officer, $"&personId={colleague.Person}"));
        Assert.Equal("ShowNote", Assert.Single(await Trail(officer, "&operation=ShowNote")).Operation);
        Assert.Equal(all, await Trail(officer, "&from=2026-03-02&to=2026-03-02"));
        Assert.Empty(await Trail(officer, "&to=2026-03-01"));
        Assert.Empty(await Trail(officer, "&from=2026-03-03"));
        Assert.Equal(all.Skip(3), await Trail(officer, $"&olderThan={all[2].Id}"));
        Assert.Equal([all[2], all[1]], (await Trail(officer, $"&newerThan={all[3].Id}")).Take(2));
    }

    [Fact]
    public async Task Ones_own_lines_are_read_for_all_organisations_when_asked_for_and_nobody_elses()
    {
        var here = TrialWorld.Officer();
        var elsewhere = here with { Organisation = Guid.NewGuid() };
        await world.Written(here);
        await world.Written(elsewhere);
        await world.Written(TrialWorld.Officer() with { Organisation = here.Organisation });
        Assert.Equal(2, (await Trail(here, "")).Count); // the organisation's, as ever
        var own = await Trail(here, "&mine=true");
        Assert.Equal([here.Person, here.Person], own.Select(line => line.Person));
        Assert.Equal(own, await Trail(elsewhere, "&mine=true"));
        foreach (var longAgo in new[] { "0001-01-01", "1900-01-01" })
            Assert.Equal(own, await Trail(here, $"&mine=true&from={longAgo}&to=9999-12-31"));
        // Who only operates sees nothing of partnerships, but for what she has done herself.
        var operates = Callers.Of(Guid.NewGuid(), Kernel.Roles.Operator) with { Person = here.Person };
        Assert.Equal(own, await Trail(operates, "&mine=true"));
        Assert.Empty(await Trail(operates with { Organisation = here.Organisation }, ""));
        Assert.Equal(own, await Trail(here, $"&mine=true&personId={Guid.NewGuid()}"));
    }

    /// <summary>A hundred thousand lines of others and of one's own: every page costs about the same.</summary>
    [Fact]
    public async Task A_long_trail_is_read_page_by_page()
    {
        var officer = TrialWorld.Officer();
        await using (var fill = world.AsSystem.CreateCommand("""
            INSERT INTO audit_trail (entry_id, at, organisation_id, person_id, operation, changes)
            SELECT (lpad(to_hex(1772442000000 + n), 12, '0') || '7000' || '8000' || lpad(to_hex(n), 12, '0'))::uuid,
              to_timestamp((1772442000000 + n) / 1000.0), CASE n % 2 WHEN 0 THEN $1 ELSE $2 END, CASE n % 1000 WHEN 0 THEN $3 ELSE $1 END,
              'Act' || n % 400, '[]'
            FROM generate_series(1, 100000) AS n
            """))
        {
            foreach (var id in new[] { officer.Organisation, Guid.NewGuid(), officer.Person })
                fill.Parameters.Add(new() { Value = id });
            await fill.ExecuteNonQueryAsync();
        }
        foreach (var (query, count) in new[] { ("", 100), ("&operation=Act8", 100), ($"&personId={officer.Person}", 100),
            ("&mine=true", 100), ("&operation=Act8&mine=true", 0) })
        {
            await Trail(officer, query); // the plan is made
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var page = await Trail(officer, query);
            Assert.Equal(count, page.Count);
            if (page.Count > 0) await Trail(officer, $"{query}&olderThan={page[^1].Id}");
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{query}: {watch.ElapsedMilliseconds} ms");
            TestContext.Current.TestOutputHelper?.WriteLine($"{query}: {watch.ElapsedMilliseconds} ms for two pages");
        }
    }

    private async Task<IReadOnlyList<(Guid Id, Guid Person, string Operation)>> Trail(Caller by, string query) =>
        [.. (await world.As(by).Get($"/trial/v1/audit-trail?limit=100{query}")).Is(HttpStatusCode.OK).Body.GetProperty("items")
            .EnumerateArray().Select(line => (line.GetProperty("id").GetGuid(), line.GetProperty("personId").GetGuid(),
                line.GetProperty("operation").GetString()!))];

    private async Task<IReadOnlyList<Guid>> Seen(Caller by) =>
        [.. (await world.As(by).Get("/trial/v1/notes")).Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()
            .Select(note => note.GetProperty("id").GetGuid())];

    private async Task GiveUpOn(Caller by)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(60));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            world.As(by).Send(HttpMethod.Get, "/trial/v1/notes/slowly", null, patience.Token));
    }

    private async Task<NpgsqlConnection> AsApp(Guid? organisation)
    {
        var connection = new NpgsqlConnection(world.Database.ConnectionStringFor("trial_app", ServiceDatabase.Password));
        await connection.OpenAsync();
        await using var set = new NpgsqlCommand("SELECT set_config('iop.org', $1, false), set_config('iop.person', $2, false), set_config('iop.today', '2026-03-02', false)", connection)
        {
            Parameters = { new() { Value = organisation?.ToString() ?? "" }, new() { Value = Guid.NewGuid().ToString() } },
        };
        await set.ExecuteNonQueryAsync();
        return connection;
    }

    private static string LetIn(Guid partnership, Guid organisation) =>
        $"SELECT let_in('{Guid.NewGuid()}', '{partnership}', '{organisation}', NULL, NULL, 'public', true, '2020-01-01', NULL)";

    private static async Task Denied(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        var no = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
        Assert.True(no.SqlState == PostgresErrorCodes.InsufficientPrivilege, $"{sql}: {no.MessageText}");
    }

    private static async Task<long> Count(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
