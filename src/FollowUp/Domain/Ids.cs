namespace Iop.FollowUp.Domain;

internal readonly record struct PlanId(Guid Value);

internal readonly record struct IndicatorId(Guid Value);

internal readonly record struct DeviationId(Guid Value);

internal readonly record struct MeetingId(Guid Value);

internal readonly record struct MeetingActionId(Guid Value);

internal readonly record struct MeasurementId(Guid Value);

internal readonly record struct ParticipantId(Guid Value);

internal readonly record struct EvidenceFileId(Guid Value);

/// <summary>A partnership of Agreements.</summary>
internal readonly record struct PartnershipRef(Guid Value);

/// <summary>An agreement of Agreements.</summary>
internal readonly record struct AgreementRef(Guid Value);

/// <summary>An outcome contract of OutcomeFinance.</summary>
internal readonly record struct ContractRef(Guid Value);

/// <summary>Who acts: a person for an organisation, or for one unit of it.</summary>
internal readonly record struct Actor(Guid Person, Guid Organisation, Guid? Unit);
