namespace Iop.Agreements.Domain.Dialogue;

/// <summary>How a dialogue ends when it does not lead to an agreement.</summary>
public enum DialogueOutcome
{
    /// <summary>Something else fits better (annan form vald).</summary>
    OtherForm,

    /// <summary>The parties do not come together (ingen överenskommelse).</summary>
    NoAgreement,
}

/// <summary>What the parties choose instead [bygga p. 14; handbok p. 10–11]. A simpler way that works is better.</summary>
public enum OtherForm
{
    AssociationGrant,
    OperatingGrant,
    ProjectFunds,

    /// <summary>Uppdragsbidrag.</summary>
    AssignmentGrant,
    Procurement,

    /// <summary>Valfrihetssystem (LOV).</summary>
    ChoiceSystem,
    OwnProduction,
    OwnCapital,
    InformalCooperation,
    JointLegalPerson,
    Leader,
    Esf,
    Other,
}
