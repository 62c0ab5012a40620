using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements;

/// <summary>The dialogue before, beside and instead of an agreement.</summary>
public sealed class DialogueTests
{
    [Theory]
    //          agreements            ended before   what ending it says
    [InlineData("", false, null)]
    [InlineData("Withdrawn", false, null)]
    [InlineData("Withdrawn Withdrawn", false, null)]
    [InlineData("", true, "dialogue.ended")]
    [InlineData("Draft", false, "dialogue.agreement-under-way")]
    [InlineData("Assessment", false, "dialogue.agreement-under-way")]
    [InlineData("OpenForSignature", false, "dialogue.agreement-under-way")]
    [InlineData("Signed", false, "dialogue.agreement-under-way")]
    [InlineData("InForce", false, "dialogue.agreement-under-way")]
    [InlineData("NoticeGiven Withdrawn", false, "dialogue.agreement-under-way")]
    [InlineData("Ended", false, "dialogue.led-to-agreement")]
    [InlineData("Rescinded Withdrawn", false, "dialogue.led-to-agreement")]
    public void A_dialogue_ends_without_an_agreement_only_where_there_is_none(string agreements, bool endedBefore, string? no)
    {
        var partnership = Some.Partnership();
        if (endedBefore) Assert.Null(End(partnership));
        var states = agreements.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<AgreementState>).ToList();
        Assert.Equal(no, partnership.EndDialogue(DialogueOutcome.NoAgreement, null, "Ingen hade tid.", states, Some.Now)?.Code);
    }

    [Fact]
    public void Nobody_comes_in_and_no_track_is_chosen_where_the_dialogue_has_ended_and_reopening_is_an_act_of_its_own()
    {
        var partnership = Some.Partnership();
        Assert.Equal("dialogue.not-ended", partnership.ReopenDialogue()?.Code);
        Assert.Null(End(partnership));
        Assert.Equal(DialogueOutcome.OtherForm, partnership.Outcome);
        Assert.Equal("dialogue.ended", Join(partnership)?.Code);
        Assert.Equal("dialogue.ended", partnership.Take(light: true, "Bråttom")?.Code);
        Assert.Null(partnership.ReopenDialogue());
        Assert.Null(partnership.Outcome);
        Assert.Null(partnership.OutcomeBecause);
        Assert.Null(Join(partnership));
    }

    [Theory]
    [InlineData(DialogueOutcome.OtherForm, PartnershipState.OtherFormChosen)]
    [InlineData(DialogueOutcome.NoAgreement, PartnershipState.NoAgreement)]
    public void An_ended_dialogue_is_a_state_of_the_partnership(DialogueOutcome outcome, PartnershipState state) =>
        Assert.Equal(state, PartnershipStates.Of(2, [AgreementState.Withdrawn], outcome));

    [Theory]
    //          from                     asked  joined declined left  informed observes
    [InlineData(Standing.BelongsAtTable, true, true, false, false, true, true)]
    [InlineData(Standing.Asked, false, true, true, false, true, true)]
    [InlineData(Standing.Joined, false, false, false, true, false, false)]
    [InlineData(Standing.Declined, true, true, false, false, true, true)]
    [InlineData(Standing.Left, true, true, false, false, true, true)]
    [InlineData(Standing.Informed, true, true, false, false, false, true)]
    [InlineData(Standing.Observes, true, true, false, false, true, false)]
    public void An_actor_moves_as_the_table_says(
        Standing from, bool asked, bool joined, bool declined, bool left, bool informed, bool observes)
    {
        Standing[] may = [.. new[]
        {
            (Standing.Asked, asked), (Standing.Joined, joined), (Standing.Declined, declined), (Standing.Left, left),
            (Standing.Informed, informed), (Standing.Observes, observes),
        }.Where(way => way.Item2).Select(way => way.Item1)];
        Assert.Equal(may, Enum.GetValues<Standing>().Where(to => from.CanBecome(to)).OrderBy(to => to));
    }

    [Fact]
    public void Only_a_party_has_joined_and_whoever_declines_says_why()
    {
        var partnership = Some.Partnership();
        var party = Some.Party(partnership, OrganisationKind.IdeaDriven);
        var actor = Named(partnership, party.Organisation);
        Assert.Equal("actor.not-a-party", actor.Move(new(Standing.Joined, null, default), [])?.Code);
        Assert.Equal("actor.reason-missing", actor.Move(new(Standing.Declined, " ", default), [party])?.Code);
        Assert.Equal("actor.no-way", actor.Move(new(Standing.Left, "x", default), [party])?.Code);
        Assert.Null(actor.Move(new(Standing.Joined, null, default), [party]));
        Assert.Equal("actor.already-named", Actor.Write(
            Guid.NewGuid(), partnership.Id, new("x", OrganisationKind.IdeaDriven, party.Organisation, null),
            new(Standing.Asked, null, default), [actor], out _)?.Code);
    }

    [Theory]
    [InlineData("Unga som är anhöriga, 13–18 år", false)]
    [InlineData("fyra mammor och två fritidsledare", false)]
    [InlineData("möte 2026-03-02 kl. 13:00", false)]
    [InlineData("diarienummer 2026/1234-5678", false)]
    [InlineData("Kim 19900101-1239", true)]
    [InlineData("900101-1239", true)]
    [InlineData("199001611239", true)] // coordination number
    [InlineData("skriv till kim@example.se", true)]
    [InlineData("ring 070-123 45 67", true)]
    [InlineData("+46701234567", true)]
    [InlineData("900101–1234", true)] // a dash that is no hyphen
    [InlineData("möte 20260115 1400", false)] // a day and a time of day
    [InlineData("20260115 1406", true)] // the last digit checks the others
    public void Personal_data_is_seen_where_roles_belong(string text, bool isThere) =>
        Assert.Equal(isThere, PersonalData.IsIn(text));

    [Theory]
    //          circle        region  another public  association
    [InlineData("all", true, true, true)]
    [InlineData("public", true, true, false)]
    [InlineData("idea-driven", false, false, true)]
    [InlineData("region", true, false, false)]
    public void A_circle_holds_whom_it_says(string circle, bool region, bool anotherPublic, bool association)
    {
        var own = new OrganisationRef(Guid.NewGuid());
        var within = circle == "region" ? own.Value.ToString() : circle;
        Assert.Equal(region, Circles.Holds(within, own, OrganisationKind.Public));
        Assert.Equal(anotherPublic, Circles.Holds(within, new OrganisationRef(Guid.NewGuid()), OrganisationKind.Public));
        Assert.Equal(association, Circles.Holds(within, new OrganisationRef(Guid.NewGuid()), OrganisationKind.IdeaDriven));
    }

    [Fact]
    public void A_reply_opens_a_settled_thread_and_settling_twice_is_refused()
    {
        var by = new Speaker(new PersonRef(Guid.NewGuid()), new OrganisationRef(Guid.NewGuid()), OrganisationKind.Public);
        var thread = CommentThread.Start(
            Guid.NewGuid(), Some.Agreement(Some.Partnership()), "goals", Audience.OwnSide, by, Some.Now);
        Assert.Equal("public", thread.Circle);
        Assert.Null(thread.Resolve(by.Person, Some.Now));
        Assert.Equal("comment.already-resolved", thread.Resolve(by.Person, Some.Now)?.Code);
        var reply = thread.Say(Guid.NewGuid(), "En sak till.", by, Some.Now);
        Assert.True(thread.IsOpen());
        Assert.Equal(thread.Circle, reply.Circle);
    }

    [Fact]
    public void An_occasion_has_been_and_only_those_who_wrote_it_correct_it()
    {
        var by = new Speaker(new PersonRef(Guid.NewGuid()), new OrganisationRef(Guid.NewGuid()), OrganisationKind.Public);
        var (today, occasion) = (SwedishTime.DateIn(Some.Now), Meeting(SwedishTime.DateIn(Some.Now)));
        Assert.Equal("dialogue.not-held-yet", DialogueEntry.Record(
            Guid.NewGuid(), default, Meeting(today.AddDays(1)), Audience.All, by, Some.Now, out _)?.Code);
        Assert.Null(DialogueEntry.Record(Guid.NewGuid(), default, occasion, Audience.All, by, Some.Now, out var entry));
        Assert.Equal("dialogue.written-by-others", entry.Correct(occasion, new OrganisationRef(Guid.NewGuid()), Some.Now)?.Code);
        Assert.Null(DialogueEntry.Record(
            Guid.NewGuid(), default, occasion with { Kind = DialogueKind.Ended }, Audience.All, by, Some.Now, out var end));
        Assert.Equal("dialogue.written-by-the-act", end.Correct(occasion, by.Organisation, Some.Now)?.Code);
    }

    private static DialogueEntry.Occasion Meeting(DateOnly on) =>
        new(DialogueKind.Meeting, on, "Parterna", "Vi träffades.", null);

    private static Refusal? End(Partnership partnership) =>
        partnership.EndDialogue(DialogueOutcome.OtherForm, OtherForm.OperatingGrant, "Enklare.", [], Some.Now);

    private static Refusal? Join(Partnership partnership) => partnership.Join(
        new PartyId(Guid.NewGuid()), new OrganisationRef(Guid.NewGuid()), null, OrganisationKind.Public, 1, [], Some.Now, out _);

    private static Actor Named(Partnership partnership, OrganisationRef organisation)
    {
        Assert.Null(Actor.Write(
            Guid.NewGuid(), partnership.Id, new("Föreningen", OrganisationKind.IdeaDriven, organisation, null),
            new(Standing.Asked, null, default), [], out var actor));
        return actor;
    }
}
