using Iop.Contracts.Identity;

namespace Iop.Notifications.Tests;

/// <summary>Links of people's accounts reach them by mail, once and in time.</summary>
public sealed class AccountLinkTests(MailWorld world) : IClassFixture<MailWorld>
{
    [Theory]
    [InlineData("password", "sv", "Välj ett nytt lösenord")]
    [InlineData("invitation", "sv", "Välj ett lösenord")]
    [InlineData("second-factor", "en", "Connect a new app for one-time codes")]
    [InlineData("welcome", "sv", "Du är inbjuden till IOP-plattformen")]
    [InlineData("address", "sv", "Bekräfta din nya e-postadress")]
    [InlineData("address-changed", "en", "Your e-mail address has been changed")]
    [InlineData("password-changed", "sv", "Ditt lösenord är bytt")]
    [InlineData("second-factor-changed", "en", "A new app for one-time codes is connected")]
    [InlineData("login-connected", "sv", "En inloggning är kopplad till ditt konto")]
    [InlineData("new-device", "en", "Sign-in from a new device")]
    [InlineData("operator-link", "sv", "En länk till att bli driftansvarig har begärts")]
    public async Task A_link_reaches_its_person_once_in_her_language(string kind, string language, string subject)
    {
        var link = Link(kind, language);
        await world.Tell(link);
        await world.Tell(link);
        await world.Later(TimeSpan.FromSeconds(1));
        var mail = Assert.Single(world.Server.For(link.Email));
        Assert.Equal(subject, mail.Subject);
        Assert.Contains(link.Path, mail.Body, StringComparison.Ordinal);
    }

    /// <summary>Identity's link to another password lasts four hours.</summary>
    [Fact]
    public async Task A_link_reaches_its_person_in_time_after_an_hour_without_a_mail_server()
    {
        var link = world.Link("", lasts: TimeSpan.FromHours(4));
        await world.Server.Stop();
        await world.Tell(link);
        for (var waited = 0; waited < 12; waited++) await world.Later(TimeSpan.FromMinutes(5));
        await world.Server.Start();
        await world.Later(TimeSpan.FromHours(1));
        Assert.Contains(link.Path, Assert.Single(world.Server.For(link.Email)).Body, StringComparison.Ordinal);
        Assert.True(link.ExpiresAt - world.Clock.GetUtcNow() > TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData("password", "/glomt-losenord")]
    [InlineData("welcome", "/glomt-losenord")]
    [InlineData("invitation", "/logga-in")]
    [InlineData("second-factor", "/logga-in")]
    [InlineData("address", "/mina-uppgifter")]
    public async Task In_place_of_a_link_that_got_too_old_unsent_its_person_hears_where_to_ask_again(string kind, string page)
    {
        var link = world.Link("", kind, TimeSpan.FromHours(4));
        await world.Server.Stop();
        await world.Tell(link);
        for (var waited = 0; waited < 25; waited++) await world.Later(TimeSpan.FromHours(1)); // a morning among them
        await world.Server.Start();
        await world.Later(TimeSpan.FromHours(1));
        var mail = Assert.Single(world.Server.For(link.Email));
        Assert.Equal("Länken till dig hann gå ut", mail.Subject);
        Assert.EndsWith(page, mail.Body.Trim(), StringComparison.Ordinal);
        Assert.DoesNotContain(link.Path, mail.Body, StringComparison.Ordinal);
        await world.Later(TimeSpan.FromDays(1));
        Assert.Single(world.Server.For(link.Email));
        Assert.Equal(0, await world.Scalar<long>("SELECT count(*) FROM account_link WHERE link_id = $1", link.LinkId));
    }

    [Fact]
    public async Task A_link_heard_of_when_it_is_too_old_is_told_of_and_word_that_is_too_old_is_not()
    {
        var (link, word) = (world.Link("", lasts: TimeSpan.FromHours(1)), world.Link("", "new-device", TimeSpan.FromHours(1)));
        world.Clock.Advance(TimeSpan.FromHours(2));
        await world.Tell(link);
        await world.Tell(word);
        await world.Later(TimeSpan.FromSeconds(1));
        Assert.Equal("Länken till dig hann gå ut", Assert.Single(world.Server.For(link.Email)).Subject);
        Assert.Empty(world.Server.For(word.Email));
        Assert.Equal("unneeded", await world.OutcomeOf(word));
    }

    /// <summary>The link waits while the server is away, and its person moves to another address meanwhile; or the move is heard
    /// of first. A link made after the move goes to the new address, whichever is heard of first.</summary>
    [Theory]
    [InlineData("link, move", 3, false)]
    [InlineData("move, link", 3, false)]
    [InlineData("link, move", 4, true)]
    [InlineData("move, link", 4, true)]
    public async Task No_link_goes_to_an_address_that_its_person_has_left(string order, long linkIsOf, bool arrives)
    {
        var person = new Person(
            Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), null, "Vera", $"{Guid.NewGuid():N}@example.com", "sv");
        await world.Tell(person.Changed(1, "reader") with { PersonVersion = 3 });
        var moved = person with { Email = $"{Guid.NewGuid():N}@example.com" };
        var link = Link("password", "sv") with
        {
            PersonId = person.Id, Email = arrives ? moved.Email : person.Email, PersonVersion = linkIsOf,
        };
        foreach (var fact in order.Split(", "))
        {
            if (fact == "link") await world.Tell(link);
            else await world.Tell(moved.Changed(2, "reader") with { PersonVersion = 4 });
        }
        await world.Later(TimeSpan.FromSeconds(1));
        Assert.Equal(arrives ? 1 : 0, world.Server.For(link.Email).Count);
        if (!arrives) Assert.Equal("unneeded", await world.Outcome(person));
    }

    private AccountLinkMade Link(string kind, string language) => new()
    {
        LinkId = Guid.NewGuid(), Sequence = 1, PersonId = Guid.NewGuid(), Name = "Vera Lund",
        Email = $"{Guid.NewGuid():N}@example.com", Language = language, Kind = kind, Path = $"/nytt-losenord/{Guid.NewGuid():N}",
        ExpiresAt = world.Clock.GetUtcNow().AddHours(1),
    };
}
