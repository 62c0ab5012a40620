using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Assessing;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements;

/// <summary>What the answers come to. The tables are for a lawyer to check.</summary>
public sealed class AssessmentTests
{
    [Theory]
    //          what is changed from the lawful answers          outcome
    [InlineData("", Outcome.MayBeIop)]
    [InlineData("pc-6=yes", Outcome.PublicContract)] // all six met: to be procured
    [InlineData("pc-6=yes pc-1=no", Outcome.MayBeIop)] // one not met is enough
    [InlineData("pc-before=yes", Outcome.MayBeIop)] // background decides nothing by itself
    [InlineData("sa-2=yes", Outcome.UnlawfulAid)] // all five met and no basis
    [InlineData("sa-2=yes sa-basis=no", Outcome.UnlawfulAid)]
    [InlineData("sa-2=yes sa-basis=yes", Outcome.MayBeIopWithAid)]
    [InlineData("sa-basis=yes", Outcome.MayBeIop)] // a basis matters only where there is aid
    [InlineData("def-1=no", Outcome.NotAnIop)]
    [InlineData("ml-1=no", Outcome.BeyondPowers)]
    [InlineData("ml-1=n/a", Outcome.MayBeIop)]
    [InlineData("pc-6=yes sa-2=yes def-1=no ml-1=no",
        Outcome.PublicContract)] // what shuts the form out altogether is shown first
    [InlineData("sa-2=yes def-1=no", Outcome.UnlawfulAid)]
    public void The_answers_decide_the_outcome(string changed, Outcome outcome)
    {
        var replies = Some.Lawful;
        foreach (var change in changed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(change => change.Split('=')))
            replies[change[0]] = change[1] switch { "yes" => Reply.Yes, "no" => Reply.No, _ => Reply.NotApplicable };
        var result = AssessmentResult.Of(Some.Catalogue, replies);
        Assert.True(result.IsComplete);
        Assert.Equal(outcome, result.Outcome);
    }

    [Fact]
    public void Every_unanswered_question_keeps_the_assessment_open()
    {
        foreach (var question in Some.Catalogue.Questions)
        {
            var replies = Some.Lawful;
            replies.Remove(question.Id);
            var result = AssessmentResult.Of(Some.Catalogue, replies);
            Assert.Equal(Outcome.Open, result.Outcome);
            Assert.Equal([question.Id], result.Unanswered);
            Assert.Equal(Outcome.Open, result.Tests.Single(test => test.Test == question.Test).Outcome);
        }
    }

    [Fact]
    public void A_result_names_the_questions_that_decided_it()
    {
        var result = AssessmentResult.Of(Some.Catalogue, Some.Lawful);
        Assert.Equal(["pc-6"], result.Tests.Single(test => test.Test is LegalTest.PublicContract).DecidedBy);
        Assert.Equal(["sa-2"], result.Tests.Single(test => test.Test is LegalTest.StateAid).DecidedBy);
    }

    [Fact]
    public void Only_two_outcomes_let_an_agreement_through() => Assert.Equal(
        [Outcome.MayBeIop, Outcome.MayBeIopWithAid], Enum.GetValues<Outcome>().Where(outcome => !outcome.Blocks()));

    [Fact]
    public void One_approval_covers_all_units_of_a_legal_person()
    {
        var partnership = Some.Partnership();
        var city = Guid.NewGuid();
        Party[] parties =
        [
            Some.Party(partnership, OrganisationKind.Public, organisation: city),
                Some.Party(partnership, OrganisationKind.Public, organisation: city),
            Some.Party(partnership, OrganisationKind.IdeaDriven),
        ];
        Assert.Equal(city, Assert.Single(ApprovalsSoFar.Of(parties, [], "h").Missing).Value);
    }

    [Fact]
    public void An_approval_of_something_else_counts_as_voided()
    {
        var partnership = Some.Partnership();
        Party[] parties =
            [Some.Party(partnership, OrganisationKind.Public), Some.Party(partnership, OrganisationKind.IdeaDriven)];
        var agreement = Some.Agreement(partnership);
        var gate = Some.Gate(parties, agreement, hash: "before the edit");
        Assert.Equal("assessment.approval-voided", gate.Refusal?.Code);
        Assert.Equal("assessment.not-approved", Some.Gate(parties, agreement, approved: false).Refusal?.Code);
    }

    [Fact]
    public void A_question_that_always_applies_is_answered_yes_or_no()
    {
        var agreement = Some.Agreement(Some.Partnership());
        var by = new Answerer(new PersonRef(Guid.NewGuid()), new OrganisationRef(Guid.NewGuid()));
        var question = Some.Catalogue.Find("pc-1")!;
        var answer = LegalAnswer.To(agreement.Id, agreement.PartnershipId, question);
        Assert.Equal("assessment.always-applies", answer.Give(question, Reply.NotApplicable, "?", null, by, Some.Now)?.Code);
        Assert.Null(answer.Give(question, Reply.No, "Inget köp.", null, by, Some.Now));
    }
}
