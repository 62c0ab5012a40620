using System.Diagnostics;
using Iop.DemoData.Playing;
using Npgsql;

namespace Iop.EndToEnd.Tests;

/// <summary>SIGKILL held at each point where a message could be lost or have its effect twice. The points are held from outside:
/// the product has no hooks for it.</summary>
[Collection(Alone.Name)]
public sealed class KillPointTests(RunningSystem system)
{
    private const int RelayLockSpace = 4711;
    private const int HoldSpace = 4799;
    private const string Invited = "Stiftelsen Tryggare Sverige";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_between_commit_and_publish_the_message_is_sent_after_the_restart()
    {
        await using var sender = await Backstage.Database(system, "agreements", Stop);
        await Backstage.Execute(sender, $"SELECT pg_advisory_lock({RelayLockSpace}, p) FROM generate_series(0, 255) p", Stop);
        var partnership = await Begin();
        await Invite(partnership);
        Assert.NotEqual(0, await Backstage.Scalar<long>(sender, "SELECT count(*) FROM outbox WHERE published_at IS NULL", Stop));
        await Kill("agreements");
        await Backstage.Execute(sender, "SELECT pg_advisory_unlock_all()", Stop);
        await ToldOnce(partnership);
    }

    [Fact]
    public async Task Killed_while_a_publish_waits_for_its_confirmation_the_message_has_its_effect_once()
    {
        var broker = await system.ProcessOf("messaging");
        await using var sender = await Backstage.Database(system, "agreements", Stop);
        var partnership = await Begin();
        await EverythingIsSaid();
        Backstage.Signal("STOP", broker);
        try
        {
            await Invite(partnership);
            // The relay holds its lock for as long as it waits for the broker's word.
            await Until("the relay waits for the broker", async () => await Backstage.Scalar<long>(sender, """
                SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
                WHERE d.datname = 'agreements' AND l.locktype = 'advisory' AND l.classid = $1::int::oid
                """, Stop, RelayLockSpace) > 0);
            await Kill("agreements");
        }
        finally
        {
            Backstage.Signal("CONT", broker);
        }
        await ToldOnce(partnership);
    }

    [Fact]
    public async Task Killed_between_effect_and_acknowledgement_the_message_comes_again_and_changes_nothing()
    {
        var partnership = await Begin();
        await EverythingIsSaid();
        await using var listener = await Backstage.Database(system, "notifications", Stop);
        await using var holder = await Backstage.Database(system, "notifications", Stop);
        var process = await system.ProcessOf("notifications");
        await HoldCommits(listener, holder);
        try
        {
            await Invite(partnership);
            await Until("the effect waits to be committed", async () => await Backstage.Scalar<long>(listener, """
                SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
                WHERE d.datname = 'notifications' AND l.locktype = 'advisory' AND l.classid = $1::int::oid AND NOT l.granted
                """, Stop, HoldSpace) > 0);
            Backstage.Signal("STOP", process); // it can no longer acknowledge anything
            await Backstage.Execute(holder, "SELECT pg_advisory_unlock_all()", Stop);
            await Until("the effect is committed", async () => await Lines(partnership) == 1);
        }
        finally
        {
            Backstage.Signal("KILL", process);
            await Backstage.Execute(holder, "SELECT pg_advisory_unlock_all()", Stop);
            await Backstage.Execute(listener, "DROP TRIGGER hold_commit ON inbox; DROP FUNCTION hold_commit()", Stop);
        }
        await system.UntilStarted("notifications", process);
        await ToldOnce(partnership);
    }

    /// <summary>From now on the reaction to a new party does everything but commit, until the holder lets go.</summary>
    private static async Task HoldCommits(NpgsqlConnection listener, NpgsqlConnection holder)
    {
        await Backstage.Execute(holder, $"SELECT pg_advisory_lock({HoldSpace}, 1)", Stop);
        await Backstage.Execute(listener, $"""
            CREATE FUNCTION hold_commit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
              $$ BEGIN PERFORM pg_advisory_xact_lock_shared({HoldSpace}, 1); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER hold_commit AFTER INSERT ON inbox DEFERRABLE INITIALLY DEFERRED
              FOR EACH ROW WHEN (NEW.consumer LIKE '%party-joined-partnership') EXECUTE FUNCTION hold_commit()
            """, Stop);
    }

    private async Task<Guid> Begin()
    {
        var begun = await system.As("solna-officer").Create("/agreements/v1/partnerships",
            new { title = "Prövning av avbrott", challenge = "Avbrott ska inte märkas." }, Stop);
        return begun.Id;
    }

    /// <summary>The invited party is to hear of it once.</summary>
    private async Task Invite(Guid partnership)
    {
        var officer = system.As("solna-officer");
        var found = await officer.Get($"/registry/v1/organisations?q={Uri.EscapeDataString(Invited)}", Stop);
        await officer.Create($"/agreements/v1/partnerships/{partnership}/parties",
            new { organisationId = found.Items().Single().GetProperty("id").GetGuid(), requiredSignatures = 1 }, Stop);
    }

    private async Task Kill(string service)
    {
        var process = await system.ProcessOf(service);
        Backstage.Signal("KILL", process);
        await system.UntilStarted(service, process);
    }

    /// <summary>One line for the invited party; and when everything has been said to everybody, still one.</summary>
    private async Task ToldOnce(Guid partnership)
    {
        await Until("the invited party is told", async () => await Lines(partnership) == 1);
        await EverythingIsSaid();
        await Task.Delay(TimeSpan.FromSeconds(1), Stop); // whatever was to come twice is there by now
        Assert.Equal(1, await Lines(partnership));
    }

    private async Task EverythingIsSaid()
    {
        await using var sender = await Backstage.Database(system, "agreements", Stop);
        await Until("everything is said", async () =>
            await Backstage.Scalar<long>(sender, "SELECT count(*) FROM outbox WHERE published_at IS NULL", Stop) == 0);
    }

    private async Task<long> Lines(Guid partnership)
    {
        await using var listener = await Backstage.Database(system, "notifications", Stop);
        return await Backstage.Scalar<long>(listener, """
            SELECT count(*) FROM inbox_line WHERE circle_id = $1 AND organisation_id = $2
            """, Stop, partnership, system.Logins.Find("foundation-signatory")!.OrganisationId);
    }

    private static async Task Until(string what, Func<Task<bool>> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"Never: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), Stop);
        }
    }
}
