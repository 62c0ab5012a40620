using Iop.Agreements.Domain.FromPaper;
using Iop.Agreements.Domain.Life;
using Iop.Kernel;

namespace Iop.Agreements.Domain;

/// <summary>An agreement that was signed on paper before it came here.</summary>
public sealed partial class Agreement
{
    /// <summary>Its parties bring a running agreement with them; they confirm it instead of signing once more.</summary>
    public bool TakenOver { get; private set; }

    public void ComeFromPaper() => TakenOver = true;

    /// <summary>All have confirmed the paper: the agreement is in force, and from then on like any other.</summary>
    public Refusal? TakeOver(PaperGate gate, string versionHash, DateOnly signedOn, DateTimeOffset now)
    {
        if (!TakenOver) return PaperRefusals.NotFromPaper;
        if (!State.CanBeDrafted() || IsFixed is not null) return PaperRefusals.Done;
        if (gate.Refusal is { } closed) return closed;
        (State, StateSince) = (AgreementState.InForce, now);
        (Working, WorkingSince) = (Working.None, now);
        (VersionHash, InForceHash, SignedOn) = (versionHash, versionHash, signedOn);
        Take(Life.Term.Of(Frame));
        Version++;
        return null;
    }
}
