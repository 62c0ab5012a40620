namespace Iop.Agreements.Domain.History;

public enum DeedKind
{
    Added,
    Changed,
    Removed,
}

/// <summary>One line of the history (historik): what somebody did to one thing, field by field, with what stood there before.
/// Written in the transaction of the change, never touched again.</summary>
public sealed class ChangeEntry
{
    private ChangeEntry()
    {
    }

    /// <summary>The order in which things happened.</summary>
    public long Position { get; private init; }

    public Guid ActId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    /// <summary>Null for what belongs to the partnership and not to one agreement.</summary>
    public AgreementId? AgreementId { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <summary>Null when the platform did it by itself: a date came, a message arrived.</summary>
    public PersonRef? Person { get; private init; }

    public OrganisationRef? Organisation { get; private init; }

    /// <summary>What kind of thing: section, contribution, agreement …</summary>
    public string Thing { get; private init; } = "";

    /// <summary>Which one: the section's key, or an id.</summary>
    public string Subject { get; private init; } = "";

    public PartyId? PartyId { get; private init; }

    /// <summary>What the thing was called then.</summary>
    public string? Label { get; private init; }

    public DeedKind Change { get; private init; }

    /// <summary>JSON: <c>{"text":["before","after"]}</c>.</summary>
    public string Fields { get; private init; } = "{}";

    public string Circle { get; private init; } = "";
}
