using Iop.Kernel;

namespace Iop.Agreements.Domain.Assessing;

/// <summary>Further ways in which an assessment can say no.</summary>
public static class AssessmentRefusals
{
    public static Refusal NothingToConfirm { get; } = new("assessment.nothing-to-confirm");
}
