namespace Iop.OutcomeFinance.Domain.Assessing;

internal enum Finding
{
    /// <summary>Not every question has an answer.</summary>
    Open,

    /// <summary>Nothing stands in the way.</summary>
    Lawful,

    /// <summary>Lawful because of a stated ground: it has been procured, or the aid is allowed.</summary>
    LawfulOnABasis,

    /// <summary>To be procured, and has not been.</summary>
    PublicContract,

    /// <summary>Aid without any basis.</summary>
    UnlawfulAid,

    /// <summary>Outside what the public party may do.</summary>
    BeyondPowers,
}

/// <summary>What one test came to, and the questions that decided it.</summary>
internal sealed record TestFinding(LegalTest Test, Finding Finding, IReadOnlyList<string> DecidedBy);

/// <summary>What one public party's assessment of a contract comes to (rättslig bedömning).</summary>
internal sealed record Assessment(Finding Finding, IReadOnlyList<TestFinding> Tests, IReadOnlyList<string> Unanswered)
{
    /// <summary>Which finding the whole shows when several tests fail: the one that shuts the form out altogether comes
    /// first.</summary>
    private static readonly Finding[] Gravest =
        [Finding.PublicContract, Finding.UnlawfulAid, Finding.BeyondPowers, Finding.LawfulOnABasis];

    public bool IsComplete => Unanswered.Count == 0;

    /// <summary>No version opens for signature with such a finding.</summary>
    public bool Blocks => Finding is Finding.PublicContract or Finding.UnlawfulAid or Finding.BeyondPowers;

    public static Assessment Of(Catalogue catalogue, IReadOnlyDictionary<string, Reply> replies)
    {
        var tests = catalogue.Questions.GroupBy(question => question.Test).OrderBy(test => test.Key)
            .Select(test => Of(test.Key, [.. test], replies)).ToList();
        var unanswered = catalogue.Questions.Where(question => !replies.ContainsKey(question.Id))
            .Select(question => question.Id).ToList();
        return unanswered.Count > 0
            ? new Assessment(Finding.Open, tests, unanswered)
            : new Assessment(
                Gravest.FirstOrDefault(finding => tests.Exists(test => test.Finding == finding), Finding.Lawful), tests,
                unanswered);
    }

    private static TestFinding Of(
        LegalTest test, IReadOnlyList<Question> questions, IReadOnlyDictionary<string, Reply> replies)
    {
        if (questions.Any(question => !replies.ContainsKey(question.Id))) return new TestFinding(test, Finding.Open, []);
        return test switch
        {
            LegalTest.PublicContract => AllMet(test, questions, replies, Finding.PublicContract),
            LegalTest.StateAid => AllMet(test, questions, replies, Finding.UnlawfulAid),
            _ => NoneUnmet(test, questions, replies, Finding.BeyondPowers),
        };
    }

    /// <summary>Only when every condition is met does the law apply; then a stated ground is needed.</summary>
    private static TestFinding AllMet(
        LegalTest test, IReadOnlyList<Question> questions, IReadOnlyDictionary<string, Reply> replies, Finding met)
    {
        var conditions = Those(questions, QuestionPart.Condition);
        var unmet = conditions.Where(id => replies[id] is not Reply.Yes).ToList();
        if (unmet.Count > 0) return new TestFinding(test, Finding.Lawful, unmet);
        var bases = Those(questions, QuestionPart.Basis).Where(id => replies[id] is Reply.Yes).ToList();
        return bases.Count > 0 ? new TestFinding(test, Finding.LawfulOnABasis, bases) : new TestFinding(test, met, conditions);
    }

    /// <summary>Every condition must be met; one that is not met is enough to fail.</summary>
    private static TestFinding NoneUnmet(
        LegalTest test, IReadOnlyList<Question> questions, IReadOnlyDictionary<string, Reply> replies, Finding failed)
    {
        var conditions = Those(questions, QuestionPart.Condition);
        var unmet = conditions.Where(id => replies[id] is Reply.No).ToList();
        return unmet.Count == 0 ? new TestFinding(test, Finding.Lawful, conditions) : new TestFinding(test, failed, unmet);
    }

    private static List<string> Those(IReadOnlyList<Question> questions, QuestionPart part) =>
        [.. questions.Where(question => question.Part == part).Select(question => question.Id)];
}
