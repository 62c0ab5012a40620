using System.Globalization;
using System.Net;
using Iop.Kernel;
using Iop.TestKit;
using Npgsql;

namespace Iop.Notifications.Tests;

/// <summary>What an operator does and the line of it in the audit trail are one: without the line there is no act.</summary>
public sealed class OperatorsTrailTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    private const string Root = "/notifications/v1";

    [Theory]
    [InlineData("MailAgain", Root + "/operating/mails/{0}/again", "SELECT ended_at IS NULL FROM mail WHERE mail_id = $1")]
    [InlineData("DeliverAgain", Root + "/operating/webhook-deliveries/{0}/again",
        "SELECT ended_at IS NULL FROM webhook_delivery WHERE delivery_id = $1")]
    [InlineData("HandleReport", Root + "/accessibility-reports/{0}/handled",
        "SELECT handled_at IS NOT NULL FROM accessibility_report WHERE report_id = $1")]
    public async Task What_cannot_be_written_down_is_not_done(string operation, string path, string isDone)
    {
        var id = await Begun(operation);
        var address = string.Format(CultureInfo.InvariantCulture, path, id);
        await AsServer($"ALTER TABLE audit_trail ADD CONSTRAINT unwritten CHECK (operation <> '{operation}') NOT VALID");
        try
        {
            (await Operator().Act(address, null)).Is(HttpStatusCode.InternalServerError);
        }
        finally
        {
            await AsServer("ALTER TABLE audit_trail DROP CONSTRAINT unwritten");
        }
        Assert.False(await world.Scalar<bool>(isDone, id));
        (await Operator().Act(address, null)).Is(HttpStatusCode.OK);
        Assert.True(await world.Scalar<bool>(isDone, id));
        Assert.Equal(1, await Noted(operation, id));
    }

    /// <summary>A broker that cannot be reached does not take the line with it.</summary>
    [Fact]
    public async Task A_replay_that_came_to_nothing_is_in_the_trail_as_asked_for()
    {
        var (queue, id) = ("notifications.tell-when-party-joined-partnership", Guid.NewGuid());
        (await Operator().Act($"{Root}/operating/queues/{queue}/failed/{id}/replay", null)).Is(HttpStatusCode.NotFound);
        Assert.Equal(1, await Noted("ReplayMessage", id));
        Assert.Equal($"asked to replay message {queue}", await world.Scalar<string>(
            "SELECT changes ->> 0 FROM audit_trail WHERE subject_id = $1", id));
    }

    private async Task<Guid> Begun(string operation)
    {
        var id = Guid.NewGuid();
        switch (operation)
        {
            case "MailAgain":
                await AsServer($"""
                    INSERT INTO mail (mail_id, person_id, organisation_id, day, since, until, created_at, due_at, ended_at, outcome)
                    VALUES ('{id}', '{id}', '{id}', '2026-03-01', now(), now(), now(), now(), now(), 'refused')
                    """);
                return id;
            case "DeliverAgain":
                await AsServer($"""
                    INSERT INTO inbox_line (line_id, organisation_id, roles, kind, arguments, matter, whose, occasion, subject_kind,
                      subject_id, path, since, must_act)
                    VALUES ('{id}', '{id}', ARRAY[]::text[], 'you-left', jsonb_build_object(), 'm', '{id}', 1, 'partnership', '{id}', '/',
                      now(), false);
                    INSERT INTO webhook (webhook_id, organisation_id, url, kinds, generation, created_by, created_at, version)
                    VALUES ('{id}', '{id}', 'https://example.com', ARRAY[]::text[], 1, '{id}', now(), 1);
                    INSERT INTO webhook_delivery (delivery_id, webhook_id, line_id, kind, body, created_at, due_at, ended_at, outcome)
                    VALUES ('{id}', '{id}', '{id}', 'you-left', '', now(), now() + interval '90 days', now(), 'given-up')
                    """);
                return id;
            default:
                return (await world.Anonymous.Send(HttpMethod.Post, Root + "/accessibility-reports", new { said = "x" }))
                    .Is(HttpStatusCode.OK).Id;
        }
    }

    private Task<long> Noted(string operation, Guid subject) => world.Scalar<long>(
        "SELECT count(*) FROM audit_trail WHERE operation = $1 AND subject_id = $2", operation, subject);

    private CallerClient Operator() => world.As(Callers.Of(Guid.NewGuid(), Roles.Operator));

    private async Task AsServer(string sql)
    {
        await using var connection = new NpgsqlConnection(world.Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
