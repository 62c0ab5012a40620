using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Iop.Calling;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Notifications.Tests;

/// <summary>An organisation's systems hear what its inboxes hear: signed, again until they take it, and nowhere they should not
/// reach.</summary>
public sealed class WebhookTests(WebhookWorld world) : IClassFixture<WebhookWorld>
{
    [Fact]
    public async Task A_line_reaches_the_webhook_signed_as_the_standard_says()
    {
        var organisation = Guid.NewGuid();
        var path = "/ok-" + organisation;
        var webhook = await world.Webhook(organisation, world.Allowed.Url + path);
        await world.Tell(Joined(organisation));
        await world.Later(TimeSpan.Zero);
        var call = Assert.Single(world.Allowed.At(path));
        var (id, time) = (call.Headers["webhook-id"], call.Headers["webhook-timestamp"]);
        var key = Convert.FromBase64String(webhook.GetProperty("secret").GetString()!["whsec_".Length..]);
        Assert.Equal("v1," + Convert.ToBase64String(
            HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{time}.{call.Body}"))), call.Headers["webhook-signature"]);
        Assert.Equal(world.Clock.GetUtcNow().ToUnixTimeSeconds(), long.Parse(time, CultureInfo.InvariantCulture));
        var said = JsonSerializer.Deserialize<JsonElement>(call.Body);
        Assert.Equal("line.you-joined", said.GetProperty("type").GetString());
        Assert.Equal(organisation, said.GetProperty("data").GetProperty("organisationId").GetGuid());
        Assert.Equal("delivered", (await world.OnlyDelivery(organisation, webhook)).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_receiver_that_is_away_gets_it_when_it_is_back_once_and_with_the_same_id()
    {
        var organisation = Guid.NewGuid();
        var path = "/down-" + organisation;
        var webhook = await world.Webhook(organisation, world.Allowed.Url + path);
        world.Allowed.IsDown = true;
        await world.Tell(Joined(organisation));
        await world.Tell(Joined(organisation));
        await world.Later(TimeSpan.Zero);
        Assert.Single(world.Allowed.At(path)); // the second waits: one that fails is left alone
        await world.Later(TimeSpan.FromMinutes(1));
        world.Allowed.IsDown = false;
        for (var waited = 0; waited < 4; waited++) await world.Later(TimeSpan.FromHours(1));
        var taken = world.Allowed.At(path).TakeLast(2).Select(call => call.Headers["webhook-id"]).ToList();
        Assert.Equal(2, taken.Distinct().Count());
        Assert.All(await world.Deliveries(organisation, webhook),
            one => Assert.Equal("delivered", one.GetProperty("outcome").GetString()));
        var before = world.Allowed.At(path).Count;
        await world.Later(TimeSpan.FromDays(2));
        Assert.Equal(before, world.Allowed.At(path).Count);
    }

    [Fact]
    public async Task What_was_given_up_can_be_sent_again()
    {
        var organisation = Guid.NewGuid();
        var path = "/down-" + organisation;
        var webhook = await world.Webhook(organisation, world.Allowed.Url + path);
        world.Allowed.IsDown = true;
        await world.Tell(Joined(organisation));
        for (var days = 0; days < 12; days++) await world.Later(TimeSpan.FromDays(1));
        world.Allowed.IsDown = false;
        var sent = await world.OnlyDelivery(organisation, webhook);
        Assert.Equal(("given-up", "503"), (sent.GetProperty("outcome").GetString(), sent.GetProperty("answer").GetString()));
        (await world.Admin(organisation).Act($"/notifications/v1/webhooks/{webhook.GetProperty("id").GetGuid()}/deliveries/"
            + $"{sent.GetProperty("id").GetGuid()}/again", null)).Is(HttpStatusCode.OK);
        await world.Later(TimeSpan.FromDays(2));
        Assert.Equal("delivered", (await world.OnlyDelivery(organisation, webhook)).GetProperty("outcome").GetString());
        Assert.Single(world.Allowed.At(path).Select(call => call.Headers["webhook-id"]).Distinct());
    }

    [Fact]
    public async Task One_receiver_that_never_answers_holds_up_nobody_else()
    {
        var (slow, quick) = (Guid.NewGuid(), Guid.NewGuid());
        var hanging = await world.Webhook(slow, world.Allowed.Url + "/slow");
        await world.Webhook(quick, world.Allowed.Url + "/ok-" + quick);
        await world.Tell(Joined(slow));
        await world.Tell(Joined(quick));
        await Task.WhenAll(world.Caller().Round(default), world.Caller().Round(default));
        Assert.Single(world.Allowed.At("/ok-" + quick));
        Assert.Equal("slow", (await world.OnlyDelivery(slow, hanging)).GetProperty("answer").GetString());
        // Nor any other test.
        (await world.Admin(slow).Delete($"/notifications/v1/webhooks/{hanging.GetProperty("id").GetGuid()}", "\"1\""))
            .Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Neither_an_internal_address_nor_one_that_a_receiver_sends_us_on_to_is_reached()
    {
        var organisation = Guid.NewGuid();
        var direct = await world.Webhook(organisation, Encrypted(world.Forbidden.Url) + "/ok");
        var onwards = await world.Webhook(organisation, $"{world.Allowed.Url}/to?{world.Forbidden.Url}/ok");
        await world.Tell(Joined(organisation));
        await world.Later(TimeSpan.Zero);
        Assert.Empty(world.Forbidden.At("/ok"));
        Assert.Equal("internal-address", (await world.OnlyDelivery(organisation, direct)).GetProperty("answer").GetString());
        Assert.Equal("307", (await world.OnlyDelivery(organisation, onwards)).GetProperty("answer").GetString());
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("8.8.8.8", true)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2a00:1450:400f::1", true)]
    public void Only_public_addresses_are_reached(string address, bool reached) =>
        Assert.Equal(reached, new ReachableAddresses([]).MayReach(IPAddress.Parse(address)));

    [Fact]
    public async Task Whoever_answers_gone_is_sent_no_more()
    {
        var organisation = Guid.NewGuid();
        await world.Webhook(organisation, world.Allowed.Url + "/gone");
        await world.Tell(Joined(organisation));
        await world.Later(TimeSpan.Zero);
        var before = world.Allowed.At("/gone").Count;
        await world.Tell(Joined(organisation));
        await world.Later(TimeSpan.FromDays(3));
        Assert.Equal(before, world.Allowed.At("/gone").Count);
        var ended = Assert.Single((await world.Admin(organisation).Get("/notifications/v1/webhooks")).Body.GetProperty("items")
            .EnumerateArray());
        Assert.Equal("ended", ended.GetProperty("state").GetString());
        var sent = await world.OnlyDelivery(organisation, ended); // the second was never queued
        Assert.Equal(("given-up", "410"), (sent.GetProperty("outcome").GetString(), sent.GetProperty("answer").GetString()));
        Assert.Equal(1, (await world.Inbox(organisation, Roles.Admin)).Count(kind => kind == "webhook-ended"));
        Assert.DoesNotContain("webhook-ended", await world.Inbox(organisation, Roles.Officer));
        world.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, (await world.Admin(organisation).Get("/notifications/v1/webhooks")).Body.GetProperty("items")
            .GetArrayLength());
    }

    [Fact]
    public async Task Administrators_are_told_once_for_as_long_as_nothing_is_taken()
    {
        var organisation = Guid.NewGuid();
        var webhook = await world.Webhook(organisation, world.Allowed.Url + "/down-" + organisation, "you-joined");
        world.Allowed.IsDown = true;
        await world.Tell(Joined(organisation));
        await world.Tell(Joined(organisation));
        for (var days = 0; days < 30; days++) await world.Later(TimeSpan.FromHours(20));
        Assert.All(await world.Deliveries(organisation, webhook),
            one => Assert.Equal("given-up", one.GetProperty("outcome").GetString()));
        Assert.Equal(1, await Told());
        world.Allowed.IsDown = false;
        await world.Tell(Joined(organisation));
        await world.Later(TimeSpan.FromDays(2));
        world.Allowed.IsDown = true;
        await world.Tell(Joined(organisation));
        for (var days = 0; days < 12; days++) await world.Later(TimeSpan.FromDays(1));
        world.Allowed.IsDown = false;
        Assert.Equal(2, await Told()); // it had taken something in between

        async Task<int> Told() => (await world.Inbox(organisation, Roles.Admin)).Count(kind => kind == "webhook-given-up");
    }

    [Fact]
    public async Task What_is_sent_again_goes_at_once_also_while_the_receiver_is_left_alone()
    {
        var organisation = Guid.NewGuid();
        var path = "/down-" + organisation;
        var webhook = await world.Webhook(organisation, world.Allowed.Url + path);
        var place = $"/notifications/v1/webhooks/{webhook.GetProperty("id").GetGuid()}/deliveries/";
        foreach (var byOperator in new[] { false, true })
        {
            world.Allowed.IsDown = true;
            world.Clock.Advance(TimeSpan.FromSeconds(1)); // the newest is the first
            await world.Tell(Joined(organisation));
            await world.Later(TimeSpan.Zero);
            world.Allowed.IsDown = false;
            var waits = (await world.Deliveries(organisation, webhook))[0];
            Assert.Equal(JsonValueKind.Null, waits.GetProperty("outcome").ValueKind);
            var id = waits.GetProperty("id").GetGuid();
            (byOperator
                ? await world.As(Callers.Of(Guid.NewGuid(), Roles.Operator)).Act(
                    $"/notifications/v1/operating/webhook-deliveries/{id}/again", null)
                : await world.Admin(organisation).Act($"{place}{id}/again", null)).Is(HttpStatusCode.OK);
            await world.Later(TimeSpan.Zero);
            Assert.Equal("delivered", (await world.Deliveries(organisation, webhook))[0].GetProperty("outcome").GetString());
        }
    }

    [Fact]
    public async Task What_should_have_gone_long_ago_and_nobody_has_tried_is_late()
    {
        var organisation = Guid.NewGuid();
        await world.Webhook(organisation, world.Allowed.Url + "/ok-" + organisation);
        await world.Tell(Joined(organisation));
        world.Clock.Advance(TimeSpan.FromMinutes(15));
        var before = await Late();
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(before + 1, await Late());
        await world.Later(TimeSpan.Zero);
        Assert.Equal(before, await Late());

        async Task<long> Late() => (await world.As(Callers.Of(Guid.NewGuid(), Roles.Operator)).Get(
            "/notifications/v1/operating/unsent")).Body.GetProperty("late").GetInt64();
    }

    [Fact]
    public async Task A_test_call_says_what_the_receiver_answers_and_leaves_nothing()
    {
        var organisation = Guid.NewGuid();
        var path = "/ok-" + organisation;
        var webhook = await world.Webhook(organisation, world.Allowed.Url + path);
        var inside = await world.Webhook(organisation, Encrypted(world.Forbidden.Url) + "/ok");
        Assert.Equal((true, "204"), await Tried(webhook));
        var call = Assert.Single(world.Allowed.At(path));
        Assert.StartsWith("v1,", call.Headers["webhook-signature"], StringComparison.Ordinal);
        Assert.Equal("test", JsonSerializer.Deserialize<JsonElement>(call.Body).GetProperty("type").GetString());
        Assert.Equal((false, "internal-address"), await Tried(inside));
        Assert.Empty(await world.Deliveries(organisation, webhook));
        (await world.Admin(Guid.NewGuid()).Act(Place(webhook), null)).Is(HttpStatusCode.NotFound);
        (await world.As(Callers.Of(organisation, Roles.Officer)).Act(Place(webhook), null)).Is(HttpStatusCode.Forbidden);

        static string Place(JsonElement of) => $"/notifications/v1/webhooks/{of.GetProperty("id").GetGuid()}/test";

        async Task<(bool, string?)> Tried(JsonElement of)
        {
            var tried = (await world.Admin(organisation).Act(Place(of), null)).Is(HttpStatusCode.OK).Body;
            return (tried.GetProperty("taken").GetBoolean(), tried.GetProperty("answer").GetString());
        }
    }

    [Fact]
    public async Task Only_the_kinds_that_were_asked_for_come_and_nothing_of_other_organisations()
    {
        var (organisation, other) = (Guid.NewGuid(), Guid.NewGuid());
        var path = "/ok-" + organisation;
        await world.Webhook(organisation, world.Allowed.Url + path, "sign-agreement");
        await world.Tell(Joined(organisation));
        await world.Tell(Joined(other));
        await world.Later(TimeSpan.Zero);
        Assert.Empty(world.Allowed.At(path));
    }

    [Fact]
    public async Task Webhooks_are_the_administrators_own_organisations_ten_at_most_and_at_a_safe_address()
    {
        var organisation = Guid.NewGuid();
        var admin = world.Admin(organisation);
        var webhook = await world.Webhook(organisation, world.Allowed.Url + "/ok");
        var place = $"/notifications/v1/webhooks/{webhook.GetProperty("id").GetGuid()}";
        var stranger = world.Admin(Guid.NewGuid());
        (await stranger.Get(place + "/deliveries")).Is(HttpStatusCode.NotFound);
        (await stranger.Act(place + "/secret", null)).Is(HttpStatusCode.NotFound);
        var officer = world.As(Callers.Of(organisation, Roles.Officer));
        (await officer.Get("/notifications/v1/webhooks")).Is(HttpStatusCode.Forbidden);
        (await officer.Create("/notifications/v1/webhooks", new { url = "https://example.com" })).Is(HttpStatusCode.Forbidden);
        foreach (var address in new[] { "ftp://example.com", "https://user:secret@example.com", "/inkorg", "" })
            (await admin.Create("/notifications/v1/webhooks", new { url = address })).Is(HttpStatusCode.BadRequest);
        for (var more = 0; more < 9; more++) await world.Webhook(organisation, "https://example.com/" + more);
        (await admin.Create("/notifications/v1/webhooks", new { url = "https://example.com" }))
            .Refuses(HttpStatusCode.Conflict, "webhook.too-many");
    }

    private static string Encrypted(string url) => url.Replace("http:", "https:", StringComparison.Ordinal);

    private static PartyJoinedPartnership Joined(Guid organisation) => new()
    {
        PartnershipId = Guid.NewGuid(), Sequence = 1, PartnershipTitle = "Trygg i Enköping", PartyId = Guid.NewGuid(),
        OrganisationId = organisation, Kind = "idea-driven",
    };
}
