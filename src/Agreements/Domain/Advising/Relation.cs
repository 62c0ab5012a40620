using Iop.Kernel;

namespace Iop.Agreements.Domain.Advising;

public enum RelationKind
{
    /// <summary>Association or operating grant (förenings- eller verksamhetsbidrag).</summary>
    Grant,

    /// <summary>Project funds (projektmedel).</summary>
    ProjectFunds,

    /// <summary>Assignment grant (uppdragsbidrag).</summary>
    AssignmentGrant,

    /// <summary>A contract that was procured (upphandlat avtal).</summary>
    PublicContract,

    /// <summary>Another contract: a lease, a loan, a sale.</summary>
    OtherContract,

    /// <summary>The same activity was procured before (the Alingsås pattern, HFD 2020 ref. 15).</summary>
    ProcuredBefore,

    /// <summary>The public party ran the same activity itself before (the Alingsås pattern).</summary>
    SelfRunBefore,

    Other,
}

/// <summary>What else there is between two parties, now or before: the lawyer reads it beside the agreement.</summary>
public sealed class Relation
{
    public const int DescriptionMax = 2_000;
    public const int ReasonMax = 1_000;
    public const int PerPartnershipMax = 200;

    private Relation()
    {
    }

    public Guid RelationId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public RelationKind Kind { get; private init; }

    public PartyId From { get; private init; }

    public PartyId To { get; private init; }

    public string Description { get; private init; } = "";

    public long? OrePerYear { get; private init; }

    public DateOnly? StartsOn { get; private init; }

    public DateOnly? EndsOn { get; private init; }

    public PersonRef ListedBy { get; private init; }

    public OrganisationRef ListedFor { get; private init; }

    public DateTimeOffset ListedAt { get; private init; }

    /// <summary>Why it was taken off the list; it is kept all the same.</summary>
    public string? RemovedBecause { get; private set; }

    public long Version { get; private set; }

    public static Refusal? List(Guid id, PartnershipId partnership, Listed listed, PersonRef by, OrganisationRef forWhom,
        DateTimeOffset now, out Relation relation)
    {
        relation = new Relation
        {
            RelationId = id, PartnershipId = partnership, Kind = listed.Kind, From = listed.From, To = listed.To,
            Description = listed.Description, OrePerYear = listed.PerYear?.Minor, StartsOn = listed.StartsOn,
            EndsOn = listed.EndsOn, ListedBy = by, ListedFor = forWhom, ListedAt = now, Version = 1,
        };
        return listed.From == listed.To ? InstrumentRefusals.WithItself : null;
    }

    public Refusal? Remove(string because)
    {
        if (RemovedBecause is not null) return InstrumentRefusals.RelationRemoved;
        RemovedBecause = because;
        Version++;
        return null;
    }

    public sealed record Listed(
        RelationKind Kind, PartyId From, PartyId To, string Description, Money? PerYear, DateOnly? StartsOn, DateOnly? EndsOn);
}
