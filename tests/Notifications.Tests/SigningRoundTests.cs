using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.Notifications.Tests;

/// <summary>Who hears of a signing, in the order it goes round.</summary>
public sealed class SigningRoundTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    [Fact]
    public async Task Whoever_has_signed_is_asked_no_more_though_the_other_signatory_still_is()
    {
        var story = await new Story(world).Begun();
        await story.OpenedToAll();
        var (one, other) = (Callers.Of(story.Association, Roles.Signatory), Callers.Of(story.Association, Roles.Signatory));
        await world.Tell(story.SignedByAssociation(missing: 1, one.Person));
        Assert.DoesNotContain("sign-agreement", await Seen(one));
        Assert.Contains("sign-agreement", await Seen(other));
        await world.Tell(story.SignedByAssociation(missing: 0, other.Person));
        Assert.DoesNotContain("sign-agreement", await Seen(other));
    }

    [Fact]
    public async Task Whoever_has_signed_is_not_asked_by_a_line_that_comes_late()
    {
        var story = await new Story(world).Begun();
        var (one, other) = (Callers.Of(story.Association, Roles.Signatory), Callers.Of(story.Association, Roles.Signatory));
        await world.Tell(story.SignedByAssociation(missing: 1, one.Person));
        await world.Tell(story.OpenedToAssociation());
        Assert.DoesNotContain("sign-agreement", await Seen(one));
        Assert.Contains("sign-agreement", await Seen(other));
    }

    [Fact]
    public async Task A_reviewer_is_asked_by_name_or_by_role_until_the_text_is_read()
    {
        var story = await new Story(world).Begun();
        var (named, other) = (Callers.Of(story.Association, Roles.Reader), Callers.Of(story.Association, Roles.Legal));
        var (byName, byRole) = (Guid.NewGuid(), Guid.NewGuid());
        await world.Tell(story.ReviewAsked(byName, named.Person, null));
        Assert.Contains("review-version", await Seen(named));
        Assert.DoesNotContain("review-version", await Seen(other));
        await world.Tell(story.ReviewAsked(byRole, null, Roles.Legal));
        Assert.Contains("review-version", await Seen(other));
        await world.Tell(story.Reviewed(byName));
        Assert.DoesNotContain("review-version", await Seen(named));
        Assert.Contains("review-version", await Seen(other));
        await world.Tell(story.Reviewed(byRole));
        Assert.DoesNotContain("review-version", await Seen(other));
    }

    [Fact]
    public async Task A_decline_ends_the_signing_and_asks_the_officers_until_the_text_is_taken_back()
    {
        var story = await new Story(world).Begun();
        await story.OpenedToAll();
        await world.Tell(story.DeclinedByAssociation());
        Assert.DoesNotContain("sign-agreement", await world.Inbox(story.Municipality, Roles.Signatory));
        Assert.Contains("version-declined", await world.Inbox(story.Municipality, Roles.Signatory));
        Assert.DoesNotContain("version-declined", await world.Inbox(story.Association, Roles.Signatory));
        Assert.Contains("redraft-agreement", await world.Inbox(story.Association, Roles.Officer));
        await world.Tell(story.Redrafted());
        Assert.DoesNotContain("redraft-agreement", await world.Inbox(story.Association, Roles.Officer));
        Assert.Contains("agreement-redrafted", await world.Inbox(story.Municipality, Roles.Officer));
    }

    private async Task<IReadOnlyList<string?>> Seen(Caller caller) =>
        [.. (await world.As(caller).Get("/notifications/v1/inbox")).Body.GetProperty("items").EnumerateArray()
            .Select(line => line.GetProperty("kind").GetString())];
}
