using System.Net;
using Iop.Contracts.Identity;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Notifications.Tests;

/// <summary>A mail server that answers late, or not at all, or refuses what has nothing to do with the receiver.</summary>
public sealed class MailTroubleTests(MailWorld world) : IClassFixture<MailWorld>
{
    private const string Root = "/notifications/v1/operating";
    private const string All = Root + "/mails/again";

    /// <summary>Longer than the half minute after which most give up: whoever gives up then sends it again and again.</summary>
    [Fact]
    public async Task A_server_that_takes_a_mail_and_says_so_half_a_minute_later_gets_it_once()
    {
        var link = world.Link("late-");
        await world.Tell(link);
        await world.Later(TimeSpan.FromSeconds(1));
        Assert.Equal("sent", await world.OutcomeOf(link));
        for (var hours = 0; hours < 4; hours++) await world.Later(TimeSpan.FromHours(1));
        Assert.Single(world.Server.For(link.Email));
    }

    [Fact]
    public async Task A_server_that_refuses_who_sends_refuses_nobodys_address_and_gets_the_mail_when_it_is_mended()
    {
        var link = world.Link("");
        await world.Server.Stop();
        await world.Server.Start(new { refusesSender = true });
        await world.Tell(link);
        await world.Later(TimeSpan.FromSeconds(1));
        Assert.Equal("MAIL FROM: 550 5.7.1 … may not send here", await world.Unsent(link));
        Assert.Equal("", await world.OutcomeOf(link));
        await world.Server.Stop();
        await world.Server.Start();
        await world.Later(TimeSpan.FromHours(1));
        Assert.Equal("sent", await world.OutcomeOf(link));
    }

    [Fact]
    public async Task A_server_that_refuses_the_mail_itself_is_asked_again_for_four_days_and_the_operator_sees_why()
    {
        var link = world.Link("spam-");
        await world.Tell(link);
        await world.Later(TimeSpan.FromSeconds(1));
        Assert.Equal("message: 554 not for … filter is out of order", await world.Unsent(link));
        Assert.Equal("", await world.OutcomeOf(link));
        await world.Later(TimeSpan.FromDays(4));
        Assert.Equal("given-up", await world.OutcomeOf(link));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // with all others
    public async Task What_is_tried_again_is_tried_for_four_days_more(bool withAll)
    {
        var link = world.Link("spam-");
        await world.Tell(link);
        await world.Later(TimeSpan.FromSeconds(1));
        await world.Later(TimeSpan.FromDays(4));
        Assert.Equal("given-up", await world.OutcomeOf(link));
        var mail = await world.Scalar<Guid>("SELECT mail_id FROM mail WHERE link_id = $1", link.LinkId);
        (await world.As(Callers.Of(Guid.NewGuid(), Roles.Operator)).Act(withAll ? All : $"{Root}/mails/{mail}/again", null))
            .Is(HttpStatusCode.OK);
        await world.Later(TimeSpan.FromSeconds(1));
        Assert.Equal("", await world.OutcomeOf(link));
        Assert.Equal(1, await world.Scalar<int>("SELECT attempts FROM mail WHERE mail_id = $1", mail));
        await world.Later(TimeSpan.FromDays(4));
        Assert.Equal("given-up", await world.OutcomeOf(link));
    }

    [Fact]
    public async Task An_invitation_to_a_mistyped_address_is_known_to_those_who_administer_where_the_person_is_invited()
    {
        const string Path = "/notifications/v1/refused-addresses";
        var invited = await world.Member(Guid.NewGuid(), Roles.Reader, "Vera", prefix: "no-");
        var invitation = world.Link("no-", "welcome") with { PersonId = invited.Id, Email = invited.Email };
        await world.Tell(invitation);
        await world.Tell(world.Link("no-", "address") with { PersonId = invited.Id });
        await world.Later(TimeSpan.FromSeconds(1));
        Assert.Equal("refused", await world.OutcomeOf(invitation));
        Assert.Equal([invited.Id], await Refused(invited.Organisation));
        Assert.Empty(await Refused(Guid.NewGuid()));
        var mended = invited with { Email = $"{invited.Id:N}@example.com" };
        await world.Tell(mended.Changed(2, Roles.Reader) with { PersonVersion = 2 });
        Assert.Empty(await Refused(invited.Organisation)); // nothing has been refused there
        await world.Tell(invited.Changed(3));
        Assert.Empty(await Refused(invited.Organisation));

        async Task<IReadOnlyList<Guid>> Refused(Guid organisation) =>
            [.. (await world.As(Callers.Of(organisation, Roles.Admin)).Get(Path)).Is(HttpStatusCode.OK).Body
                .GetProperty("items").EnumerateArray().Select(one => one.GetProperty("personId").GetGuid())];
    }

    [Fact]
    public async Task What_was_given_up_on_is_tried_again_all_at_once_and_noted_once_but_no_link_that_is_too_old()
    {
        var (organisation, now) = (Guid.NewGuid(), world.Clock.GetUtcNow());
        await world.Scalar<object>("""
            WITH made AS (INSERT INTO mail (mail_id, person_id, organisation_id, day, since, until, created_at, due_at, attempts,
              ended_at, outcome) SELECT gen_random_uuid(), gen_random_uuid(), $1, '2026-03-01', $2, $2,
              $2, $2, 1, $2, 'given-up' FROM generate_series(1, 1002) RETURNING 1)
            SELECT count(*) FROM made
            """, organisation, now.AddYears(-1)); // older than what other tests leave
        var (fresh, old) = (world.Link("spam-"), world.Link("spam-", lasts: TimeSpan.FromHours(1)));
        await world.Tell(fresh);
        await world.Tell(old);
        foreach (var link in new[] { fresh, old })
        {
            await world.Scalar<object>("""
                UPDATE mail SET outcome = 'given-up', ended_at = $2 WHERE link_id = $1 RETURNING 1
                """, link.LinkId, now);
        }
        world.Clock.Advance(TimeSpan.FromHours(2));
        var asked = world.As(Callers.Of(Guid.NewGuid(), Roles.Operator));
        (await world.As(Callers.Of(Guid.NewGuid(), Roles.Admin)).Act(All, null)).Is(HttpStatusCode.Forbidden);
        var before = (await asked.Get(Root + "/unsent")).Body.GetProperty("givenUp").GetInt64();
        var first = (await asked.Act(All, null)).Is(HttpStatusCode.OK).Body;
        Assert.Equal((1_000, before - 1_000), (first.GetProperty("sent").GetInt32(), first.GetProperty("left").GetInt64()));
        var second = (await asked.Act(All, null)).Is(HttpStatusCode.OK).Body;
        Assert.Equal((before - 1_000, 0), (second.GetProperty("sent").GetInt64(), second.GetProperty("left").GetInt64()));
        Assert.Equal(("", "given-up"), (await world.OutcomeOf(fresh), await world.OutcomeOf(old)));
        Assert.Equal(1, await world.Scalar<long>("""
            SELECT count(*) FROM audit_trail WHERE operation = 'SendMailsAgain' AND changes ->> 0 = 'sent 1000 mails again'
            """));
        var mail = await world.Scalar<Guid>("SELECT mail_id FROM mail WHERE link_id = $1", old.LinkId);
        (await asked.Act($"{Root}/mails/{mail}/again", null)).Refuses(HttpStatusCode.Conflict, "mail.link-too-old");
        Assert.Equal("given-up", await world.OutcomeOf(old));
        await world.Scalar<long>("""
            WITH rest AS (UPDATE mail SET outcome = 'unneeded', ended_at = $2 WHERE organisation_id = $1 RETURNING 1)
            SELECT count(*) FROM rest
            """, organisation, now); // a thousand on their way would stand before the mails of other tests
    }
}

/// <summary>The same with little patience.</summary>
public sealed class MailSilenceTests(HastyMailWorld world) : IClassFixture<HastyMailWorld>
{
    private const string Root = "/notifications/v1/operating";

    [Fact]
    public async Task A_server_that_never_says_whether_it_took_a_mail_gets_it_twice_with_the_same_message_id_and_no_more()
    {
        var link = world.Link("mute-");
        await world.Tell(link);
        await world.Later(TimeSpan.FromSeconds(1));
        Assert.Single(world.Server.For(link.Email));
        for (var hours = 0; hours < 5; hours++) await world.Later(TimeSpan.FromHours(1));
        Assert.Equal(2, world.Server.For(link.Email).Count);
        Assert.Single(world.Server.For(link.Email).Select(mail => mail.MessageId).Distinct());
        Assert.Equal(("unanswered", "no answer"), (await world.OutcomeOf(link), await world.Unsent(link)));
    }

    [Fact]
    public async Task While_one_mail_waits_for_its_answer_another_round_sends_the_next_and_not_the_same()
    {
        var (slow, next) = (world.Link("slow-"), world.Link(""));
        await world.Tell(slow);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var waiting = Task.Run(() => world.Postman().Round(default), TestContext.Current.CancellationToken);
        await Eventually.Holds("it is handed over", () => Task.FromResult(world.Server.For(slow.Email).Count == 1));
        await world.Tell(next);
        await world.Later(TimeSpan.FromMinutes(5));
        Assert.Single(world.Server.For(next.Email));
        Assert.False(waiting.IsCompleted);
        Assert.Single(world.Server.For(slow.Email));
        await waiting;
    }

    [Fact]
    public async Task A_mail_that_is_being_handed_over_is_not_tried_again_before_the_server_may_have_answered()
    {
        var link = world.Link("mute-");
        await world.Tell(link);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var waiting = Task.Run(() => world.Postman().Round(default), TestContext.Current.CancellationToken);
        await Eventually.Holds("it is handed over", () => Task.FromResult(world.Server.For(link.Email).Count == 1));
        var mail = await world.Scalar<Guid>("SELECT mail_id FROM mail WHERE link_id = $1", link.LinkId);
        Assert.True(await IsUnderWay());
        (await Operator().Act($"{Root}/mails/{mail}/again", null)).Refuses(HttpStatusCode.Conflict, "mail.under-way");
        await world.Later(TimeSpan.Zero);
        Assert.Single(world.Server.For(link.Email));
        await waiting;
        Assert.False(await IsUnderWay());
        (await Operator().Act($"{Root}/mails/{mail}/again", null)).Is(HttpStatusCode.OK);
        await world.Scalar<object>("UPDATE mail SET held_until = $2, attempts = 1 WHERE mail_id = $1 RETURNING 1", mail,
            world.Clock.GetUtcNow()); // whoever handed it over has died: it is held no longer than a server may take
        Assert.False(await IsUnderWay());
        (await Operator().Act($"{Root}/mails/{mail}/again", null)).Is(HttpStatusCode.OK);

        async Task<bool> IsUnderWay() => (await Operator().Get(Root + "/unsent?limit=100")).Is(HttpStatusCode.OK).Body
            .GetProperty("items").EnumerateArray().Single(one => one.GetProperty("id").GetGuid() == mail)
            .GetProperty("underWay").GetBoolean();
    }

    private CallerClient Operator() => world.As(Callers.Of(Guid.NewGuid(), Roles.Operator));
}

/// <summary>A postman who waits four seconds for an answer.</summary>
public sealed class HastyMailWorld(Servers servers) : MailWorld(servers)
{
    protected override IEnumerable<(string Key, string Value)> Settings => [.. base.Settings, ("Mail:AnswerMax", "00:00:04")];
}

/// <summary>Links, by the way the mail server treats them.</summary>
internal static class MailedLinks
{
    public static AccountLinkMade Link(this MailWorld world, string prefix, string kind = "password", TimeSpan? lasts = null) =>
        new()
        {
            LinkId = Guid.NewGuid(), Sequence = 1, PersonId = Guid.NewGuid(), Name = "Vera Lund",
            Email = $"{prefix}{Guid.NewGuid():N}@example.com", Language = "sv", Kind = kind,
            Path = $"/nytt-losenord/{Guid.NewGuid():N}", ExpiresAt = world.Clock.GetUtcNow() + (lasts ?? TimeSpan.FromDays(14)),
        };

    public static Task<string> OutcomeOf(this MailWorld world, AccountLinkMade link) =>
        world.Scalar<string>("SELECT coalesce(outcome, '') FROM mail WHERE link_id = $1", link.LinkId);

    /// <summary>What the operator reads of it.</summary>
    public static async Task<string?> Unsent(this MailWorld world, AccountLinkMade link)
    {
        var id = await world.Scalar<Guid>("SELECT mail_id FROM mail WHERE link_id = $1", link.LinkId);
        return (await world.As(Callers.Of(Guid.NewGuid(), Roles.Operator)).Get("/notifications/v1/operating/unsent?limit=100"))
            .Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()
            .Single(one => one.GetProperty("id").GetGuid() == id).GetProperty("trouble").GetString();
    }
}
