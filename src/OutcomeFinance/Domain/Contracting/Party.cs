using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Amending;

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

    /// <summary>The version of the contract that brought it: 1, or an amendment's.</summary>
    public int FromVersion { get; init; } = 1;

    public bool Verifies => Role is PartyRole.Verifier;

    public bool IsActedForBy(Actor actor) =>
        OrganisationId == actor.Organisation && (UnitId is null || actor.Unit is null || UnitId == actor.Unit);

    public bool IsCalled(string name) => string.Equals(Alias, name, StringComparison.Ordinal);
}

/// <summary>A measuring and paying period; the order of the list is the order of the contract.</summary>
internal sealed class ContractPeriod
{
    public required ContractId ContractId { get; init; }

    public required int Position { get; set; }

    public required string Key { get; init; }

    public required DateOnly From { get; set; }

    public required DateOnly To { get; set; }

    /// <summary>Guarantees and tranches are computed here.</summary>
    public required bool Final { get; set; }

    /// <summary>The amendment without which it would have been measured.</summary>
    public int? DroppedBy { get; set; }

    public static ContractPeriod Of(AmendedPeriod period, ContractId contract, int position) => new()
    {
        ContractId = contract, Position = position, Key = period.Key, From = period.From, To = period.To, Final = period.Final,
    };

    /// <summary>An amendment gives the period other days.</summary>
    public void Become(AmendedPeriod period, int position) =>
        (Position, From, To, Final, DroppedBy) = (position, period.From, period.To, period.Final, null);
}

/// <summary>On which side an organisation stands in a contract: it verifies, or it does anything else.</summary>
internal sealed class Stance
{
    public required ContractId ContractId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required bool IsVerifier { get; init; }
}
