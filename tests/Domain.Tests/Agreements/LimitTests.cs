using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Attachments;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.Closing;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Domain.Texts;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements;

/// <summary>There is a limit on everything: the last one within it is taken, the next is refused.</summary>
public sealed class LimitTests
{
    private readonly Partnership _partnership = Some.Partnership();
    private readonly Agreement _agreement;

    public LimitTests() => _agreement = Some.Agreement(_partnership);

    [Fact]
    public void Of_parties()
    {
        List<Party> present = [];
        while (present.Count < Partnership.PartiesMax)
        {
            Assert.Null(Join(present, out var party));
            present.Add(party);
        }
        Assert.Equal("partnership.too-many-parties", Join(present, out _)?.Code);

        Refusal? Join(IReadOnlyList<Party> already, out Party party) => _partnership.Join(new PartyId(Guid.NewGuid()),
            new OrganisationRef(Guid.NewGuid()), null, OrganisationKind.IdeaDriven, 1, already, Some.Now, out party);
    }

    [Fact]
    public void Of_goals()
    {
        Assert.Null(Set([], out var goal));
        Assert.Null(Set([.. Enumerable.Repeat(goal, Goal.PerAgreementMax - 1)], out _));
        Assert.Equal("goal.too-many", Set([.. Enumerable.Repeat(goal, Goal.PerAgreementMax)], out _)?.Code);

        Refusal? Set(IReadOnlyCollection<Goal> present, out Goal one) =>
            Goal.Set(new GoalId(Guid.NewGuid()), _agreement, GoalKind.Overall, null, null, "Mål", present, out one);
    }

    [Fact]
    public void Of_attachments()
    {
        Assert.Null(FileName.Read("villkor.pdf", out var name));
        var file = StoredFile.Of(new FileId(Guid.NewGuid()), _partnership.Id, name, FileKind.Pdf, 1, "aa",
            new PersonRef(Guid.NewGuid()), Some.Now);
        Assert.Null(Attach(Attachment.PerAgreementMax - 1)?.Code);
        Assert.Equal("attachment.too-many", Attach(Attachment.PerAgreementMax)?.Code);

        Refusal? Attach(int present) =>
            Attachment.Attach(new AttachmentId(Guid.NewGuid()), _agreement, file, null, present, out _);
    }

    [Fact]
    public void Of_bodies_and_of_seats_in_one()
    {
        Assert.Null(Form(Body.PerPartnershipMax - 1, out var body));
        Assert.Equal("body.too-many", Form(Body.PerPartnershipMax, out _)?.Code);
        Assert.Null(Seat([], out var member));
        Assert.Null(Seat([.. Enumerable.Repeat(member, BodyMember.PerBodyMax - 1)], out _));
        Assert.Equal("body.too-many-members", Seat([.. Enumerable.Repeat(member, BodyMember.PerBodyMax)], out _)?.Code);

        Refusal? Form(int present, out Body formed) => Body.Form(new BodyId(Guid.NewGuid()), _partnership.Id, null,
            BodyKind.Steering, Visibility.All, null, new Body.Terms("Styrgruppen", null, null, null, null), present, out formed);
        Refusal? Seat(IReadOnlyCollection<BodyMember> present, out BodyMember seated) => BodyMember.Seat(
            new MemberId(Guid.NewGuid()), body, new BodyMember.Who(new PartyId(Guid.NewGuid()), null, "Karin Ek"),
            new DateOnly(2026, 4, 1), new BodyMember.Seating(MemberRole.Member, null, null, null, null, null), present,
            out seated);
    }

    [Fact]
    public void Of_reports_of_one_contribution()
    {
        var agreement = Some.InForce(_partnership);
        var party = Some.Party(_partnership, OrganisationKind.Public);
        Assert.Null(Contribution.Offer(new ContributionId(Guid.NewGuid()), agreement.Id, agreement.PartnershipId, party.Id,
            new Contribution.Offered(ContributionKind.Money, "Driftstöd", null, null, null), out var offer));
        Assert.Null(Report([], out var delivery));
        Assert.Null(Report([.. Enumerable.Repeat(delivery, Delivery.PerContributionMax - 1)], out _));
        Assert.Equal("delivery.too-many", Report([.. Enumerable.Repeat(delivery, Delivery.PerContributionMax)], out _)?.Code);

        Refusal? Report(IReadOnlyList<Delivery> present, out Delivery reported) => Delivery.Report(
            Guid.NewGuid(), agreement, new DateOnly(2026, 1, 1), offer,
            new Delivery.Reported(new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 31), Money.Kronor(1), null, null, null),
            new PersonRef(Guid.NewGuid()), present, Some.Now, out reported);
    }

    [Fact]
    public void Of_contributions_of_items_and_of_changed_preconditions_and_what_came_of_them()
    {
        Limits(Contribution.NoRoomBeside, Contribution.PerAgreementMax, "agreement.too-many-contributions");
        Limits(BodyItem.NoRoomBeside, BodyItem.OpenMax, "item.too-many");
        Limits(Precondition.NoRoomBeside, Precondition.PerAgreementMax, "precondition.too-many");
        Limits(Precondition.NoRoomForOutcomeBeside, Precondition.OutcomesMax, "precondition.too-many-outcomes");

        static void Limits(Func<int, Refusal?> room, int max, string code)
        {
            Assert.Null(room(max - 1));
            Assert.Equal(code, room(max)?.Code);
        }
    }

    [Fact]
    public void Of_exit_steps_and_one_alone_for_an_activity()
    {
        var (walks, homework) = (Guid.NewGuid(), Guid.NewGuid());
        var (exit, other) = (ExitStep.For(Guid.NewGuid(), _agreement, walks), ExitStep.For(Guid.NewGuid(), _agreement, null));
        Assert.Equal("closing.activity-there", ExitStep.NoRoomBeside([exit, other], walks)?.Code);
        Assert.Null(ExitStep.NoRoomBeside([exit, other], homework));
        Assert.Null(ExitStep.NoRoomBeside([exit, other], null));
        Assert.Null(ExitStep.NoRoomBeside([.. Enumerable.Repeat(other, ExitStep.PerAgreementMax - 1)], walks));
        Assert.Equal("closing.too-many-exits",
            ExitStep.NoRoomBeside([.. Enumerable.Repeat(other, ExitStep.PerAgreementMax)], walks)?.Code);
    }

    [Fact]
    public void Of_actors_around_the_table()
    {
        Assert.Null(Write("Första", [], out var actor));
        Assert.Null(Write("Sista", [.. Enumerable.Repeat(actor, Actor.PerPartnershipMax - 1)], out _));
        Assert.Equal("dialogue.too-many", Write("En till", [.. Enumerable.Repeat(actor, Actor.PerPartnershipMax)], out _)?.Code);

        Refusal? Write(string name, IReadOnlyList<Actor> named, out Actor written) => Actor.Write(Guid.NewGuid(), _partnership.Id,
            new Actor.Identity(name, OrganisationKind.IdeaDriven, null, null),
            new Actor.Place(Standing.Asked, null, new DateOnly(2026, 3, 2)), named, out written);
    }
}
