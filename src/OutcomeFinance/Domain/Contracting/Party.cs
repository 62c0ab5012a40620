using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Contracting;

internal enum PartyRole
{
    /// <summary>Owes what the terms say (betalare).</summary>
    Payer,

    /// <summary>Pays for the interventions as they are done and bears the risk (finansiär).</summary>
    Funder,

    /// <summary>Is paid (betalningsmottagare).</summary>
    Payee,

    /// <summary>Carries out the interventions (utförare).</summary>
    Provider,

    /// <summary>Confirms outcome measurements and nothing else; signs that it will (verifierare).</summary>
    Verifier,
}

/// <summary>An organisation (or a unit of it) in one role of a contract. The same organisation may have several roles.</summary>
internal sealed class Party
{
    public required PartyId Id { get; init; }

    public required ContractId ContractId { get; init; }

    public required int Position { get; init; }

    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    public required string Name { get; init; }

    public required OrganisationKind Kind { get; init; }

    public required PartyRole Role { get; init; }

    /// <summary>What the terms call it.</summary>
    public string? Alias { get; init; }

    public bool Verifies => Role is PartyRole.Verifier;

    public bool IsActedForBy(Actor actor) =>
        OrganisationId == actor.Organisation && (UnitId is null || actor.Unit is null || UnitId == actor.Unit);

    public bool IsCalled(string name) => string.Equals(Alias, name, StringComparison.Ordinal);
}

/// <summary>A measuring and paying period; the order of the list is the order of the contract.</summary>
internal sealed class ContractPeriod
{
    public required ContractId ContractId { get; init; }

    public required int Position { get; init; }

    public required string Key { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    /// <summary>Guarantees and tranches are computed here.</summary>
    public required bool Final { get; init; }
}

/// <summary>On which side an organisation stands in a contract: it verifies, or it does anything else.</summary>
internal sealed class Stance
{
    public required ContractId ContractId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required bool IsVerifier { get; init; }
}
