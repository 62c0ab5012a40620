using System.Net;
using System.Text;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Notifications.Storage;
using Iop.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Iop.Notifications.Tests;

/// <summary>What was sent is kept for the days that are named, and no longer; a secret is kept nowhere.</summary>
public sealed class ForgettingTests(WebhookWorld world) : IClassFixture<WebhookWorld>
{
    [Fact]
    public async Task A_webhooks_deliveries_are_forgotten_after_thirty_days()
    {
        var organisation = Guid.NewGuid();
        var webhook = await world.Webhook(organisation, world.Allowed.Url + "/ok-" + organisation);
        await world.Tell(Joined(organisation));
        await world.Later(TimeSpan.Zero);
        Assert.Equal("delivered", (await world.OnlyDelivery(organisation, webhook)).GetProperty("outcome").GetString());
        await After(TimeSpan.FromDays(ForgetWhatWasSent.DeliveryDays));
        Assert.Single(await world.Deliveries(organisation, webhook)); // on the day itself it is there
        await After(TimeSpan.FromMinutes(1));
        Assert.Empty(await world.Deliveries(organisation, webhook));
    }

    [Fact]
    public async Task What_is_still_tried_is_not_forgotten()
    {
        var organisation = Guid.NewGuid();
        var webhook = await world.Webhook(organisation, world.Allowed.Url + "/ok-" + organisation);
        await world.Tell(Joined(organisation));
        await After(TimeSpan.FromDays(100));
        Assert.Single(await world.Deliveries(organisation, webhook));
    }

    [Fact]
    public async Task A_webhooks_secret_is_not_readable_in_what_is_stored()
    {
        var organisation = Guid.NewGuid();
        var admin = world.Admin(organisation);
        var made = (await admin.Create("/notifications/v1/webhooks",
            new { url = world.Allowed.Url + "/secret" }, "same")).Is(HttpStatusCode.Created);
        var again = (await admin.Create("/notifications/v1/webhooks",
            new { url = world.Allowed.Url + "/secret" }, "same")).Is(HttpStatusCode.Created);
        Assert.StartsWith("whsec_", made.Body.GetProperty("secret").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, await world.Scalar<long>("SELECT count(*) FROM webhook WHERE organisation_id = $1", organisation));
        Assert.Equal(made.Body.GetProperty("secret").GetString(), again.Body.GetProperty("secret").GetString());
        var kept = await world.Scalar<string>(
            "SELECT answer #>> ARRAY[]::text[] FROM idempotency WHERE organisation_id = $1", organisation);
        Assert.DoesNotContain("whsec_", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", Encoding.Latin1.GetString(Convert.FromBase64String(kept)), StringComparison.Ordinal);
    }

    private async Task After(TimeSpan time)
    {
        world.Clock.Advance(time);
        await ActivatorUtilities.CreateInstance<ForgetWhatWasSent>(world.Services, NullLogger<ForgetWhatWasSent>.Instance)
            .Once(default);
    }

    private static PartyJoinedPartnership Joined(Guid organisation) => new()
    {
        PartnershipId = Guid.NewGuid(), Sequence = 1, PartnershipTitle = "Vårsol", PartyId = Guid.NewGuid(),
        OrganisationId = organisation, Kind = "public",
    };
}
