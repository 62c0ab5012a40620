namespace Iop.OutcomeFinance.Domain;

internal readonly record struct ContractId(Guid Value);

internal readonly record struct PartyId(Guid Value);

internal readonly record struct CalculationId(Guid Value);

internal readonly record struct ObligationId(Guid Value);

internal readonly record struct SimulationId(Guid Value);

/// <summary>A measurement of FollowUp.</summary>
internal readonly record struct MeasurementRef(Guid Value);

/// <summary>A partnership of Agreements, whose public costs a contract finances.</summary>
internal readonly record struct PartnershipRef(Guid Value);

/// <summary>Who acts: a person for an organisation, or for one unit of it.</summary>
internal readonly record struct Actor(Guid Person, Guid Organisation, Guid? Unit);
