using Iop.Web.Terms;

namespace Iop.Web.Contracts;

/// <summary>An amendment of a contract, as its pages read it.</summary>
public sealed record Amendment(
    Guid Id, int Number, string State, string Reason, DateOnly HoldsFrom, IReadOnlyList<ContractParty>? Parties,
    IReadOnlyList<ContractPeriod>? Kept, IReadOnlyList<ContractPeriod>? Periods, string Terms, TermsCheck? Check, string Hash,
    string? VersionHash, string? PreviousHash, string? AbandonedBecause, IReadOnlyList<AmendmentSigner>? Signers);

public sealed record AmendmentSigner(Guid OrganisationId, string Name, bool Mine, string? PersonName, DateTimeOffset? At);

public sealed record AmendmentInList(int Number, string State, DateOnly HoldsFrom, string Reason);
