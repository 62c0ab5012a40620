namespace Iop.Agreements.Domain;

/// <summary>The collaboration over its whole life (partnerskap, IOP).</summary>
public readonly record struct PartnershipId(Guid Value);

/// <summary>A party in a partnership.</summary>
public readonly record struct PartyId(Guid Value);

/// <summary>One agreement of a partnership.</summary>
public readonly record struct AgreementId(Guid Value);

public readonly record struct ContributionId(Guid Value);

/// <summary>A legal person, kept by Registry.</summary>
public readonly record struct OrganisationRef(Guid Value);

/// <summary>An acting part of an organisation, kept by Registry.</summary>
public readonly record struct UnitRef(Guid Value);

/// <summary>A person, kept by Identity.</summary>
public readonly record struct PersonRef(Guid Value);
