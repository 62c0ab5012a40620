using Iop.Agreements.Domain.Aid;

namespace Iop.Agreements.Domain.Assessing;

public enum Outcome
{
    /// <summary>Not every question has an answer.</summary>
    Open,

    /// <summary>The tests are passed: may be an IOP.</summary>
    MayBeIop,

    /// <summary>Passed, with aid that stands on a stated basis.</summary>
    MayBeIopWithAid,

    /// <summary>Not an IOP as defined.</summary>
    NotAnIop,

    /// <summary>To be procured.</summary>
    PublicContract,

    /// <summary>Aid without any basis.</summary>
    UnlawfulAid,

    /// <summary>Outside what the public party may do.</summary>
    BeyondPowers,
}

public static class Outcomes
{
    /// <summary>No version opens for signature with such an outcome.</summary>
    public static bool Blocks(this Outcome outcome) => outcome is not (Outcome.MayBeIop or Outcome.MayBeIopWithAid);
}

/// <summary>What one test came to, and the questions that decided it.</summary>
public sealed record TestResult(LegalTest Test, Outcome Outcome, IReadOnlyList<string> DecidedBy);

/// <summary>What the whole assessment came to. The results explain themselves: each names the questions that decided
/// it.</summary>
public sealed record AssessmentResult(Outcome Outcome, IReadOnlyList<TestResult> Tests, IReadOnlyList<string> Unanswered)
{
    public bool IsComplete => Unanswered.Count == 0;

    /// <summary>Small aid that the assessment rests on and that is not in the ledger yet.</summary>
    public IReadOnlyList<AidKind> AidToBook { get; init; } = [];

    /// <summary>Aid has been booked or stated since, so that the agreement's own no longer fits.</summary>
    public bool AidExceeds { get; init; }

    /// <summary>The same result, seen beside the ledger.</summary>
    public AssessmentResult Beside(Catalogue catalogue, IReadOnlyCollection<AidKind> booked, bool exceeds) =>
        Tests.FirstOrDefault(test => test is { Test: LegalTest.StateAid, Outcome: Outcome.MayBeIopWithAid }) is not { } aid ? this
            : this with
            {
                AidToBook = [.. aid.DecidedBy.Select(id => catalogue.Find(id)?.Needs).OfType<AidKind>().Except(booked)],
                AidExceeds = exceeds,
            };

    /// <summary>Null when the aid that the outcome rests on is booked and still fits.</summary>
    public Kernel.Refusal? AidRefusal => AidToBook.Count > 0 ? AssessmentRefusals.AidNotBooked(AidToBook[0])
        : AidExceeds ? AssessmentRefusals.AidExceeds : null;

    public static AssessmentResult Of(Catalogue catalogue, IReadOnlyDictionary<string, Reply> replies)
    {
        var tests = catalogue.Questions.GroupBy(question => question.Test).OrderBy(test => test.Key)
            .Select(test => Of(test.Key, [.. test], replies)).ToList();
        var unanswered = catalogue.Questions.Where(question => !replies.ContainsKey(question.Id)).Select(question => question.Id)
            .ToList();
        if (unanswered.Count > 0) return new AssessmentResult(Outcome.Open, tests, unanswered);
        var worst = Gravest.FirstOrDefault(outcome => tests.Any(test => test.Outcome == outcome), Outcome.MayBeIop);
        return new AssessmentResult(worst, tests, unanswered);
    }

    /// <summary>Which outcome the whole shows when several tests fail: the one that shuts the form out altogether comes
    /// first.</summary>
    private static readonly Outcome[] Gravest =
        [Outcome.PublicContract, Outcome.UnlawfulAid, Outcome.BeyondPowers, Outcome.NotAnIop, Outcome.MayBeIopWithAid];

    private static TestResult Of(LegalTest test, IReadOnlyList<Question> questions, IReadOnlyDictionary<string, Reply> replies)
    {
        if (questions.Any(question => !replies.ContainsKey(question.Id))) return new TestResult(test, Outcome.Open, []);
        var conditions = questions.Where(question => question.Part is QuestionPart.Condition).Select(question => question.Id)
            .ToList();
        return test switch
        {
            LegalTest.PublicContract => AllMet(test, conditions, replies, Outcome.PublicContract),
            LegalTest.StateAid => StateAid(questions, conditions, replies),
            LegalTest.Definition => NoneUnmet(test, conditions, replies, Outcome.NotAnIop),
            LegalTest.MunicipalLaw => NoneUnmet(test, conditions, replies, Outcome.BeyondPowers),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Only when every condition is met does the law apply; one that is not met is enough.</summary>
    private static TestResult AllMet(LegalTest test, List<string> conditions, IReadOnlyDictionary<string, Reply> replies,
        Outcome met)
    {
        var unmet = conditions.Where(id => replies[id] is not Reply.Yes).ToList();
        return unmet.Count == 0 ? new TestResult(test, met, conditions) : new TestResult(test, Outcome.MayBeIop, unmet);
    }

    /// <summary>Every condition must be met; one that is not met is enough to fail.</summary>
    private static TestResult NoneUnmet(LegalTest test, List<string> conditions, IReadOnlyDictionary<string, Reply> replies,
        Outcome failed)
    {
        var unmet = conditions.Where(id => replies[id] is Reply.No).ToList();
        return unmet.Count == 0 ? new TestResult(test, Outcome.MayBeIop, conditions) : new TestResult(test, failed, unmet);
    }

    private static TestResult StateAid(IReadOnlyList<Question> questions, List<string> conditions, IReadOnlyDictionary<string,
        Reply> replies)
    {
        var aid = AllMet(LegalTest.StateAid, conditions, replies, Outcome.UnlawfulAid);
        if (aid.Outcome is Outcome.MayBeIop) return aid;
        var bases = questions.Where(question => question.Part is QuestionPart.Basis && replies[question.Id] is Reply.Yes)
            .Select(question => question.Id).ToList();
        return bases.Count > 0 ? new TestResult(LegalTest.StateAid, Outcome.MayBeIopWithAid, bases) : aid;
    }
}
