using System.Net;
using Iop.Contracts.Agreements;
using Iop.Contracts.Identity;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.Notifications.Tests;

/// <summary>What awaits a person reaches her by mail: once, when it still awaits her, and in her language. The postman's own
/// rounds stand still as long as the clock does.</summary>
public sealed class MailTests(MailWorld world) : IClassFixture<MailWorld>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_task_reaches_whoever_has_the_role_in_her_language_with_a_way_to_it()
    {
        var story = await new Story(world).Begun();
        var swede = await world.Member(story.Municipality, Roles.Legal, "Karin Lindqvist", unit: story.Unit);
        var english = await world.Member(story.Municipality, Roles.Legal, "Joan", language: "en");
        var officer = await world.Member(story.Municipality, Roles.Officer, "Anna");
        await world.Tell(story.Completed());
        await world.Later(Minute);
        var mail = Assert.Single(Asked(swede));
        Assert.Equal("Den rättsliga bedömningen av ”Kvinnojour” är klar och väntar på ditt godkännande.", mail.Subject);
        Assert.StartsWith("Hej Karin Lindqvist!", mail.Body, StringComparison.Ordinal);
        Assert.Contains($"/avtal/{story.Agreement}/bedomning", mail.Body, StringComparison.Ordinal);
        Assert.Contains("/inkorg/besked", mail.Body, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", mail.Headers, StringComparison.Ordinal);
        Assert.StartsWith("Hello Joan,", Assert.Single(Asked(english)).Body, StringComparison.Ordinal);
        Assert.Empty(Asked(officer));
    }

    [Fact]
    public async Task Of_an_act_of_an_organisation_that_takes_part_by_two_units_each_person_gets_one_mail()
    {
        var story = await new Story(world).Begun();
        var (other, third) = (Guid.NewGuid(), Guid.NewGuid());
        await world.Tell(new PartyJoinedPartnership
        {
            PartnershipId = story.Partnership, Sequence = 3, PartnershipTitle = "Trygg i Enköping", PartyId = Guid.NewGuid(),
            OrganisationId = story.Municipality, UnitId = other, Kind = "public",
        });
        var people = new List<Person>();
        foreach (var unit in new Guid?[] { null, story.Unit, other, third })
            people.Add(await world.Member(story.Municipality, Roles.Legal, "Karin", unit: unit));
        await world.Tell(story.Voided());
        await world.Later(Minute);
        Assert.Equal([1, 1, 1, 0], people.Select(person => Asked(person).Count));
    }

    [Theory]
    [InlineData("done")]
    [InlineData("snoozed")]
    [InlineData("never")]
    [InlineData("daily")]
    [InlineData("has lost the role")]
    public async Task What_no_longer_awaits_her_is_not_mailed(string meanwhile)
    {
        var story = await new Story(world).Begun();
        var person = await world.Member(story.Municipality, Roles.Legal, "Karin", unit: story.Unit);
        var another = await world.Member(story.Municipality, Roles.Legal, "Berit", unit: story.Unit);
        await world.Tell(story.Completed());
        var caller = world.As(person.Caller(Roles.Legal));
        switch (meanwhile)
        {
            case "done":
                await world.Tell(story.Approved());
                break;
            case "snoozed":
                var line = (await world.Tasks(caller))[0].GetProperty("id").GetGuid();
                (await caller.Act($"/notifications/v1/inbox/{line}/snooze", null, new { days = 1 }))
                    .Is(HttpStatusCode.OK);
                break;
            case "has lost the role":
                await world.Tell(person.Changed(2, Roles.Reader));
                break;
            default:
                (await caller.Put("/notifications/v1/mail-choice", null, new { how = meanwhile })).Is(HttpStatusCode.OK);
                break;
        }
        await world.Later(Minute);
        Assert.Empty(Asked(person));
        Assert.Equal(meanwhile == "done" ? 0 : 1, Asked(another).Count);
    }

    [Fact]
    public async Task Where_nobody_holds_the_role_any_more_the_administrators_stand_in()
    {
        var story = await new Story(world).Begun();
        var gone = await world.Member(story.Municipality, Roles.Legal, "Karin", unit: story.Unit);
        var admin = await world.Member(story.Municipality, Roles.Admin, "Birgitta");
        await world.Tell(story.Completed());
        Assert.Empty(await world.Tasks(world.As(admin.Caller(Roles.Admin))));
        await world.Tell(gone.Changed(2));
        var again = story.Completed(sequence: 7);
        await world.Tell(again);
        await world.Later(Minute);
        Assert.Single(Asked(admin));
        Assert.Empty(Asked(gone));
        Assert.Single(await world.Tasks(world.As(admin.Caller(Roles.Admin))));
    }

    [Theory]
    [InlineData("no-", 0, "refused")]
    [InlineData("slow-", 1, "sent")]
    [InlineData("later-", 1, "sent")]
    public async Task A_server_that_minds_one_address_holds_up_nobody_else(string kind, int arrived, string outcome)
    {
        var story = await new Story(world).Begun();
        var person = await world.Member(story.Municipality, Roles.Legal, "Karin", prefix: kind);
        var another = await world.Member(story.Municipality, Roles.Legal, "Berit");
        await world.Tell(story.Completed());
        await world.Later(Minute);
        Assert.Single(Asked(another));
        await world.Later(TimeSpan.FromHours(1));
        Assert.Equal(arrived, Asked(person).Count);
        Assert.Single(Asked(another));
        Assert.Equal(outcome, await world.Outcome(person));
    }

    [Fact]
    public async Task A_mail_taken_by_a_server_that_died_before_saying_so_comes_again_with_the_same_message_id()
    {
        var story = await new Story(world).Begun();
        var person = await world.Member(story.Municipality, Roles.Legal, "Karin", prefix: "crash-");
        await world.Tell(story.Completed());
        await world.Later(Minute);
        await world.Later(TimeSpan.FromHours(1));
        await world.Later(TimeSpan.FromHours(1));
        var ids = Asked(person).Select(mail => mail.MessageId).ToList();
        Assert.Equal(2, ids.Count);
        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task A_mail_server_that_is_away_for_an_hour_loses_nothing_and_doubles_nothing()
    {
        var story = await new Story(world).Begun();
        var people = await Lawyers(story, 5);
        await world.Server.Stop();
        await world.Tell(story.Completed());
        for (var waited = 0; waited < 12; waited++) await world.Later(TimeSpan.FromMinutes(5));
        await world.Server.Start();
        await world.Later(TimeSpan.FromHours(1));
        await world.Later(TimeSpan.FromHours(1));
        Assert.All(people, person => Assert.Single(Asked(person)));
    }

    [Fact]
    public async Task Three_postmen_send_one_mail()
    {
        var story = await new Story(world).Begun();
        var people = await Lawyers(story, 10);
        await world.Tell(story.Completed());
        world.Clock.Advance(Minute);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => world.Postman().Round(default))));
        await world.Later(TimeSpan.FromHours(3));
        Assert.All(people, person => Assert.Single(Asked(person)));
    }

    [Fact]
    public async Task News_comes_once_a_day_at_seven_in_Sweden_also_on_the_days_when_the_hour_changes()
    {
        var organisation = Guid.NewGuid();
        var person = await world.Member(organisation, Roles.Officer, "Anna");
        foreach (var day in new[] { new DateOnly(2026, 3, 28), new DateOnly(2026, 3, 29), new DateOnly(2026, 10, 25) })
        {
            world.Clock.SetTo(SwedishTime.At(day, new TimeOnly(6, 0)));
            await world.Tell(Joined(organisation));
            var before = world.Server.For(person.Email).Count;
            world.Clock.SetTo(SwedishTime.At(day, new TimeOnly(6, 59, 59)));
            await world.Later(TimeSpan.Zero);
            Assert.Equal(before, world.Server.For(person.Email).Count);
            await world.Later(TimeSpan.FromSeconds(1));
            await world.Later(TimeSpan.FromHours(2));
            Assert.Equal(before + 1, world.Server.For(person.Email).Count);
        }
    }

    [Fact]
    public async Task A_day_without_news_brings_no_mail_and_nothing_is_told_on_two_days()
    {
        var organisation = Guid.NewGuid();
        var person = await world.Member(organisation, Roles.Officer, "Anna");
        await world.Tell(Joined(organisation));
        for (var days = 0; days < 4; days++) await world.Later(TimeSpan.FromDays(1));
        var mail = Assert.Single(world.Server.For(person.Email));
        Assert.Equal("Nytt i era partnerskap", mail.Subject);
    }

    [Fact]
    public async Task Whoever_chose_one_mail_a_day_gets_tasks_and_news_in_it()
    {
        var story = await new Story(world).Begun();
        var person = await world.Member(story.Municipality, Roles.Legal, "Karin");
        var choice = await world.As(person.Caller(Roles.Legal)).Put("/notifications/v1/mail-choice", null, new { how = "daily" });
        Assert.Equal("daily", choice.Is(HttpStatusCode.OK).Body.GetProperty("how").GetString());
        await world.Tell(story.Completed());
        await world.Later(TimeSpan.FromDays(1));
        var mail = Assert.Single(world.Server.For(person.Email));
        Assert.Equal("Det här väntar på dig", mail.Subject);
        Assert.Contains("väntar på ditt godkännande", mail.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_who_chose_one_mail_a_day_finds_in_it_what_nobody_else_can_do()
    {
        var story = await new Story(world).Begun();
        var admin = await world.Member(story.Municipality, Roles.Admin, "Birgitta");
        (await world.As(admin.Caller(Roles.Admin)).Put("/notifications/v1/mail-choice", null, new { how = "daily" }))
            .Is(HttpStatusCode.OK);
        await world.Tell(story.Completed());
        await world.Later(TimeSpan.FromDays(1));
        Assert.Contains("väntar på ditt godkännande", Assert.Single(Asked(admin)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_holds_for_one_organisation_and_not_for_the_persons_others()
    {
        var (one, other) = (await new Story(world).Begun(), await new Story(world).Begun());
        var person = await world.Member(one.Municipality, Roles.Legal, "Karin");
        var there = person with { Membership = Guid.NewGuid(), Organisation = other.Municipality };
        await world.Tell(there.Changed(1, Roles.Legal));
        (await world.As(person.Caller(Roles.Legal)).Put("/notifications/v1/mail-choice", null, new { how = "never" }))
            .Is(HttpStatusCode.OK);
        await world.Tell(one.Completed());
        await world.Tell(other.Completed());
        await world.Later(TimeSpan.FromMinutes(1));
        Assert.Contains($"/avtal/{other.Agreement}/", Assert.Single(Asked(person)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_put_off_comes_back_on_its_day_in_the_inbox_and_by_mail()
    {
        var story = await new Story(world).Begun();
        var person = await world.Member(story.Municipality, Roles.Legal, "Karin");
        await world.Tell(story.Completed());
        var caller = world.As(person.Caller(Roles.Legal));
        var line = (await world.Tasks(caller))[0].GetProperty("id").GetGuid();
        var day = world.Clock.Today().AddDays(2);
        (await caller.Act($"/notifications/v1/inbox/{line}/snooze", null, new { days = 2 })).Is(HttpStatusCode.OK);
        Assert.Empty(await world.Tasks(caller));
        await world.Later(TimeSpan.FromDays(1));
        Assert.Empty(Asked(person));
        world.Clock.SetTo(SwedishTime.At(day, new TimeOnly(7, 0)));
        await world.Later(TimeSpan.Zero);
        Assert.Single(Asked(person));
        Assert.Single(await world.Tasks(caller));
    }

    [Fact]
    public async Task What_came_back_on_a_day_when_no_mail_left_is_mailed_on_the_next_once()
    {
        var story = await new Story(world).Begun();
        var person = await world.Member(story.Municipality, Roles.Legal, "Karin");
        await world.Tell(story.Completed());
        await world.Later(TimeSpan.FromDays(1)); // the task, and the morning's news
        var asked = Asked(person).Count;
        var caller = world.As(person.Caller(Roles.Legal));
        var line = (await world.Tasks(caller))[0].GetProperty("id").GetGuid();
        var back = world.Clock.Today().AddDays(2);
        (await caller.Act($"/notifications/v1/inbox/{line}/snooze", null, new { days = 2 })).Is(HttpStatusCode.OK);
        world.Clock.SetTo(SwedishTime.At(back.AddDays(3), new TimeOnly(7, 0))); // nobody has made a round since
        await world.Later(TimeSpan.Zero);
        Assert.Equal(asked + 1, Asked(person).Count);
        for (var days = 0; days < 3; days++) await world.Later(TimeSpan.FromDays(1));
        Assert.Equal(asked + 1, Asked(person).Count);
    }

    /// <summary>The line is older than her last mail: that its owner has left is what is new.</summary>
    [Fact]
    public async Task An_administrator_who_chose_one_mail_a_day_finds_in_the_next_what_an_owner_has_left_undone()
    {
        var story = await new Story(world).Begun();
        var owner = await world.Member(story.Municipality, Roles.Legal, "Karin");
        var admin = await world.Member(story.Municipality, Roles.Admin, "Birgitta");
        (await world.As(admin.Caller(Roles.Admin)).Put("/notifications/v1/mail-choice", null, new { how = "daily" }))
            .Is(HttpStatusCode.OK);
        await world.Tell(story.Completed());
        for (var days = 0; days < 2; days++) await world.Later(TimeSpan.FromDays(1)); // the news has been mailed
        Assert.Empty(Asked(admin));
        await world.Tell(owner.Changed(2));
        for (var days = 0; days < 3; days++) await world.Later(TimeSpan.FromDays(1));
        Assert.Contains("väntar på ditt godkännande", Assert.Single(Asked(admin)).Body, StringComparison.Ordinal);
        var another = await world.Member(story.Municipality, Roles.Legal, "Berit");
        await world.Later(TimeSpan.FromDays(1));
        await world.Tell(another.Changed(2)); // left once more: that is news again
        for (var days = 0; days < 3; days++) await world.Later(TimeSpan.FromDays(1));
        Assert.Equal(2, Asked(admin).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(91)]
    public async Task A_line_is_put_off_until_tomorrow_at_the_earliest_and_not_for_ever(int days)
    {
        var organisation = Guid.NewGuid();
        var person = await world.Member(organisation, Roles.Officer, "Anna");
        await world.Tell(Joined(organisation));
        var caller = world.As(person.Caller(Roles.Officer));
        var line = (await world.Lines(organisation, Roles.Officer))[0].GetProperty("id").GetGuid();
        (await caller.Act($"/notifications/v1/inbox/{line}/snooze", null, new { days }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task Hostile_words_of_a_title_stay_words()
    {
        var organisation = Guid.NewGuid();
        var person = await world.Member(organisation, Roles.Officer, "Anna\r\nBcc: stranger@example.com");
        await world.Tell(Joined(organisation, "Titel\r\nBcc: stranger@example.com\r\n\r\n<script>"));
        await world.Later(TimeSpan.FromDays(1));
        var mail = Assert.Single(world.Server.For(person.Email));
        Assert.DoesNotContain("\r\nBcc", mail.Headers, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("”Titel  Bcc: stranger@example.com    <script>”", mail.Body, StringComparison.Ordinal);
        Assert.Empty(world.Server.For("stranger@example.com"));
    }

    private async Task<List<Person>> Lawyers(Story story, int count)
    {
        var people = new List<Person>();
        while (people.Count < count) people.Add(await world.Member(story.Municipality, Roles.Legal, $"Nr {people.Count}"));
        return people;
    }

    // News comes in other mails, whenever the clock passes seven.
    private IReadOnlyList<Received> Asked(Person person) =>
        [.. world.Server.For(person.Email).Where(mail => mail.Body.Contains("/bedomning", StringComparison.Ordinal))];

    private static PartyJoinedPartnership Joined(Guid organisation, string title = "Trygg i Enköping") => new()
    {
        PartnershipId = Guid.NewGuid(), Sequence = 1, PartnershipTitle = title, PartyId = Guid.NewGuid(),
        OrganisationId = organisation, Kind = "idea-driven",
    };
}

/// <summary>Somebody who can be told.</summary>
public sealed record Person(Guid Membership, Guid Id, Guid Organisation, Guid? Unit, string Name, string Email, string Language)
{
    public Caller Caller(string role) => new(Id, Organisation, Unit, new HashSet<string>(StringComparer.Ordinal) { role });

    public MembershipChanged Changed(long sequence, params string[] roles) => new()
    {
        MembershipId = Membership, Sequence = sequence, PersonId = Id, Name = Name, Email = Email, Language = Language,
        OrganisationId = Organisation, UnitId = Unit, Roles = roles,
    };
}
