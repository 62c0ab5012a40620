using Iop.OutcomeFinance.Domain.Assessing;

namespace Iop.OutcomeFinance.Domain.Contracting;

/// <summary>A public party's lawyer has found a draft lawful. Holds for exactly that draft.</summary>
internal sealed class LegalApproval
{
    public required Guid ApprovalId { get; init; }

    public required ContractId ContractId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>Of the whole draft: a later edit voids the approval.</summary>
    public required string ApprovedHash { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What the party's assessment came to; null for approvals from before there were assessments.</summary>
    public Finding? Finding { get; init; }

    /// <summary>Of the questions, the answers and the draft together, as they were approved.</summary>
    public string? AssessmentHash { get; init; }

    /// <summary>RFC 8785 JSON in UTF-8: what was hashed.</summary>
    public byte[]? Assessment { get; init; }

    /// <summary>How many times the party had answered then: another answer since voids the approval.</summary>
    public long AnswersVersion { get; init; }
}

/// <summary>On what decision somebody signs.</summary>
internal sealed record Mandate(string Basis, DateOnly DecidedOn, string? Paragraph, string? CaseNumber);

/// <summary>A party's signature under one version, sealed.</summary>
internal sealed class ContractSignature
{
    public required Guid SignatureId { get; init; }

    public required ContractId ContractId { get; init; }

    public required string VersionHash { get; init; }

    /// <summary>Its place in the chain of seals, from 1.</summary>
    public required int Number { get; init; }

    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    public required Guid PersonId { get; init; }

    public required string MandateBasis { get; init; }

    public required DateOnly MandateDecidedOn { get; init; }

    public string? MandateParagraph { get; init; }

    public string? MandateCaseNumber { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Seal { get; init; }
}
