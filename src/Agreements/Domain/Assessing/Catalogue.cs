using Iop.Agreements.Domain.Aid;

namespace Iop.Agreements.Domain.Assessing;

/// <summary>The tests an agreement must pass before it opens for signature.</summary>
public enum LegalTest
{
    /// <summary>Is it an IOP at all [SOU 2019:56]?</summary>
    Definition,

    /// <summary>Is it a public contract, to be procured (offentligt kontrakt)?</summary>
    PublicContract,

    /// <summary>Is it state aid, and if so on what basis (statligt stöd)?</summary>
    StateAid,

    /// <summary>May the public party do this (kommunalrätt, eller uppdrag i instruktion eller ägardirektiv)?</summary>
    MunicipalLaw,
}

/// <summary>How a question weighs in its test.</summary>
public enum QuestionPart
{
    /// <summary>The test's result follows from these.</summary>
    Condition,

    /// <summary>A ground on which state aid is allowed; matters only where there is aid.</summary>
    Basis,

    /// <summary>Must be answered, and is shown beside the result, but decides nothing by itself.</summary>
    Background,
}

/// <param name="Id">Stable within all catalogues; another wording with another meaning gets another id.</param>
/// <param name="MayNotApply">Whether "does not apply" is an answer.</param>
/// <param name="Needs">A basis that rests on aid of this kind being booked.</param>
public sealed record Question(string Id, LegalTest Test, QuestionPart Part, bool MayNotApply, AidKind? Needs = null);

/// <summary>A versioned set of questions. Their wording, source and year are data beside it.</summary>
public sealed record Catalogue(string Version, IReadOnlyList<Question> Questions)
{
    public Question? Find(string id) => Questions.FirstOrDefault(question => question.Id == id);
}

public enum Reply
{
    Yes,
    No,
    NotApplicable,
}
