using Iop.Agreements.Domain.Dialogue;

namespace Iop.Agreements.Domain;

/// <summary>Where a partnership stands, seen over all its agreements.</summary>
public enum PartnershipState
{
    /// <summary>One organisation has an idea (initiativ).</summary>
    Initiative,

    /// <summary>Several talk; nothing is drafted (dialog).</summary>
    Dialogue,

    /// <summary>An agreement is drafted or assessed.</summary>
    Drafting,

    /// <summary>An agreement is being signed, or is signed and waits for its start date.</summary>
    Signing,

    /// <summary>At least one agreement is in force (gällande).</summary>
    InForce,

    /// <summary>All agreements have ended.</summary>
    Ended,

    /// <summary>The dialogue ended with a choice of something simpler or more fitting (annan form vald).</summary>
    OtherFormChosen,

    /// <summary>The dialogue ended; the parties did not come together (ingen överenskommelse).</summary>
    NoAgreement,
}

public static class PartnershipStates
{
    public static PartnershipState Of(
        int parties, IReadOnlyCollection<AgreementState> agreements, DialogueOutcome? outcome = null)
    {
        if (outcome is { } ended)
            return ended is DialogueOutcome.OtherForm ? PartnershipState.OtherFormChosen : PartnershipState.NoAgreement;
        if (agreements.Any(state => state.Binds())) return PartnershipState.InForce;
        if (agreements.Any(state =>
            state is AgreementState.OpenForSignature or AgreementState.Signed)) return PartnershipState.Signing;
        if (agreements.Any(state => state.CanBeDrafted())) return PartnershipState.Drafting;
        if (agreements.Any(state => state is AgreementState.Ended or AgreementState.Rescinded)) return PartnershipState.Ended;
        return parties > 1 ? PartnershipState.Dialogue : PartnershipState.Initiative;
    }
}
