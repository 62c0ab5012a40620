using Iop.Agreements.Domain.Aid;
using Iop.Kernel;

namespace Iop.Agreements.Domain.Assessing;

/// <summary>Further ways in which an assessment can say no.</summary>
public static class AssessmentRefusals
{
    public static Refusal NothingToConfirm { get; } = new("assessment.nothing-to-confirm");

    public static Refusal AidNotBooked(AidKind kind) => new Refusal("assessment.aid-not-booked").With("kind", kind);

    public static Refusal AidExceeds { get; } = new("assessment.aid-exceeds-ceiling");
}
