using Iop.TestKit;

namespace Iop.Notifications.Tests;

/// <summary>What was there before an upgrade is as it would be had it been written after: its rows are met, though their tables
/// are closed to who owns them.</summary>
public sealed class UpgradeTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    [Fact]
    public async Task What_was_on_its_way_to_an_ended_webhook_is_given_up_and_nothing_else()
    {
        var (ended, living) = (Guid.NewGuid(), Guid.NewGuid());
        await world.Stop();
        await world.Upgrade("195_ended_webhooks_deliveries.sql",
            Line(ended, "you-left") + Line(living, "you-left")
            + $"UPDATE webhook SET ended_at = created_at WHERE webhook_id = '{ended}'");
        Assert.Equal("given-up true", await Delivery(ended, "outcome || ' ' || (ended_at = created_at)"));
        Assert.Equal("open", await Delivery(living, "coalesce(outcome, 'open')"));
        await world.Start();
        await StaysClosed("webhook", "webhook_delivery");
    }

    [Fact]
    public async Task Lines_that_were_written_with_a_guests_name_lose_it_and_others_keep_theirs()
    {
        var (guest, other) = (Guid.NewGuid(), Guid.NewGuid());
        await world.Stop();
        await world.Upgrade("197_guests_unnamed.sql", Line(guest, "guest-time-ends") + Line(other, "confirm-reset") + "SELECT 1");
        foreach (var (id, kept) in new[] { (guest, "Vårsol"), (other, "Vårsol Karin Ek") })
        {
            Assert.Equal(kept, await world.Scalar<string>(
                "SELECT concat_ws(' ', arguments ->> 'title', arguments ->> 'name') FROM inbox_line WHERE line_id = $1", id));
            Assert.Equal(kept, await Delivery(id, """
                concat_ws(' ', body::jsonb #>> '{data,words,title}', body::jsonb #>> '{data,words,name}')
                """));
        }
        await world.Start();
        await StaysClosed("inbox_line", "webhook_delivery");
    }

    private Task<string> Delivery(Guid id, string what) =>
        world.Scalar<string>($"SELECT {what} FROM webhook_delivery WHERE delivery_id = $1", id);

    private async Task StaysClosed(params string[] tables)
    {
        Assert.Equal((long)tables.Length, await world.Scalar<long>(
            "SELECT count(*) FROM pg_class WHERE relname = ANY($1) AND relrowsecurity AND relforcerowsecurity", [tables]));
    }

    /// <summary>A line with a webhook, and its delivery that waits; all by the same id.</summary>
    private static string Line(Guid id, string kind) => $$$"""
        INSERT INTO inbox_line (line_id, organisation_id, roles, kind, arguments, matter, whose, occasion, subject_kind,
          subject_id, path, since, must_act)
        VALUES ('{{{id}}}', '{{{id}}}', ARRAY[]::text[], '{{{kind}}}', '{"title": "Vårsol", "name": "Karin Ek"}', 'm', '{{{id}}}', 1,
          'partnership', '{{{id}}}', '/', now(), false);
        INSERT INTO webhook (webhook_id, organisation_id, url, kinds, generation, created_by, created_at, version)
        VALUES ('{{{id}}}', '{{{id}}}', 'https://example.com', ARRAY[]::text[], 1, '{{{id}}}', '2026-01-01', 1);
        INSERT INTO webhook_delivery (delivery_id, webhook_id, line_id, kind, body, created_at, due_at)
        VALUES ('{{{id}}}', '{{{id}}}', '{{{id}}}', '{{{kind}}}', '{"data": {"words": {"title": "Vårsol", "name": "Karin Ek"} } }',
          '2026-01-01', '2100-01-01');

        """;
}
