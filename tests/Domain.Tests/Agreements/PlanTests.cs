using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.Plans;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements;

/// <summary>A plan below the agreement: when it may be adopted, how it leaves the frame, what two versions differ in.</summary>
public sealed class PlanTests
{
    private static readonly PartyId City = new(Guid.NewGuid());
    private static readonly PartyId Foundation = new(Guid.NewGuid());
    private static readonly Guid Walks = Guid.NewGuid();

    private static PlanFrame Frame(bool activities = true, DateOnly? to = null) => new(
        new Period(new(2024, 1, 1), to ?? new(2026, 12, 31)), new HashSet<PartyId> { City, Foundation },
        activities ? new HashSet<Guid> { Walks } : [], Money.Kronor(1_000_000));

    private static PlanText.Item Item(
        string what = "Nattvandring", Guid? activity = null, PartyId? party = null, DateOnly? from = null, DateOnly? to = null,
        long? kronor = null, Guid? id = null) => new(
            id ?? Guid.NewGuid(), what, [party ?? Foundation], null, activity ?? Walks, from, to, "Tryggare kvällar",
            kronor is { } cost ? Money.Kronor(cost) : null);

    private static PlanText Year(int year, params PlanText.Item[] items) =>
        new($"Plan {year}", new(year, 1, 1), new(year, 12, 31), items);

    [Fact]
    public void A_plan_within_the_frame_leaves_it_in_no_way() =>
        Assert.Empty(Frame().OverstepsOf(Year(2025, Item(kronor: 1_000_000), Item(party: City, from: new(2025, 5, 1)))));

    //          plan from     to            departs
    [Theory]
    [InlineData("2024-01-01", "2026-12-31", false)] // exactly the agreement's days
    [InlineData("2023-12-31", "2024-12-31", true)]  // one day early
    [InlineData("2026-01-01", "2027-01-01", true)]  // one day late
    [InlineData("2024-02-29", "2024-02-29", false)]
    public void Days_outside_the_agreements_period_leave_the_frame(string from, string to, bool departs)
    {
        var plan = new PlanText("Plan", DateOnly.Parse(from, null), DateOnly.Parse(to, null), [Item()]);
        Assert.Equal(departs, Frame().OverstepsOf(plan).Any(one => one.Kind is OverstepKind.OutsidePeriod));
    }

    [Fact]
    public void An_item_outside_the_period_is_named_though_the_plan_is_inside()
    {
        var late = Item(from: new(2026, 11, 1), to: new(2027, 2, 1));
        var overstep = Assert.Single(Frame().OverstepsOf(Year(2026, Item(), late)));
        Assert.Equal((OverstepKind.OutsidePeriod, late.Id), (overstep.Kind, overstep.Item));
        Assert.Equal(("2026-11-01–2027-02-01", "2024-01-01–2026-12-31"), (overstep.Planned, overstep.Agreed));
    }

    [Fact]
    public void An_agreement_that_renews_itself_has_no_last_day_to_pass() => Assert.Empty(
        (Frame() with { Period = new Period(new(2024, 1, 1), null) }).OverstepsOf(Year(2040, Item())));

    [Fact]
    public void Somebody_who_is_no_party_leaves_the_frame()
    {
        var stranger = new PartyId(Guid.NewGuid());
        var overstep = Assert.Single(Frame().OverstepsOf(Year(2025, Item(party: stranger))));
        Assert.Equal((OverstepKind.NotAParty, stranger.Value.ToString()), (overstep.Kind, overstep.Planned));
    }

    [Fact]
    public void An_activity_that_is_not_agreed_leaves_the_frame_where_the_agreement_lists_its_activities()
    {
        var other = Guid.NewGuid();
        Assert.Equal([OverstepKind.ActivityNotAgreed],
            Frame().OverstepsOf(Year(2025, Item(activity: other))).Select(one => one.Kind));
        Assert.Equal([OverstepKind.ActivityNotAgreed],
            Frame().OverstepsOf(Year(2025, Item() with { ActivityId = null })).Select(one => one.Kind));
        Assert.Empty(Frame(activities: false).OverstepsOf(Year(2025, Item() with { ActivityId = null })));
    }

    //          from          to            öre agreed at SEK 1,000,000 a year
    [Theory]
    [InlineData("2025-01-01", "2025-12-31", 100_000_000)]
    [InlineData("2024-01-01", "2024-12-31", 100_000_000)] // a leap year is a year
    [InlineData("2025-01-01", "2025-01-01", 273_973)]     // 1/365, rounded once
    [InlineData("2024-01-01", "2024-01-01", 273_224)]     // 1/366
    [InlineData("2024-07-01", "2025-06-30", 99_862_265)]  // 184/366 + 181/365
    [InlineData("2024-01-01", "2026-12-31", 300_000_000)]
    public void What_is_agreed_for_a_stage_is_each_years_share_by_its_days(string from, string to, long ore) =>
        Assert.Equal(ore, Frame().AgreedFor(new Period(DateOnly.Parse(from, null), DateOnly.Parse(to, null))).Minor);

    //          kronor planned  departs
    [Theory]
    [InlineData(1_000_000, false)]
    [InlineData(1_000_001, true)]
    public void More_money_than_is_agreed_leaves_the_frame(long kronor, bool departs) => Assert.Equal(
        departs, Frame().OverstepsOf(Year(2025, Item(kronor: kronor))).Any(one => one.Kind is OverstepKind.MoneyAboveAgreed));

    [Theory]
    [InlineData(AgreementState.Draft, false)]
    [InlineData(AgreementState.Assessment, false)]
    [InlineData(AgreementState.OpenForSignature, false)]
    [InlineData(AgreementState.Signed, true)]
    [InlineData(AgreementState.InForce, true)]
    [InlineData(AgreementState.NoticeGiven, true)]
    [InlineData(AgreementState.Ended, false)]
    [InlineData(AgreementState.Rescinded, false)]
    [InlineData(AgreementState.Withdrawn, false)]
    public void A_plan_is_adopted_while_the_agreement_binds_or_is_about_to(AgreementState state, bool allowed)
    {
        var of = new Adopting();
        Assert.Equal(allowed ? null : "plan.not-now", of.Adopt(Year(2025, Item()), state: state)?.Code);
        Assert.Equal(allowed ? 1 : 0, of.Plan.Number);
    }

    [Fact]
    public void One_that_leaves_the_frame_is_adopted_only_by_those_who_say_they_know_and_that_is_remembered()
    {
        var of = new Adopting();
        var dear = Year(2025, Item(kronor: 2_000_000));
        Assert.Equal("plan.leaves-the-frame", of.Adopt(dear)?.Code);
        Assert.Null(of.Adopt(dear, knows: true));
        Assert.Equal(OverstepKind.MoneyAboveAgreed, Assert.Single(of.Version!.Oversteps).Kind);
        Assert.Null(of.Adopt(Year(2025, Item(kronor: 500_000))));
        Assert.Equal((2, 2), (of.Plan.Number, of.Version!.Number));
        Assert.Empty(of.Version.Oversteps);
    }

    [Fact]
    public void One_plan_applies_on_a_day()
    {
        var (first, second) = (new Adopting(), new Adopting());
        Assert.Null(first.Adopt(Year(2025, Item())));
        var overlapping = new PlanText("Höst", new(2025, 12, 31), new(2026, 6, 30), [Item()]);
        Assert.Equal("plan.overlaps", second.Adopt(overlapping, others: [first.Plan])?.Code);
        Assert.Null(second.Adopt(overlapping with { StartsOn = new(2026, 1, 1) }, others: [first.Plan]));
        Assert.Null(first.Adopt(Year(2025, Item("Ny insats")), others: [first.Plan, second.Plan])); // not with itself
    }

    [Fact]
    public void An_agreement_has_a_limit_of_plans()
    {
        var others = Enumerable.Range(0, InterventionPlan.PerAgreementMax).Select(_ => new Adopting().Plan).ToList();
        Assert.Equal("plan.too-many", new Adopting().Adopt(Year(2025, Item()), others: others)?.Code);
    }

    [Fact]
    public void Two_versions_differ_item_by_item_and_field_by_field()
    {
        var (kept, gone, added) = (Item(), Item("Läxhjälp"), Item("Fotboll", kronor: 50_000));
        var before = Year(2025, kept, gone);
        var after = new PlanText("Plan 2025, höst", new(2025, 1, 1), new(2025, 12, 31),
            [kept with { Target = "Tryggare nätter", Parties = [City, Foundation] }, added]);
        var difference = PlanComparison.Of(before, after, party => party == City ? "Solna" : "Tryggare Sverige");
        Assert.Equal("Plan 2025, höst", Assert.Single(difference.Plan).After);
        Assert.Equal([ItemChangeKind.Changed, ItemChangeKind.Added, ItemChangeKind.Removed],
            difference.Items.Select(item => item.Kind));
        Assert.Equal([new("parties", "Tryggare Sverige", "Solna, Tryggare Sverige"),
            new FieldChange("target", "Tryggare kvällar", "Tryggare nätter")], difference.Items[0].Fields);
        Assert.Contains(new FieldChange("cost", null, "50000.00"), difference.Items[1].Fields);
        Assert.Contains(new FieldChange("what", "Läxhjälp", null), difference.Items[2].Fields);
        Assert.Empty(PlanComparison.Of(after, after, _ => "").Items);
    }

    [Theory]
    [InlineData("2026-03-02", null, true, null)]
    [InlineData("2026-03-03", null, true, "decision.later")]
    [InlineData("2026-03-02", "unknown", true, "decision.unknown-party")]
    [InlineData("2026-03-02", null, false, "decision.unknown-body")]
    public void A_decision_names_a_known_body_a_meeting_that_has_been_and_parties(
        string on, string? party, bool bodyKnown, string? refused)
    {
        var partnership = Some.Partnership();
        var city = Some.Party(partnership, OrganisationKind.Public);
        var body = new DecidingBody(new BodyId(Guid.NewGuid()), "Styrgruppen", true);
        var decided = new Decided(
            body.Id, DateOnly.Parse(on, null), "§ 4", [party is null ? city.Id : new PartyId(Guid.NewGuid())]);
        var by = new Recorder(new PersonRef(Guid.NewGuid()), city.Organisation, Some.Now);
        Assert.Equal(refused, BodyDecision.Record(
            new DecisionId(Guid.NewGuid()), Some.InForce(partnership), bodyKnown
                ? body : null, decided, [city], by, out _)?.Code);
    }

    [Theory]
    [InlineData(AgreementState.Draft, false)]
    [InlineData(AgreementState.Assessment, false)]
    [InlineData(AgreementState.OpenForSignature, false)]
    [InlineData(AgreementState.Signed, true)]
    [InlineData(AgreementState.InForce, true)]
    [InlineData(AgreementState.NoticeGiven, true)]
    [InlineData(AgreementState.Ended, true)]
    [InlineData(AgreementState.Rescinded, true)]
    [InlineData(AgreementState.Withdrawn, false)]
    public void A_changed_precondition_is_noted_from_signing_on(AgreementState state, bool allowed) =>
        Assert.Equal(allowed, Precondition.IsNotedIn(state));

    [Fact]
    public void Several_agreements_are_equal_when_each_has_the_mean()
    {
        var (one, two) = (new AgreementId(Guid.NewGuid()), new AgreementId(Guid.NewGuid()));
        AgreementResources With(AgreementId id, long kronor) => new(id, Money.Kronor(kronor), Money.Kronor(100), 10, 1);
        Assert.True(EqualResources.Of([With(one, 900), With(two, 900)]).AreEqual);
        var unequal = EqualResources.Of([With(one, 900), With(two, 500)]);
        Assert.Equal((Money.Kronor(800), Money.Kronor(200), Money.Kronor(-200)),
            (unequal.Mean, unequal.Differences[one], unequal.Differences[two]));
        Assert.True(EqualResources.Of([]).AreEqual);
    }

    private sealed class Adopting
    {
        private readonly Agreement _agreement = Some.InForce(Some.Partnership());

        public Adopting() => Plan = InterventionPlan.Of(new PlanId(Guid.NewGuid()), _agreement);

        public InterventionPlan Plan { get; }

        public PlanVersion? Version { get; private set; }

        public Refusal? Adopt(
            PlanText text, bool knows = false, AgreementState state = AgreementState.InForce,
            IReadOnlyList<InterventionPlan>? others = null)
        {
            var body = new DecidingBody(new BodyId(Guid.NewGuid()), "Styrgruppen", true);
            Assert.Null(BodyDecision.Record(
                new DecisionId(Guid.NewGuid()), _agreement, body, new Decided(body.Id, new(2026, 3, 1), null, []), [],
                new Recorder(new PersonRef(Guid.NewGuid()), new OrganisationRef(Guid.NewGuid()), Some.Now), out var decision));
            var refusal = Plan.Adopt(text, "Året vänder.", decision, Frame(), knows, state, others ?? [], out var version);
            if (refusal is null) Version = version;
            return refusal;
        }
    }
}
