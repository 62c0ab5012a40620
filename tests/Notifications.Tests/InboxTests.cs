using System.Net;
using Iop.Contracts;
using Iop.Contracts.Identity;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.Platform.Messaging;
using Iop.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Notifications.Tests;

public sealed class InboxTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    [Fact]
    public async Task Whoever_must_act_next_is_told_until_it_is_done()
    {
        var story = await new Story(world).Begun();
        await world.Tell(story.Completed());
        Assert.Contains("approve-assessment", await world.Inbox(story.Municipality, Roles.Legal));
        Assert.DoesNotContain("approve-assessment", await world.Inbox(story.Municipality, Roles.Officer));
        Assert.DoesNotContain("approve-assessment", await world.Inbox(story.Association, Roles.Legal));

        await world.Tell(story.Approved());
        Assert.DoesNotContain("approve-assessment", await world.Inbox(story.Municipality, Roles.Legal));
        Assert.Equal("open-agreement", (await world.Inbox(story.Municipality, Roles.Officer))[0]);

        await story.OpenedToAll();
        Assert.DoesNotContain("open-agreement", await world.Inbox(story.Municipality, Roles.Officer));
        Assert.Equal("sign-agreement", (await world.Inbox(story.Association, Roles.Signatory))[0]);

        await world.Tell(story.SignedByAssociation(missing: 1));
        Assert.Equal("sign-agreement", (await world.Inbox(story.Association, Roles.Signatory))[0]); // two sign together
        await world.Tell(story.SignedByAssociation(missing: 0));
        Assert.DoesNotContain("sign-agreement", await world.Inbox(story.Association, Roles.Signatory));
        Assert.Equal("sign-agreement", (await world.Inbox(story.Municipality, Roles.Signatory))[0]);
        Assert.Contains("party-signed", await world.Inbox(story.Municipality, Roles.Officer));

        await world.Tell(story.Signed());
        Assert.DoesNotContain("sign-agreement", await world.Inbox(story.Municipality, Roles.Signatory));
        Assert.Contains("agreement-signed", await world.Inbox(story.Association, Roles.Reader));
    }

    [Fact]
    public async Task A_lawyer_whose_approval_an_edit_voids_is_asked_again_and_nobody_to_open_meanwhile()
    {
        var story = await new Story(world).Begun();
        await world.Tell(story.Completed());
        await world.Tell(story.Approved());
        await world.Tell(story.Voided()); // of the same version of the agreement: an edit of a section does not count as one
        Assert.Contains("approve-assessment-again", await world.Inbox(story.Municipality, Roles.Legal));
        Assert.DoesNotContain("approve-assessment-again", await world.Inbox(story.Association, Roles.Legal));
        Assert.DoesNotContain("open-agreement", await world.Inbox(story.Municipality, Roles.Officer));
        await world.Tell(story.Approved() with { Sequence = 5 });
        Assert.DoesNotContain("approve-assessment-again", await world.Inbox(story.Municipality, Roles.Legal));
        Assert.Contains("open-agreement", await world.Inbox(story.Municipality, Roles.Officer));
    }

    [Fact]
    public async Task A_line_that_comes_after_the_act_it_asks_for_is_never_shown()
    {
        var story = await new Story(world).Begun();
        await world.Tell(story.SignedByAssociation(missing: 0));
        await story.OpenedToAll();
        Assert.DoesNotContain("sign-agreement", await world.Inbox(story.Association, Roles.Signatory));
        Assert.Contains("sign-agreement", await world.Inbox(story.Municipality, Roles.Signatory));
    }

    [Fact]
    public async Task Nothing_is_told_twice_and_a_new_question_replaces_the_old()
    {
        var story = await new Story(world).Begun();
        await world.Tell(story.Completed());
        await world.Tell(story.Completed()); // the same fact in a new message
        Assert.Single(await world.Inbox(story.Municipality, Roles.Legal), kind => kind == "approve-assessment");
        await world.Tell(story.Approved());
        await world.Tell(story.Completed(sequence: 5)); // an answer was changed: the approval no longer holds
        Assert.Single(await world.Inbox(story.Municipality, Roles.Legal), kind => kind == "approve-assessment");
    }

    [Fact]
    public async Task Another_organisation_and_another_unit_see_nothing_of_it()
    {
        var story = await new Story(world).Begun();
        await story.OpenedToAll();
        Assert.Empty(await world.Inbox(Guid.NewGuid(), Roles.Signatory));
        Assert.Empty(await world.Inbox(story.Municipality, Roles.Signatory, unit: Guid.NewGuid()));
        Assert.NotEmpty(await world.Inbox(story.Municipality, Roles.Signatory, story.Unit));
        (await world.Anonymous.Get("/notifications/v1/inbox")).Refuses(HttpStatusCode.Unauthorized, "request.unauthenticated");

        var line = (await world.Lines(story.Association, Roles.Signatory))[^1].GetProperty("id").GetGuid();
        var stranger = world.As(Callers.Of(Guid.NewGuid(), Roles.Signatory));
        (await stranger.Act($"/notifications/v1/inbox/{line}/dismissal", tag: null))
            .Refuses(HttpStatusCode.NotFound, "request.not-found");
    }

    [Fact]
    public async Task News_can_be_put_away_by_each_for_herself_but_what_demands_an_act_stays()
    {
        var story = await new Story(world).Begun();
        await story.OpenedToAll();
        var (one, other) = (Callers.Of(story.Association, Roles.Signatory), Callers.Of(story.Association, Roles.Signatory));
        var lines = (await world.As(one).Get("/notifications/v1/inbox")).Body.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["sign-agreement", "you-joined"], lines.Select(line => line.GetProperty("kind").GetString()));
        Assert.Equal((1, 1), await Counted(one));

        (await Dismiss(one, lines[0])).Refuses(HttpStatusCode.Conflict, "inbox.demands-an-act");
        (await Dismiss(one, lines[1])).Is(HttpStatusCode.OK);
        (await Dismiss(one, lines[1])).Is(HttpStatusCode.OK); // putting it away twice is putting it away
        Assert.Equal((1, 0), await Counted(one));
        Assert.Equal((1, 1), await Counted(other));
    }

    [Fact]
    public async Task Kronor_dates_and_names_are_written_as_people_write_them()
    {
        var story = new OutcomeStory();
        await world.Tell(story.Opened());
        await world.Tell(story.Triggered(minor: 540_000_050));
        var controller = Callers.Of(story.Payee, Roles.Controller);
        Assert.Equal("Utfallet för 2026H1 ger rätt till 5\u00A0400\u00A0000,50\u00A0kr enligt ”Norrköping”. Begär betalningen.",
            await First(controller, "sv"));
        Assert.Equal("The outcome for 2026H1 entitles you to SEK\u00A05,400,000.50 under “Norrköping”. Claim the payment.",
            await First(controller, "en"));

        var agreement = await new Story(world).Begun();
        await world.Named(agreement.Association, "Vårsol");
        await world.Tell(agreement.Signed());
        var texts = (await world.Lines(agreement.Municipality, Roles.Reader)).Select(line => line.GetProperty("text").GetString())
            .ToList();
        Assert.Contains("Alla har skrivit under ”Kvinnojour”. Det börjar gälla 3 mars 2026.", texts);
        Assert.Contains("Vårsol är nu part i samverkan ”Trygg i Enköping”.", texts);
    }

    [Fact]
    public async Task Who_has_chosen_English_reads_English_when_the_request_does_not_say()
    {
        var story = await new Story(world).Begun();
        var reader = Callers.Of(story.Association, Roles.Reader);
        await world.Tell(new MembershipChanged
        {
            MembershipId = Guid.NewGuid(), Sequence = 1, PersonId = reader.Person, Name = "Alice Berg",
            Email = "alice@example.org", Language = "en",
            OrganisationId = story.Association, Roles = [Roles.Reader],
        });
        Assert.StartsWith("You are now a party", await First(reader, ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_wanders_from_claim_to_attest_to_confirmation()
    {
        var story = new OutcomeStory();
        await world.Tell(story.Opened());
        await world.Tell(story.Triggered(540_000_000));
        Assert.Equal(["claim-obligation"], await world.Inbox(story.Payee, Roles.Controller));
        await world.Tell(story.Claimed());
        Assert.Empty(await world.Inbox(story.Payee, Roles.Controller));
        await world.Tell(story.Attested(missing: 1));
        Assert.Equal(["attest-claim"], await world.Inbox(story.Payer, Roles.Controller)); // two are needed
        await world.Tell(story.Attested(missing: 0));
        Assert.Empty(await world.Inbox(story.Payer, Roles.Controller));
        Assert.Equal(["confirm-payment"], await world.Inbox(story.Payee, Roles.Controller));
        await world.Tell(story.Settled());
        Assert.Empty(await world.Inbox(story.Payee, Roles.Controller));
        Assert.Equal(["obligation-settled"], await world.Inbox(story.Payer, Roles.Controller));
    }

    [Fact]
    public async Task A_returned_measurement_awaits_its_correction()
    {
        var story = new OutcomeStory();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await world.Tell(story.Opened());
        Assert.Equal(["sign-contract"], await world.Inbox(story.Verifier, Roles.Signatory)); // that it will verify
        await world.Tell(story.Reported(first));
        Assert.Equal(["verify-measurement"], await world.Inbox(story.Verifier, Roles.Verifier));
        await world.Tell(story.Returned(first));
        Assert.Empty(await world.Inbox(story.Verifier, Roles.Verifier));
        Assert.Equal(["correct-measurement"], await world.Inbox(story.Payee, Roles.Reporter));
        await world.Tell(story.Reported(second));
        Assert.Empty(await world.Inbox(story.Payee, Roles.Reporter));
    }

    [Fact]
    public void Every_queue_of_the_topology_has_its_reaction_and_no_other()
    {
        var promised = Topology.Subscriptions.Select(one => one.Queue)
            .Where(queue => queue.StartsWith("notifications.", StringComparison.Ordinal));
        Assert.Equal(promised.Order(StringComparer.Ordinal),
            world.Services.GetRequiredService<Reactions>().Queues.Order(StringComparer.Ordinal));
    }

    private async Task<string> First(Caller caller, string language)
    {
        var inbox = (await world.As(caller, language).Get("/notifications/v1/inbox")).Is(HttpStatusCode.OK);
        return inbox.Body.GetProperty("items")[0].GetProperty("text").GetString()!;
    }

    private Task<Reply> Dismiss(Caller caller, System.Text.Json.JsonElement line) =>
        world.As(caller).Act($"/notifications/v1/inbox/{line.GetProperty("id").GetGuid()}/dismissal", tag: null);

    private async Task<(int MustAct, int Unread)> Counted(Caller caller)
    {
        var count = (await world.As(caller).Get("/notifications/v1/inbox/count")).Is(HttpStatusCode.OK).Body;
        return (count.GetProperty("mustAct").GetInt32(), count.GetProperty("unread").GetInt32());
    }
}
