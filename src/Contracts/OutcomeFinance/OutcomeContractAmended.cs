using MassTransit;

namespace Iop.Contracts.OutcomeFinance;

/// <summary>All have signed an amendment of an outcome contract: from its date on there are other terms, parties and periods.
/// What is before the date stays as it was.</summary>
/// <remarks>Told by OutcomeFinance. Heard by FollowUp (what to measure from the date on), OutcomeFinance itself (the public page)
/// and Notifications.</remarks>
[MessageUrn("iop:outcome-finance:outcome-contract-amended:v1"), EntityName("iop.outcome-finance.outcome-contract-amended.v1")]
public sealed record OutcomeContractAmended
{
    public required Guid ContractId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    /// <summary>Of the version of the contract, from 2.</summary>
    public required int Number { get; init; }

    public required string Title { get; init; }

    public required string VersionHash { get; init; }

    /// <summary>The first day of the first period below.</summary>
    public required DateOnly HoldsFrom { get; init; }

    /// <summary>All who are party from then on.</summary>
    public required IReadOnlyList<OutcomeContractAmendedParty> Parties { get; init; }

    /// <summary>What the amended terms measure; a measure that was known keeps its type.</summary>
    public required IReadOnlyList<OutcomeContractAmendedMeasure> Measures { get; init; }

    /// <summary>All periods from the date on, in order; those told of before that are not among them are dropped.</summary>
    public required IReadOnlyList<OutcomeContractAmendedPeriod> Periods { get; init; }
}

/// <summary>A party and what it is.</summary>
public sealed record OutcomeContractAmendedParty
{
    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    public required string Name { get; init; }

    /// <summary>payer, funder, payee, provider or verifier; an organisation may stand several times, but a verifier only
    /// once.</summary>
    public required string Role { get; init; }
}

/// <summary>What is measured.</summary>
public sealed record OutcomeContractAmendedMeasure
{
    /// <summary>The measure, or collection/field.</summary>
    public required string Path { get; init; }

    /// <summary>money, number, count, percent, boolean, date, code or codes (a list of them).</summary>
    public required string Type { get; init; }

    /// <summary>latest or additive.</summary>
    public required string Accumulation { get; init; }

    /// <summary>The currency or counted unit.</summary>
    public string? Unit { get; init; }

    /// <summary>Else figures are at least nought.</summary>
    public required bool MayBeNegative { get; init; }

    /// <summary>The collection's members are people: they are reported by opaque keys and in no other way.</summary>
    public bool PerPerson { get; init; }
}

/// <summary>A measuring period, in the contract's order.</summary>
public sealed record OutcomeContractAmendedPeriod
{
    /// <summary>Such as 2026-H1.</summary>
    public required string Key { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    /// <summary>Guarantees and tranches are computed here.</summary>
    public required bool Final { get; init; }
}
