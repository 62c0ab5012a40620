using MassTransit;

namespace Iop.Contracts.OutcomeFinance;

/// <summary>All parties have signed the outcome contract: it can be measured and paid.</summary>
/// <remarks>Told by OutcomeFinance. Heard by FollowUp (what to measure, who verifies), OutcomeFinance itself (what is public)
/// and Notifications.</remarks>
[MessageUrn("iop:outcome-finance:outcome-contract-signed:v1"), EntityName("iop.outcome-finance.outcome-contract-signed.v1")]
public sealed record OutcomeContractSigned
{
    public required Guid ContractId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required string Title { get; init; }

    public required string VersionHash { get; init; }

    public Guid? PartnershipId { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    public required IReadOnlyList<OutcomeContractSignedParty> Parties { get; init; }

    public required IReadOnlyList<OutcomeContractSignedMeasure> Measures { get; init; }

    public required IReadOnlyList<OutcomeContractSignedPeriod> Periods { get; init; }
}

/// <summary>A party and what it is.</summary>
public sealed record OutcomeContractSignedParty
{
    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    public required string Name { get; init; }

    /// <summary>payer, funder, payee, provider or verifier; an organisation may stand several times, but a verifier only
    /// once.</summary>
    public required string Role { get; init; }
}

/// <summary>What is measured.</summary>
public sealed record OutcomeContractSignedMeasure
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
public sealed record OutcomeContractSignedPeriod
{
    /// <summary>Such as 2026-H1.</summary>
    public required string Key { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    /// <summary>Guarantees and tranches are computed here.</summary>
    public required bool Final { get; init; }
}
