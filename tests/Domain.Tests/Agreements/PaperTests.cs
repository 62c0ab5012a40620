using Iop.Agreements.Domain;
using Iop.Agreements.Domain.FromPaper;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements;

/// <summary>What must be there before an agreement from paper is in force here.</summary>
public sealed class PaperTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    //          signed on     starts on     ends on       renews  refused
    [Theory]
    [InlineData("2022-12-12", "2023-01-01", "2026-12-31", false, null)]
    [InlineData("2026-03-02", "2026-03-02", "2026-03-02", false, null)]                    // signed, begun and ending today
    [InlineData("2022-12-12", "2023-01-01", null, false, null)]                            // until further notice
    [InlineData("2022-12-12", "2023-01-01", "2025-12-31", true, null)]                     // renews itself
    [InlineData("2026-03-03", "2023-01-01", null, false, "paper.signed-later")]
    [InlineData("2022-12-12", "2026-03-03", null, false, "paper.starts-later")]
    [InlineData("2022-12-12", "2023-01-01", "2026-03-01", false, "paper.has-ended")]
    public void Only_what_runs_is_taken_over(string signed, string starts, string? ends, bool renews, string? refused)
    {
        var frame = new Frame(
            "Vårsol", DateOnly.Parse(starts, null), ends is null ? null : DateOnly.Parse(ends, null), renews, 6, null, null, null,
            null);
        Assert.Equal(refused, PaperGate.Running(frame, DateOnly.Parse(signed, null), Today)?.Code);
    }

    // document  city says  association says  refused ("" nothing said, "y" confirms, "n" declines, "o" confirmed something else)
    [Theory]
    [InlineData(true, "y", "y", null)]
    [InlineData(false, "y", "y", "paper.no-document")]
    [InlineData(true, "y", "", "paper.not-confirmed")]
    [InlineData(true, "", "", "paper.not-confirmed")]
    [InlineData(true, "y", "n", "paper.not-confirmed")]
    [InlineData(true, "y", "o", "paper.not-confirmed")]
    [InlineData(true, "y", "yn", "paper.not-confirmed")]   // the later word counts
    [InlineData(true, "y", "ny", null)]
    public void All_parties_confirm_exactly_what_stands_there(bool document, string city, string association, string? refused)
    {
        var of = new World();
        var gate = of.Gate(document, [(of.City, city), (of.Association, association)]);
        Assert.Equal(refused, gate.Refusal?.Code);
        Assert.Equal(refused, of.Agreement.TakeOver(gate, "hash", new(2022, 12, 12), Some.Now)?.Code);
        Assert.Equal(refused is null ? AgreementState.InForce : AgreementState.Draft, of.Agreement.State);
        if (refused is null)
        {
            Assert.Equal(("hash", "hash", new DateOnly(2022, 12, 12)),
                (of.Agreement.VersionHash, of.Agreement.InForceHash, of.Agreement.SignedOn));
            Assert.NotNull(of.Agreement.IsFixed);
            Assert.Equal("paper.done", of.Agreement.TakeOver(gate, "hash", new(2022, 12, 12), Some.Now)?.Code);
        }
    }

    [Fact]
    public void Both_sides_are_needed()
    {
        var of = new World();
        Assert.Equal("paper.one-sided", (of.Gate(true, [(of.City, "y")]) with { Parties = [of.City] }).Refusal?.Code);
        Assert.Equal("paper.one-sided", (of.Gate(true, [(of.City, "y")]) with { Parties = [of.Association] }).Refusal?.Code);
    }

    [Fact]
    public void No_other_agreement_goes_this_way()
    {
        var of = new World();
        var other = Some.Agreement(Some.Partnership());
        Assert.Equal("paper.not-from-paper", other.TakeOver(
            of.Gate(true, [(of.City, "y"), (of.Association, "y")]), "hash", new(2022, 12, 12), Some.Now)?.Code);
    }

    private sealed class World
    {
        public World()
        {
            var partnership = Some.Partnership();
            (City, Association) = (Some.Party(partnership, OrganisationKind.Public),
                Some.Party(partnership, OrganisationKind.IdeaDriven));
            Agreement = Agreement.Draft(
                new AgreementId(Guid.NewGuid()), partnership.Id,
                new Frame("Vårsol", new(2023, 1, 1), new(2026, 12, 31), false, 6, null, null, null, null), "test", Some.Now);
            Agreement.ComeFromPaper();
        }

        public Agreement Agreement { get; }

        public Party City { get; }

        public Party Association { get; }

        public PaperGate Gate(bool document, IEnumerable<(Party Party, string Says)> words)
        {
            var said = words.SelectMany(word => word.Says.Select(letter => (word.Party, letter))).ToList();
            return PaperGate.Of(
                Agreement.Frame, new(2022, 12, 12), document, [City, Association],
                said.Select((one, at) => new PaperAnswer
                {
                    AnswerId = Guid.NewGuid(), AgreementId = Agreement.Id, PartnershipId = Agreement.PartnershipId,
                    Number = at + 1,
                    PartyId = one.Party.Id, Organisation = one.Party.Organisation, Person = new PersonRef(Guid.NewGuid()),
                    PersonName = null, Confirms = one.letter is not 'n', Reason = one.letter is 'n' ? "Nej." : null,
                    ContentHash = one.letter is 'o' ? "other" : "this", AnsweredAt = Some.Now,
                }), "this", Today);
        }
    }
}
