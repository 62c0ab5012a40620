using Iop.Contracts.Agreements;
using Iop.Kernel;

namespace Iop.Notifications.Tests;

/// <summary>What people hear of an agreement that lives: each fact once, in whatever order and however often it comes.</summary>
public sealed class LifeTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    /// <summary>Of an agreement that nothing else is known of: whoever is a party hears.</summary>
    [Theory]
    [InlineData("01234")]
    [InlineData("43210")]
    [InlineData("20413")]
    [InlineData("0011223344")]
    [InlineData("432101234")]
    public async Task Each_fact_is_heard_once_in_whatever_order_it_comes(string order)
    {
        var life = new Life();
        await world.Tell(life.Joined(life.Municipality, 1)); // so that the circle is known
        await world.Tell(life.Joined(life.Association, 2));
        foreach (var number in order) await Tell(life, number);
        foreach (var organisation in new[] { life.Municipality, life.Association })
        {
            var inbox = await world.Inbox(organisation, Roles.Officer);
            string[] news = [.. inbox.Where(kind => kind.StartsWith("agreement-", StringComparison.Ordinal)
                || kind is "renewed-without-talk").Order(StringComparer.Ordinal)];
            Assert.Equal(["agreement-changed-adjustment", "agreement-changed-renewal", "agreement-ended", "agreement-in-force",
                "renewed-without-talk"], news);
            Assert.Equal(organisation == life.Association ? 1 : 0, inbox.Count(kind => kind == "notice-given"));
        }
        Assert.Empty(await world.Inbox(Guid.NewGuid(), Roles.Officer));
    }

    /// <summary>A version that all have signed answers what was asked on the way to it; one that nobody signs does not.</summary>
    [Theory]
    [InlineData("signatures", false, false)]
    [InlineData("signatures", true, false)]
    [InlineData("term", false, true)]
    [InlineData("term", true, true)]
    public async Task What_is_asked_on_the_way_is_answered_by_what_all_have_signed(
        string bindsBy, bool changeFirst, bool stillAsked)
    {
        var life = new Life();
        await world.Tell(life.Joined(life.Municipality, 1));
        if (changeFirst) await world.Tell(life.Changed(20, "renewal") with { BindsBy = bindsBy });
        await world.Tell(life.Asked(15));
        if (!changeFirst) await world.Tell(life.Changed(20, "renewal") with { BindsBy = bindsBy });
        Assert.Equal(stillAsked, (await world.Inbox(life.Municipality, Roles.Legal)).Contains("approve-assessment"));
        await world.Tell(life.Asked(25)); // the next change asks anew
        Assert.Contains("approve-assessment", await world.Inbox(life.Municipality, Roles.Legal));
    }

    /// <summary>The one whose notice it is knows; the talk before the last date of notice is no more to be booked.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Notice_ends_the_wait_for_the_joint_talk_whichever_is_heard_first(bool noticeFirst)
    {
        var life = new Life();
        await world.Tell(life.Joined(life.Municipality, 1));
        await world.Tell(life.Joined(life.Association, 2));
        if (noticeFirst) await world.Tell(life.Notice(12));
        await world.Tell(life.TalkDue(10));
        if (!noticeFirst)
        {
            Assert.Contains("book-joint-talk", await world.Inbox(life.Association, Roles.Officer));
            await world.Tell(life.Notice(12));
        }
        Assert.DoesNotContain("book-joint-talk", await world.Inbox(life.Association, Roles.Officer));
        Assert.Contains("notice-given", await world.Inbox(life.Association, Roles.Officer));
        Assert.DoesNotContain("notice-given", await world.Inbox(life.Municipality, Roles.Officer));
    }

    /// <summary>A newcomer hears what happens from then on.</summary>
    [Fact]
    public async Task Who_joins_by_an_accession_is_told_of_it_and_of_what_follows()
    {
        var (life, newcomer) = (new Life(), Guid.NewGuid());
        await world.Tell(life.Joined(life.Municipality, 1));
        await world.Tell(life.Begun());
        await world.Tell(life.Changed(20, "accession", newcomer));
        Assert.Equal(["agreement-changed-accession"], await world.Inbox(newcomer, Roles.Reader));
        await world.Tell(life.Ended());
        Assert.Contains("agreement-ended", await world.Inbox(newcomer, Roles.Reader));
    }

    /// <summary>1 a change takes over without the leaver, 2 it has left the partnership, 3 a reason is told, 4 the talk is to be
    /// booked, 5 an older fact names it as a party.</summary>
    [Theory]
    [InlineData("12345")]
    [InlineData("23451")]
    [InlineData("25134")]
    [InlineData("52341")]
    [InlineData("2233445511")]
    public async Task Who_has_left_hears_that_and_nothing_that_is_told_after_it(string order)
    {
        var (life, leaver) = (new Life(), Guid.NewGuid());
        await world.Tell(life.Joined(life.Municipality, 1));
        await world.Tell(life.Joined(leaver, 2));
        await world.Tell(life.TalkDue(8)); // awaits it when it leaves
        Assert.Contains("book-joint-talk", await world.Inbox(leaver, Roles.Officer));
        foreach (var number in order)
        {
            _ = number switch
            {
                '1' => await world.Tell(life.Changed(20, "withdrawal")),
                '2' => await world.Tell(life.Left(leaver, 3)),
                '3' => await world.Tell(life.Notice(25)),
                '4' => await world.Tell(life.TalkDue(26)),
                _ => await world.Tell(life.Changed(14, "adjustment", leaver)),
            };
        }
        var inbox = await world.Inbox(leaver, Roles.Officer);
        Assert.DoesNotContain("book-joint-talk", inbox);
        var afterwards = order[(order.IndexOf('2', StringComparison.Ordinal) + 1)..];
        if (afterwards.Contains('3', StringComparison.Ordinal)) Assert.DoesNotContain("notice-given", inbox);
        Assert.Single(inbox, kind => kind == "you-left");
        await world.Tell(life.Ended());
        Assert.DoesNotContain("agreement-ended", await world.Inbox(leaver, Roles.Officer));
        Assert.Contains("agreement-ended", await world.Inbox(life.Municipality, Roles.Officer));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_comes_back_hears_again_and_the_others_hear_of_it(bool leavingLast)
    {
        var (life, leaver) = (new Life(), Guid.NewGuid());
        await world.Tell(life.Joined(life.Municipality, 1));
        await world.Tell(life.Joined(leaver, 2));
        if (!leavingLast) await world.Tell(life.Left(leaver, 3));
        await world.Tell(life.Joined(leaver, 6));
        if (leavingLast) await world.Tell(life.Left(leaver, 3)); // older than what is known
        await world.Tell(life.Ended());
        Assert.Contains("agreement-ended", await world.Inbox(leaver, Roles.Officer));
        Assert.Equal(2, (await world.Inbox(leaver, Roles.Officer)).Count(kind => kind == "you-joined"));
        Assert.Equal(2, (await world.Inbox(life.Municipality, Roles.Officer)).Count(kind => kind == "party-joined"));
    }

    private Task<Guid> Tell(Life life, char number) => number switch
    {
        '0' => world.Tell(life.Begun()),
        '1' => world.Tell(life.Changed(12, "adjustment")),
        '2' => world.Tell(life.Changed(14, "renewal") with { WithoutTalk = true, BindsBy = "term" }),
        '3' => world.Tell(life.Notice(15)),
        _ => world.Tell(life.Ended()),
    };

    /// <summary>What may be said of one agreement.</summary>
    private sealed record Life
    {
        public Guid Municipality { get; } = Guid.NewGuid();

        public Guid Association { get; } = Guid.NewGuid();

        private Guid Partnership { get; } = Guid.NewGuid();

        private Guid Agreement { get; } = Guid.NewGuid();

        public PartyJoinedPartnership Joined(Guid organisation, long sequence) => new()
        {
            PartnershipId = Partnership, Sequence = sequence, PartnershipTitle = "Vårsol", PartyId = organisation,
            OrganisationId = organisation, Kind = "public",
        };

        public PartyLeftPartnership Left(Guid organisation, long sequence) => new()
        {
            PartnershipId = Partnership, Sequence = sequence, PartnershipTitle = "Vårsol", PartyId = organisation,
            OrganisationId = organisation, LeftOn = new DateOnly(2026, 3, 1),
        };

        public AssessmentCompleted Asked(long sequence) => new()
        {
            AgreementId = Agreement, Sequence = sequence, PartnershipId = Partnership, Title = "Vårsol", AssessedHash = "a",
            Approvers = [new() { OrganisationId = Municipality }],
        };

        public AgreementEnteredIntoForce Begun() => new()
        {
            AgreementId = Agreement, Sequence = 9, PartnershipId = Partnership, Title = "Vårsol", VersionHash = "b",
            SignedOn = new DateOnly(2026, 1, 15), StartsOn = new DateOnly(2026, 2, 1), AutoRenews = false, Purpose = "Stöd",
            Challenge = "Ingen hjälp", TargetGroup = "Barn", Contributions = [],
            Parties =
            [
                new() { PartyId = Municipality, OrganisationId = Municipality, Name = "Kommunen", Kind = "public" },
                new() { PartyId = Association, OrganisationId = Association, Name = "Föreningen", Kind = "idea-driven" },
            ],
        };

        public AgreementChanged Changed(long sequence, string kind, params Guid[] more) => new()
        {
            AgreementId = Agreement, Sequence = sequence, PartnershipId = Partnership, Title = "Vårsol", Kind = kind,
            BindsBy = "signatures", Reason = "Skäl.", VersionHash = $"v{sequence}", PreviousVersionHash = "b",
            EffectiveOn = new DateOnly(2026, 3, 1), SignedOn = new DateOnly(2026, 2, 20), StartsOn = new DateOnly(2026, 2, 1),
            AutoRenews = false, WithoutTalk = false, AssessmentTooOld = false, Purpose = "Stöd", Challenge = "Ingen hjälp",
            TargetGroup = "Barn", Contributions = [],
            Parties =
            [
                .. new[] { Municipality, Association }.Concat(more).Select((party, place) => new AgreementChangedParty
                {
                    PartyId = party, OrganisationId = party, Name = "En part", Kind = place == 0 ? "public" : "idea-driven",
                }),
            ],
        };

        public AgreementNoticeGiven Notice(long sequence) => new()
        {
            AgreementId = Agreement, Sequence = sequence, PartnershipId = Partnership, Title = "Vårsol",
            OrganisationId = Municipality, Reason = "Sparkrav.", LastDay = new DateOnly(2026, 9, 2),
        };

        public JointTalkDue TalkDue(long sequence) => new()
        {
            AgreementId = Agreement, Sequence = sequence, PartnershipId = Partnership, Title = "Vårsol", What = "book",
            Before = new DateOnly(2026, 6, 30),
        };

        public AgreementEnded Ended() => new()
        {
            AgreementId = Agreement, Sequence = 30, PartnershipId = Partnership, Title = "Vårsol", How = "notice",
            EndedOn = new DateOnly(2026, 9, 2),
        };
    }
}
