using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Contracting;

namespace Iop.OutcomeFinance.Domain.Amending;

internal enum AmendmentState
{
    Draft,
    OpenForSignature,
    Signed,
    Abandoned,
}

/// <summary>A signed contract gets other terms, parties and periods from a date (tilläggsavtal). What was before the date stays
/// as it was signed, and all sign anew.</summary>
internal sealed class Amendment
{
    public required Guid AmendmentId { get; init; }

    public required ContractId ContractId { get; init; }

    /// <summary>Of the version of the contract, from 2; an abandoned one keeps its number.</summary>
    public required int Number { get; init; }

    public AmendmentContent Content { get; private set; } = AmendmentContent.Empty;

    public string Reason { get; private set; } = "";

    public string Terms { get; private set; } = "";

    /// <summary>The first day of its first period.</summary>
    public DateOnly HoldsFrom { get; private set; }

    public AmendmentState State { get; private set; }

    /// <summary>Of the version that is signed; null while it is a draft.</summary>
    public string? VersionHash { get; private set; }

    public string? AbandonedBecause { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public long Version { get; private set; }

    public bool IsUnderWay => State is AmendmentState.Draft or AmendmentState.OpenForSignature;

    public string FirstPeriod => Content.Periods[0].Key;

    /// <summary>Writes the whole of it, in a draft.</summary>
    public Refusal? Write(string reason, string terms, AmendmentContent content, OutcomeContract contract)
    {
        if (State is not AmendmentState.Draft) return AmendmentRefusals.NotADraft(State);
        if (content.Incoherent(contract) is { } refusal) return refusal;
        (Reason, Terms, Content, HoldsFrom) = (reason, terms, content, content.Periods[0].From);
        Version++;
        return null;
    }

    /// <summary>Fixes the version that the parties sign.</summary>
    public Refusal? Open(TermsInForce? terms, string hash, OutcomeContract contract)
    {
        if (State is not AmendmentState.Draft) return AmendmentRefusals.NotADraft(State);
        if (terms is null) return ContractRefusals.TermsFaulty;
        if (Content.Roster(contract).RefusesNames(terms) is { } unknown) return unknown;
        if (contract.ApprovalsMissing(hash).FirstOrDefault() is { } missing)
            return ContractRefusals.LegalApprovalMissing(missing.Name);
        (State, VersionHash) = (AmendmentState.OpenForSignature, hash);
        contract.NoteOpening();
        Version++;
        return null;
    }

    /// <summary>Gives it up before all have signed: the contract stays as it is.</summary>
    public Refusal? Abandon(string reason)
    {
        if (!IsUnderWay) return AmendmentRefusals.NotUnderWay(State);
        (State, AbandonedBecause) = (AmendmentState.Abandoned, reason);
        Version++;
        return null;
    }

    internal void TakeEffect()
    {
        State = AmendmentState.Signed;
        Version++;
    }

    internal void NoteSigning() => Version++;
}
