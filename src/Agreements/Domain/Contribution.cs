using Iop.Kernel;

namespace Iop.Agreements.Domain;

public enum ContributionKind
{
    Money,
    Premises,
    Administration,
    Labour,
    Material,
    Competence,

    /// <summary>Counted in hours (ideellt arbete).</summary>
    VolunteerWork,
    DigitalTools,

    /// <summary>Never forced into kronor (förtroendekapital).</summary>
    Trust,
    Networks,
}

/// <summary>What is true of each kind.</summary>
public static class ContributionKinds
{
    /// <summary>Somebody's time, which may be counted in hours.</summary>
    public static bool IsWork(this ContributionKind kind) =>
        kind is not (ContributionKind.Money or ContributionKind.Premises or ContributionKind.Material);

    /// <summary>Never asked for in kronor: what it is worth is not a price.</summary>
    public static bool HasNoPrice(this ContributionKind kind) =>
        kind is ContributionKind.Competence or ContributionKind.Trust or ContributionKind.Networks;
}

/// <summary>What a party puts in (insats av resurser).</summary>
public sealed class Contribution
{
    public const int PerAgreementMax = 200;
    public const int DescriptionMax = 2_000;
    public const int FundingSourceMax = 300;
    public const int HoursMax = 1_000_000;

    /// <summary>Ten billion kronor a year: more is a slip of the finger, and far below what canonical JSON can hold
    /// exactly.</summary>
    public const long OreMax = 1_000_000_000_000;

    private Contribution()
    {
    }

    public ContributionId Id { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public PartyId PartyId { get; private init; }

    public ContributionKind Kind { get; private set; }

    public string Description { get; private set; } = "";

    /// <summary>Value in öre a year; null when not stated, which is always allowed.</summary>
    public long? OrePerYear { get; private set; }

    public int? HoursPerYear { get; private set; }

    /// <summary>Where the party has it from: budget, project fund, gift …</summary>
    public string? FundingSource { get; private set; }

    public long Version { get; private set; }

    public static Refusal? NoRoomBeside(int present) =>
        present >= PerAgreementMax ? AgreementRefusals.TooManyContributions : null;

    public static Refusal? Offer(
        ContributionId id, AgreementId agreement, PartnershipId partnership, PartyId party, Offered offered,
            out Contribution contribution)
    {
        contribution = new Contribution { Id = id, AgreementId = agreement, PartnershipId = partnership, PartyId = party };
        return contribution.Change(offered);
    }

    public Refusal? Change(Offered offered)
    {
        if (offered.HoursPerYear is not null && !offered.Kind.IsWork()) return AgreementRefusals.HoursOnlyForWork;
        (Kind, Description, FundingSource) = (offered.Kind, offered.Description, offered.FundingSource);
        (OrePerYear, HoursPerYear) = (offered.PerYear?.Minor, offered.HoursPerYear);
        Version++;
        return null;
    }

    /// <summary>What is offered, in words and numbers.</summary>
    public sealed record Offered(ContributionKind Kind, string Description, Money? PerYear, int? HoursPerYear,
        string? FundingSource);
}
