using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements;

/// <summary>Every state × every instrument × every kind of party: what happens, and what it is refused with.</summary>
public sealed class ChangeInstrumentTests
{
    private static readonly DateOnly Today = new(2026, 5, 4);
    private static readonly DateTimeOffset Now = SwedishTime.StartOf(Today).AddHours(9);

    [Theory]
    // state, then: renegotiate, admit, renew, adjust, leave, give notice, rescind, abandon
    [InlineData("Draft", "life.not-in-force", "life.not-in-force", "life.not-in-force", "life.not-in-force", "life.not-in-force",
        "life.not-in-force", "life.not-in-force", "life.no-change-under-way")]
    [InlineData("OpenForSignature", "life.not-in-force", "life.not-in-force", "life.not-in-force", "life.not-in-force",
        "life.not-in-force", "life.not-in-force", "life.not-in-force", "life.no-change-under-way")]
    [InlineData("Signed", "life.not-in-force", "life.not-in-force", "life.not-in-force", "life.not-in-force", "life.not-in-force",
        "life.not-in-force", "life.not-in-force", "life.no-change-under-way")]
    [InlineData("InForce", null, null, null, null, null, null, null, "life.no-change-under-way")]
    [InlineData("InForce, changing", "life.change-under-way", "life.change-under-way", "life.change-under-way",
        "life.change-under-way", null, null, null, null)]
    [InlineData("NoticeGiven", "life.not-in-force", "life.not-in-force", "life.not-in-force", "life.not-in-force",
        "life.not-in-force", "life.not-in-force", null, "life.no-change-under-way")]
    [InlineData("Ended", "life.not-in-force", "life.not-in-force", "life.not-in-force", "life.not-in-force", "life.not-in-force",
        "life.not-in-force", "life.not-in-force", "life.no-change-under-way")]
    [InlineData("Rescinded", "life.not-in-force", "life.not-in-force", "life.not-in-force", "life.not-in-force",
        "life.not-in-force", "life.not-in-force", "life.not-in-force", "life.no-change-under-way")]
    [InlineData("Withdrawn", "life.not-in-force", "life.not-in-force", "life.not-in-force", "life.not-in-force",
        "life.not-in-force", "life.not-in-force", "life.not-in-force", "life.no-change-under-way")]
    public void What_can_be_done_when(string state, params string?[] refusals)
    {
        var (agreement, parties, newcomer) = In(state);
        string?[] found =
        [
            Instruments.Renegotiate(agreement, Today, Today)?.Code,
            Instruments.Admit(agreement, parties, newcomer, Today, Today)?.Code,
            Instruments.Renew(agreement, new DateOnly(2040, 1, 1))?.Code,
            Instruments.Adjust(agreement, ["interventions"], Decided(Today), Today, Today)?.Code,
            Instruments.Leave(agreement, Members(parties), parties[1].Id, [], Today, out _)?.Code,
            Instruments.GiveNotice(agreement, Today, out _)?.Code,
            Instruments.Rescind(agreement)?.Code,
            agreement.AbandonChange(Now)?.Code,
        ];
        Assert.Equal(refusals, found);
    }

    [Theory]
    //          who is in the text (P public, I idea-driven, X private), who leaves, refused with
    [InlineData("PI", 0, "life.side-would-be-missing")]
    [InlineData("PI", 1, "life.side-would-be-missing")]
    [InlineData("PPI", 0, null)]
    [InlineData("PPI", 2, "life.side-would-be-missing")]
    [InlineData("PII", 0, "life.side-would-be-missing")]
    [InlineData("PII", 2, null)]
    [InlineData("PIX", 2, null)]
    [InlineData("PIX", 1, "life.side-would-be-missing")] // a private party is no idea-driven one
    public void Who_may_leave(string kinds, int leaves, string? refusal)
    {
        var (agreement, _, _) = In("InForce");
        var members = kinds.Select(letter => new Member(new PartyId(Guid.NewGuid()), letter switch
        {
            'P' => OrganisationKind.Public, 'I' => OrganisationKind.IdeaDriven, _ => OrganisationKind.Private,
        })).ToList();
        Assert.Equal(refusal, Instruments.Leave(agreement, members, members[leaves].Id, [], Today, out var day)?.Code);
        if (refusal is null) Assert.Equal(new DateOnly(2026, 11, 5), day); // the day after six months' notice
        // Another who has said that it leaves no longer counts.
        if (kinds == "PII")
            Assert.Equal("life.side-would-be-missing",
                Instruments.Leave(agreement, members, members[2].Id, [members[1].Id], Today, out _)?.Code);
        Assert.Equal("life.already-leaving",
            Instruments.Leave(agreement, members, members[leaves].Id, [members[leaves].Id], Today, out _)?.Code);
    }

    [Fact]
    public void The_other_refusals()
    {
        var (agreement, parties, _) = In("InForce");
        Assert.Equal("life.day-has-passed", Instruments.Renegotiate(agreement, Today.AddDays(-1), Today)?.Code);
        Assert.Equal("life.ends-before", Instruments.Renegotiate(agreement, new DateOnly(2029, 1, 2), Today)?.Code);
        Assert.Null(Instruments.Renegotiate(agreement, new DateOnly(2029, 1, 1), Today)); // the day after the end: a renewal
        Assert.Equal("life.already-in-the-agreement", Instruments.Admit(agreement, parties, parties[0], Today, Today)?.Code);
        Assert.Equal("life.end-not-later", Instruments.Renew(agreement, new DateOnly(2028, 12, 31))?.Code);
        Assert.Equal("life.section-outside-frame", Instruments.Adjust(agreement, ["goals"], Decided(Today), Today, Today)?.Code);
        Assert.Equal("mandate.decided-later",
            Instruments.Adjust(agreement, ["interventions"], Decided(Today.AddDays(1)), Today, Today)?.Code);
        Assert.Equal("life.another-body", Instruments.Adjust(
            agreement, ["interventions"], new BodyDecision("Arbetsgruppen", Today, "§ 1"), Today, Today)?.Code);
        var (bare, _, _) = In("InForce", adjustable: false, notice: null, endsOn: null);
        Assert.Equal("life.no-body-adjusts", Instruments.Adjust(bare, ["interventions"], Decided(Today), Today, Today)?.Code);
        Assert.Equal("life.no-notice-agreed", Instruments.GiveNotice(bare, Today, out _)?.Code);
        Assert.Equal("life.no-notice-agreed", Instruments.Leave(bare, Members(parties), parties[0].Id, [], Today, out _)?.Code);
        Assert.Equal("life.open-ended", Instruments.Renew(bare, new DateOnly(2040, 1, 1))?.Code);
        var (ending, its, _) = In("InForce", endsOn: new DateOnly(2026, 6, 30));
        Assert.Equal("life.ends-before", Instruments.Leave(
            ending, [.. Members(its), new Member(new PartyId(Guid.NewGuid()), OrganisationKind.Public)], its[0].Id, [], Today,
            out _)?.Code);
    }

    [Fact]
    public void A_talk_is_booked_in_time_once_and_told_of_once()
    {
        var (agreement, _, _) = In("InForce");
        var by = new Changer(new PersonRef(Guid.NewGuid()), new OrganisationRef(Guid.NewGuid()));
        Assert.Equal("life.talk-too-late", Book(new DateOnly(2028, 7, 1), [], out _)?.Code);
        Assert.Equal("life.day-has-passed", Book(Today.AddDays(-1), [], out _)?.Code);
        Assert.Null(Book(Today, [], out var talk));
        Assert.Equal("life.talk-booked", Book(Today.AddDays(7), [talk], out _)?.Code);
        Assert.Equal("life.talk-to-come", talk.Tell(true, Today.AddDays(1), null, null, Now)?.Code);
        Assert.Null(talk.Tell(true, null, TalkOutcome.GoOn, "Vi fortsätter.", Now));
        Assert.Equal(Today, talk.HeldOn);
        Assert.Equal("life.talk-noted", talk.Tell(false, null, null, null, Now)?.Code);
        var (draft, _, _) = In("Draft");
        Assert.Equal("life.not-in-force",
            JointTalk.Book(new TalkId(Guid.NewGuid()), draft, Today, [], by, Now, out _)?.Code);

        Refusal? Book(DateOnly on, JointTalk[] before, out JointTalk booked) =>
            JointTalk.Book(new TalkId(Guid.NewGuid()), agreement, on, before, by, Now, out booked);
    }

    private static BodyDecision Decided(DateOnly on) => new("Styrgruppen", on, "§ 1");

    private static List<Member> Members(IEnumerable<Party> parties) =>
        [
            .. parties.Select(party => new Member(party.Id, party.Kind)),
            new Member(new PartyId(Guid.NewGuid()), OrganisationKind.IdeaDriven),
        ];

    private static (Agreement Agreement, List<Party> Parties, Party Newcomer) In(
        string state, bool adjustable = true, int? notice = 6, DateOnly? endsOn = default)
    {
        var partnership = Some.Partnership();
        List<Party> parties =
            [Some.Party(partnership, OrganisationKind.Public), Some.Party(partnership, OrganisationKind.IdeaDriven)];
        var frame = new Frame("Vårsol", new DateOnly(2026, 4, 1),
            endsOn ?? (notice is null ? null : new DateOnly(2028, 12, 31)), false, notice, null, null, null, null, null, null,
            adjustable ? "Styrgruppen" : null, adjustable ? ["interventions"] : null);
        var agreement = Agreement.Draft(new AgreementId(Guid.NewGuid()), partnership.Id, frame, "test", Some.Now);
        foreach (var act in WayTo(state)) Assert.Null(act(agreement, parties));
        return (agreement, parties, Some.Party(partnership, OrganisationKind.Private));
    }

    private static List<Func<Agreement, List<Party>, Refusal?>> WayTo(string state)
    {
        List<Func<Agreement, List<Party>, Refusal?>> way =
        [
            (agreement, _) => agreement.CompleteAssessment(Some.Now),
            (agreement, parties) => agreement.Open(Some.Gate(parties, agreement), "hash", Some.Now),
            (agreement, _) => agreement.TakeSignature(isLast: true, Some.Now),
            (agreement, _) => agreement.EnterIntoForce(Some.Now),
        ];
        return state switch
        {
            "Draft" => [],
            "OpenForSignature" => way[..2],
            "Signed" => way[..3],
            "InForce" => way,
            "InForce, changing" => [.. way, (agreement, _) => agreement.BeginChange(Change.Begin(
                new ChangeId(Guid.NewGuid()), agreement, ChangeKind.Renegotiation,
                "Skäl.", new Changer(default, default), Today, Now), Now)],
            "NoticeGiven" => [.. way, (agreement, _) => agreement.GiveNotice(Today.AddMonths(6), Now)],
            "Ended" => [.. way, (agreement, _) => agreement.End(Now)],
            "Rescinded" => [.. way, (agreement, _) => agreement.Rescind(Now)],
            _ => [(agreement, _) => agreement.Withdraw("Skäl.", Now)],
        };
    }
}
