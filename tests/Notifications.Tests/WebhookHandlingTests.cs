using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Iop.Calling;
using Iop.Contracts.Agreements;
using Iop.Contracts.Identity;
using Iop.Kernel;
using Iop.Notifications.Domain;
using Iop.TestKit;

namespace Iop.Notifications.Tests;

/// <summary>Who handles an organisation's webhooks, and what becomes of what is on its way meanwhile.</summary>
public sealed class WebhookHandlingTests(WebhookWorld world) : IClassFixture<WebhookWorld>
{
    private const string Root = "/notifications/v1/webhooks";

    [Fact]
    public async Task No_transaction_waits_for_the_receiver_of_a_test_call()
    {
        var organisation = Guid.NewGuid();
        var webhook = await world.Webhook(organisation, world.Allowed.Url + "/held");
        var trying = world.Admin(organisation).Act(Place(webhook) + "/test", null);
        try
        {
            await Eventually.Holds("the receiver has been called", () => Task.FromResult(world.Allowed.At("/held").Count == 1));
            Assert.Equal(0, await world.Scalar<long>("""
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND usename = 'notifications_app' AND xact_start IS NOT NULL
                """));
            Assert.False(trying.IsCompleted);
        }
        finally
        {
            world.Allowed.Held.SetResult();
        }
        Assert.Equal("204", (await trying).Is(HttpStatusCode.OK).Body.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Whoever_administers_a_unit_handles_no_webhook_of_the_organisation()
    {
        var organisation = Guid.NewGuid();
        var webhook = await world.Webhook(organisation, world.Allowed.Url + "/ok-" + organisation);
        await world.Tell(Joined(organisation));
        await world.Later(TimeSpan.Zero);
        var sent = (await world.OnlyDelivery(organisation, webhook)).GetProperty("id").GetGuid();
        foreach (var (unit, refused) in new (Guid?, bool)[] { (Guid.NewGuid(), true), (null, false) })
        {
            var admin = world.As(Callers.OfUnit(organisation, unit, Roles.Admin));
            Reply[] answers =
            [
                await admin.Get(Root), await admin.Create(Root, new { url = "https://example.com" }),
                await admin.Get(Place(webhook) + "/deliveries"),
                await admin.Act($"{Place(webhook)}/deliveries/{sent}/again", null),
                await admin.Act(Place(webhook) + "/test", null), await admin.Act(Place(webhook) + "/secret", "\"1\""),
                await admin.Delete(Place(webhook), "\"2\""),
            ];
            foreach (var answer in answers)
            {
                if (refused) answer.Refuses(HttpStatusCode.Forbidden, WebhookRefusals.OfTheWhole.Code);
                else Assert.Contains(answer.Status, new[] { HttpStatusCode.OK, HttpStatusCode.Created });
            }
        }
    }

    [Theory]
    [InlineData("sign-agreement", true)]
    [InlineData("sign-agrement", false)]
    [InlineData("somebody", false)]
    [InlineData("webhook-given-up", false)] // would go where it does not arrive
    [InlineData("accessibility-report", false)] // the operators' inbox alone
    [InlineData("confirm-reset", false)] // one colleague's alone
    [InlineData("guest-time-ends", false)] // hers who invited
    [InlineData("", false)]
    public async Task Only_kinds_that_there_are_can_be_asked_for(string kind, bool taken)
    {
        var answer = await world.Admin(Guid.NewGuid()).Create(Root, new { url = "https://example.com", kinds = new[] { kind } });
        if (taken) answer.Is(HttpStatusCode.Created);
        else Assert.Equal("webhook.unknown-kind", Assert.Single(answer.Refuses(HttpStatusCode.BadRequest, "request.invalid")
            .Body.GetProperty("errors").EnumerateArray()).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("https://8.8.8.8/", true)]
    [InlineData("http://8.8.8.8/", false)]
    [InlineData("http://10.20.255.1/", true)]
    [InlineData("http://10.21.0.1/", false)]
    [InlineData("http://[::ffff:10.20.0.1]/", true)]
    [InlineData("http://[2a00:1450:400f::1]/", false)]
    [InlineData("http://127.0.0.1/", false)]
    [InlineData("http://inside.example/", true)] // where it leads is judged when it is called
    [InlineData("http://user@10.20.0.1/", false)]
    public void Without_encryption_only_the_allowed_networks_are_called(string address, bool may)
    {
        Assert.Equal(may, new ReachableAddresses(["10.20.0.0/16"], plainInside: true).MayBeCalled(address));
        if (address.StartsWith("http:", StringComparison.Ordinal))
            Assert.False(new ReachableAddresses([], plainInside: true).MayBeCalled(address));
    }

    /// <summary>Nothing leaves this machine: the address is refused before it is connected to.</summary>
    [Fact]
    public async Task A_name_that_leads_out_of_the_allowed_networks_is_not_connected_to_without_encryption()
    {
        using var calls = new HttpClient(new ReachableAddresses(["127.0.0.1/32"], plainInside: true).NewHandler());
        Assert.Equal("not-encrypted", ReachableAddresses.Why(
            await Assert.ThrowsAsync<HttpRequestException>(() => calls.GetAsync(new Uri("http://8.8.8.8/")))));
        Assert.Equal("internal-address", ReachableAddresses.Why(
            await Assert.ThrowsAsync<HttpRequestException>(() => calls.GetAsync(new Uri(world.Forbidden.Url)))));
        Assert.Equal(HttpStatusCode.NoContent, (await calls.GetAsync(new Uri(world.Allowed.Url + "/ok"))).StatusCode);
    }

    [Fact]
    public async Task Plain_http_to_an_address_outside_is_refused_at_once()
    {
        var admin = world.Admin(Guid.NewGuid());
        foreach (var address in new[] { "http://8.8.8.8/", world.Forbidden.Url + "/ok" })
            (await admin.Create(Root, new { url = address })).Refuses(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task Nobody_changes_a_webhook_that_somebody_else_has_changed_since_it_was_seen()
    {
        var organisation = Guid.NewGuid();
        var webhook = await world.Webhook(organisation, world.Allowed.Url + "/ok-" + organisation);
        var (admin, seen) = (world.Admin(organisation), $"\"{webhook.GetProperty("webhookTag").GetString()}\"");
        (await admin.Act(Place(webhook) + "/secret", null)).Is(HttpStatusCode.PreconditionRequired);
        (await admin.Delete(Place(webhook))).Is(HttpStatusCode.PreconditionRequired);
        var renewed = (await admin.Act(Place(webhook) + "/secret", seen)).Is(HttpStatusCode.OK);
        (await admin.Act(Place(webhook) + "/secret", seen)).Is(HttpStatusCode.PreconditionFailed); // one secret, not two
        (await admin.Delete(Place(webhook), seen)).Is(HttpStatusCode.PreconditionFailed);
        var listed = Assert.Single((await admin.Get(Root)).Body.GetProperty("items").EnumerateArray());
        Assert.Equal(renewed.Tag, $"\"{listed.GetProperty("webhookTag").GetString()}\"");
        (await admin.Delete(Place(webhook), renewed.Tag)).Is(HttpStatusCode.OK);
    }

    /// <summary>Whichever of the secrets a receiver holds, it knows the call as ours until a day after the last change.</summary>
    [Fact]
    public async Task The_secrets_before_a_new_one_sign_for_a_day_beside_it()
    {
        var organisation = Guid.NewGuid();
        var path = "/ok-" + organisation;
        var webhook = await world.Webhook(organisation, world.Allowed.Url + path);
        var secrets = new List<string> { Secret(webhook) };
        Assert.Equal(secrets, await Signing());
        for (var renewals = 0; renewals < 2; renewals++)
        {
            var renewed = (await world.Admin(organisation).Act(Place(webhook) + "/secret", $"\"{renewals + 1}\""))
                .Is(HttpStatusCode.OK).Body;
            Assert.Equal(world.Clock.GetUtcNow().AddHours(24), renewed.GetProperty("oldSecretUntil").GetDateTimeOffset());
            secrets.Insert(0, Secret(renewed));
            Assert.Equal(secrets, await Signing());
            world.Clock.Advance(TimeSpan.FromHours(23));
            Assert.Equal(secrets, await Signing());
        }
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(secrets[..1], await Signing());
        var shown = Assert.Single((await world.Admin(organisation).Get(Root)).Body.GetProperty("items").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("oldSecretUntil").ValueKind);
        (await world.Admin(organisation).Act(Place(webhook) + "/secret", "\"3\"")).Is(HttpStatusCode.OK);
        Assert.Equal(2, (await Signatures()).Count); // the first ones are over, and do not begin again

        async Task<IReadOnlyList<string>> Signing()
        {
            var signatures = await Signatures();
            var call = world.Allowed.At(path)[^1];
            var signed = Encoding.UTF8.GetBytes($"{call.Headers["webhook-id"]}.{call.Headers["webhook-timestamp"]}.{call.Body}");
            return [.. signatures.Select(signature => secrets.Single(secret => signature == "v1," + Convert.ToBase64String(
                HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed))))];
        }

        async Task<IReadOnlyList<string>> Signatures()
        {
            (await world.Admin(organisation).Act(Place(webhook) + "/test", null)).Is(HttpStatusCode.OK);
            return world.Allowed.At(path)[^1].Headers["webhook-signature"].Split(' ');
        }
    }

    [Fact]
    public async Task What_is_for_one_person_goes_to_no_webhook()
    {
        var (organisation, person) = (Guid.NewGuid(), Guid.NewGuid());
        var webhook = await world.Webhook(organisation, world.Allowed.Url + "/ok-" + organisation);
        await world.Tell(new SecondFactorResetAsked
        {
            ResetId = Guid.NewGuid(), Sequence = 1, AboutPersonId = Guid.NewGuid(), Name = "Karin",
            AskedByPersonId = Guid.NewGuid(), LastOn = new DateOnly(2026, 3, 9),
            MayConfirm = [new SecondFactorResetConfirmer { PersonId = person, OrganisationId = organisation }],
        });
        foreach (var inviter in new Guid?[] { person, null })
        {
            await world.Tell(new GuestTimeEnds
            {
                GuestId = Guid.NewGuid(), Sequence = 1, PartnershipId = Guid.NewGuid(), PartnershipTitle = "Vårsol",
                Stage = "soon", InviterOrganisationId = organisation, InviterPersonId = inviter, ToOn = new DateOnly(2026, 3, 9),
            });
        }
        await world.Tell(Joined(organisation));
        Assert.Equal(3L, await world.Scalar<long>("""
            SELECT count(*) FROM inbox_line WHERE organisation_id = $1 AND kind IN ('confirm-reset', 'guest-time-ends')
            """, organisation));
        Assert.Equal("you-joined", (await world.OnlyDelivery(organisation, webhook)).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task An_ended_webhook_stays_to_be_seen_with_what_it_was_sent_and_what_was_on_its_way_is_given_up()
    {
        var organisation = Guid.NewGuid();
        var webhook = await world.Webhook(organisation, world.Allowed.Url + "/down-" + organisation);
        world.Allowed.IsDown = true;
        await world.Tell(Joined(organisation));
        await world.Later(TimeSpan.Zero);
        world.Allowed.IsDown = false;
        (await world.Admin(organisation).Delete(Place(webhook), "\"1\"")).Is(HttpStatusCode.OK);
        (await world.Admin(organisation).Delete(Place(webhook), "\"1\"")).Is(HttpStatusCode.NotFound);
        await world.Later(TimeSpan.FromDays(2));
        Assert.Single(world.Allowed.At("/down-" + organisation));
        var ended = Assert.Single((await world.Admin(organisation).Get(Root)).Body.GetProperty("items").EnumerateArray());
        Assert.Equal("ended", ended.GetProperty("state").GetString());
        var sent = await world.OnlyDelivery(organisation, webhook);
        Assert.Equal("given-up", sent.GetProperty("outcome").GetString());
        var again = $"/notifications/v1/operating/webhook-deliveries/{sent.GetProperty("id").GetGuid()}/again";
        (await world.As(Callers.Of(Guid.NewGuid(), Roles.Operator)).Act(again, null)).Is(HttpStatusCode.NotFound);
    }

    private static string Secret(JsonElement webhook) => webhook.GetProperty("secret").GetString()!;

    private static string Place(JsonElement webhook) => $"{Root}/{webhook.GetProperty("id").GetGuid()}";

    private static PartyJoinedPartnership Joined(Guid organisation) => new()
    {
        PartnershipId = Guid.NewGuid(), Sequence = 1, PartnershipTitle = "Trygg i Enköping", PartyId = Guid.NewGuid(),
        OrganisationId = organisation, Kind = "idea-driven",
    };
}
