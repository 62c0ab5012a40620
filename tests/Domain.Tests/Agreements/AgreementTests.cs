using FsCheck;
using FsCheck.Fluent;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Signing;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements;

public sealed class AgreementTests
{
    private static readonly AgreementState[] States = Enum.GetValues<AgreementState>();
    private static readonly AgreementAct[] Acts = Enum.GetValues<AgreementAct>();

    [Theory]
    [InlineData(AgreementState.Draft, "CompleteAssessment:Assessment Withdraw:Withdrawn")]
    [InlineData(AgreementState.Assessment, "Open:OpenForSignature Withdraw:Withdrawn")]
    [InlineData(AgreementState.OpenForSignature, "Redraft:Assessment LastPartySigns:Signed Withdraw:Withdrawn")]
    [InlineData(AgreementState.Signed, "StartDateComes:InForce")]
    [InlineData(AgreementState.InForce, "GiveNotice:NoticeGiven LastDayPasses:Ended Rescind:Rescinded")]
    [InlineData(AgreementState.NoticeGiven, "LastDayPasses:Ended Rescind:Rescinded")]
    [InlineData(AgreementState.Ended, "")]
    [InlineData(AgreementState.Rescinded, "")]
    [InlineData(AgreementState.Withdrawn, "")]
    public void The_life_of_an_agreement(AgreementState from, string ways) => Assert.Equal(
        ways, string.Join(' ', Acts.Where(act => from.After(act) is not null).Select(act => $"{act}:{from.After(act)}")));

    [Fact]
    public void Whatever_is_tried_in_whatever_order_the_life_stays_in_order()
    {
        var tries = Gen.Choose(0, 6).ArrayOf().ToArbitrary();
        Prop.ForAll(tries, attempted =>
        {
            var life = new Life();
            foreach (var attempt in attempted) life.Try(attempt);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_gate_refuses_while_anything_is_missing()
    {
        var partnership = Some.Partnership();
        var (region, association) =
            (Some.Party(partnership, OrganisationKind.Public), Some.Party(partnership, OrganisationKind.IdeaDriven));
        var agreement = Some.Agreement(partnership);
        Assert.Null(Some.Gate([region, association], agreement).Refusal);
        Assert.Contains(new Missing("idea-driven-party"), Some.Gate([region], agreement).All);
        Assert.Contains(new Missing("public-party"), Some.Gate([association], agreement).All);
        var empty = OpeningGate.Of([region, association], [], [], Some.Gate([region, association], agreement)
            .Assessment, Some.Gate([region, association], agreement).Approvals);
        Assert.Equal(SectionKeys.Required.Count() + 2, empty.All.Count);
        Assert.Equal("agreement.incomplete", empty.Refusal?.Code);
    }

    [Fact]
    public void Ten_sections_are_required_and_only_the_others_may_be_set_aside()
    {
        Assert.Equal(10, SectionKeys.Required.Count());
        foreach (var key in SectionKeys.All)
        {
            var section = Section.Empty(new AgreementId(Guid.NewGuid()), new PartnershipId(Guid.NewGuid()), key);
            var refusal = section.SetAside("Behövs inte.", new PersonRef(Guid.NewGuid()), Some.Now);
            Assert.Equal(SectionKeys.IsRequired(key), refusal?.Code == "agreement.section-required");
            Assert.Equal(SectionKeys.IsRequired(key) ? SectionStatus.Missing : SectionStatus.NotNeeded, section.Status);
        }
    }

    [Fact]
    public void It_always_says_what_it_waits_for_until_it_is_in_force()
    {
        var life = new Life();
        Assert.Equal(["approval"], Whats(life));
        life.Approve();
        Assert.Equal(["opening"], Whats(life));
        life.Try(0);
        life.Try(1);
        Assert.Equal(["signature", "signature"], Whats(life));
        life.Try(2);
        Assert.Equal(["signature"], Whats(life));
        life.Try(3);
        Assert.Equal(["start-date"], Whats(life));
        life.Try(4);
        Assert.Empty(Whats(life));

        static IEnumerable<string> Whats(Life life) =>
            Awaits.Of(life.Agreement, life.Parties, life.Gate, life.Signatures, SigningCircle.Open)
            .Select(waiting => waiting.What);
    }

    [Fact]
    public void It_is_somebodys_turn_by_role_organisation_and_unit()
    {
        var (organisation, unit) = (new OrganisationRef(Guid.NewGuid()), new UnitRef(Guid.NewGuid()));
        var waiting = new Await("signature", [Roles.Signatory], organisation, unit, 1, Some.Now);
        HashSet<string> signatory = [Roles.Signatory];
        Assert.True(waiting.IsFor(organisation, unit, signatory));
        Assert.True(waiting.IsFor(organisation, null, signatory));
        Assert.False(waiting.IsFor(organisation, new UnitRef(Guid.NewGuid()), signatory));
        Assert.False(waiting.IsFor(new OrganisationRef(Guid.NewGuid()), unit, signatory));
        Assert.False(waiting.IsFor(organisation, unit, new HashSet<string> { Roles.Officer }));
    }

    [Fact]
    public void The_steps_go_from_current_to_done_in_order()
    {
        var life = new Life();
        var prepared = new Preparation(2, true, true, Steps.Keys.ToHashSet(StringComparer.Ordinal), IsLight: false);
        Assert.Equal("current", Current(Steps.Of(null, null, [], prepared)));
        life.Approve();
        var steps = Steps.Of(life.Agreement, life.Gate, [], prepared);
        Assert.Equal(["Done", "Done", "Done", "Done", "Done", "Current", "Missing"], steps.Select(step => step.State.ToString()));

        static string Current(IReadOnlyList<Step> steps) => steps[0].State is StepState.Current && steps.Skip(1)
            .All(step => step.State is StepState.Missing) ? "current" : "not";
    }

    /// <summary>An agreement between two, pushed about; after each push what must always hold is looked at.</summary>
    private sealed class Life
    {
        private readonly Partnership _partnership = Some.Partnership();
        private bool _approved;
        private DateTimeOffset _now = Some.Now;

        public Life()
        {
            Parties = [Some.Party(_partnership, OrganisationKind.Public), Some.Party(_partnership, OrganisationKind.IdeaDriven)];
            Agreement = Some.Agreement(_partnership);
        }

        public Agreement Agreement { get; }

        public IReadOnlyList<Party> Parties { get; }

        public List<Signature> Signatures { get; } = [];

        public OpeningGate Gate => Some.Gate(Parties, Agreement, approved: _approved);

        public void Approve() => _approved = true;

        public void Try(int what)
        {
            var (before, version) = (Agreement.State, Agreement.Version);
            _now += TimeSpan.FromHours(1);
            if (what == 6) Approve();
            var refusal = what switch
            {
                0 => Agreement.CompleteAssessment(_now),
                1 => Agreement.Open(Gate, "hash", _now),
                2 => Sign(Parties[0]),
                3 => Sign(Parties[1]),
                4 => Agreement.EnterIntoForce(_now),
                5 => Agreement.Withdraw("Skäl.", _now),
                _ => Agreement.Touch(),
            };
            // It happens or says why not; and every change is a new version.
            Assert.Equal(refusal is null, Agreement.Version == version + 1);
            if (refusal is not null) Assert.Equal(before, Agreement.State);
            if (before.IsOver()) Assert.NotNull(refusal);
            if (!before.CanBeDrafted()) Assert.Equal("agreement.not-a-draft", Agreement.ChangeFrame(Agreement.Frame)?.Code);
            if (Agreement.State.HasVersion()) Assert.Equal("hash", Agreement.VersionHash);
            if (Agreement.State is AgreementState.OpenForSignature) Assert.True(_approved);
            if (Agreement.State is AgreementState.Signed or AgreementState.InForce) Assert.Equal(2, Signatures.Count);
            Assert.Equal(Signatures.Count, Signatures.Select(signature => signature.PartyId).Distinct().Count());
        }

        private Refusal? Sign(Party party)
        {
            if (Signature.Give(
                    Guid.NewGuid(), Agreement, party, "Part", new Signer(new PersonRef(Guid.NewGuid()), null), Some.Mandate,
                        Signatures, "p", _now, out var signature) is { } refusal)
                return refusal;
            Signatures.Add(signature);
            return Agreement.TakeSignature(Parties.All(of => Signature.MissingFor(of, Signatures) <= 0), _now);
        }
    }
}
