namespace Iop.OutcomeFinance.Domain.Assessing;

/// <summary>The tests that an outcome contract must pass before it opens for signature.</summary>
internal enum LegalTest
{
    /// <summary>Is it a public contract, to be procured (offentligt kontrakt)? Payment against results is a mark of
    /// one.</summary>
    PublicContract,

    /// <summary>Is it state aid, and if so on what basis (statligt stöd)?</summary>
    StateAid,

    /// <summary>May the public party do this (kommunalrätt, eller uppdrag i instruktion eller ägardirektiv)?</summary>
    PublicPowers,
}

/// <summary>How a question weighs in its test.</summary>
internal enum QuestionPart
{
    /// <summary>The test's result follows from these.</summary>
    Condition,

    /// <summary>A ground on which it may be signed all the same.</summary>
    Basis,

    /// <summary>Must be answered, and is shown beside the result, but decides nothing by itself.</summary>
    Background,
}

internal enum Reply
{
    Yes,
    No,
    NotApplicable,
}

/// <param name="Id">Stable within all catalogues; another wording with another meaning gets another id.</param>
/// <param name="MayNotApply">Whether "does not apply" is an answer.</param>
internal sealed record Question(string Id, LegalTest Test, QuestionPart Part, bool MayNotApply);

/// <summary>A versioned set of questions. Their wording, source and year are data beside it.</summary>
internal sealed record Catalogue(string Version, IReadOnlyList<Question> Questions)
{
    public Question? Find(string id) => Questions.FirstOrDefault(question => question.Id == id);
}
