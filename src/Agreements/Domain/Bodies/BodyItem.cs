using Iop.Kernel;

namespace Iop.Agreements.Domain.Bodies;

/// <summary>An item on a body's table.</summary>
public readonly record struct ItemId(Guid Value);

public enum ItemState
{
    Open,
    Closed,
}

/// <summary>Something a body has to deal with (ärende). It may be referred to another body, and ends with what came of
/// it.</summary>
public sealed class BodyItem
{
    public const int OpenMax = 200;
    public const int TitleMax = 200;
    public const int TextMax = 5_000;

    private BodyItem()
    {
    }

    public ItemId Id { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    /// <summary>On whose table it lies now.</summary>
    public BodyId BodyId { get; private set; }

    public string Title { get; private init; } = "";

    public string? Text { get; private init; }

    public ItemState State { get; private set; }

    public PersonRef RaisedBy { get; private init; }

    public DateTimeOffset RaisedAt { get; private init; }

    public long Version { get; private set; }

    /// <summary>Only what is still open takes room on a body's table.</summary>
    public static Refusal? NoRoomBeside(int open) => open >= OpenMax ? ItemRefusals.TooMany : null;

    public static BodyItem Raise(ItemId id, Body body, string title, string? text, PersonRef by, DateTimeOffset now) => new()
    {
        Id = id,
        PartnershipId = body.PartnershipId,
        BodyId = body.Id,
        Title = title,
        Text = text,
        RaisedBy = by,
        RaisedAt = now,
        Version = 1,
    };

    /// <summary>Passed on to another body, with the reason (hänskjuts).</summary>
    public Refusal? Refer(Body to, string reason, PersonRef by, DateTimeOffset now, Guid stepId, out ItemStep step)
    {
        step = Step(stepId, to.Id, reason, by, now);
        if (State is ItemState.Closed) return ItemRefusals.Closed;
        if (to.Id == BodyId) return ItemRefusals.LiesThere;
        BodyId = to.Id;
        Version++;
        return null;
    }

    public Refusal? Close(string outcome, PersonRef by, DateTimeOffset now, Guid stepId, out ItemStep step)
    {
        step = Step(stepId, null, outcome, by, now);
        if (State is ItemState.Closed) return ItemRefusals.Closed;
        State = ItemState.Closed;
        Version++;
        return null;
    }

    private ItemStep Step(Guid id, BodyId? to, string words, PersonRef by, DateTimeOffset now) => new()
    {
        StepId = id, ItemId = Id, PartnershipId = PartnershipId, BodyId = BodyId, ToBody = to, Words = words, TakenBy = by,
        TakenAt = now,
    };
}

/// <summary>A step of an item: where it lay, where it went, and why; or what came of it.</summary>
public sealed class ItemStep
{
    public required Guid StepId { get; init; }

    public required ItemId ItemId { get; init; }

    public required PartnershipId PartnershipId { get; init; }

    public required BodyId BodyId { get; init; }

    public required BodyId? ToBody { get; init; }

    public required string Words { get; init; }

    public required PersonRef TakenBy { get; init; }

    public required DateTimeOffset TakenAt { get; init; }
}

/// <summary>Every way an item can say no.</summary>
public static class ItemRefusals
{
    public static Refusal Closed { get; } = new("item.closed");

    public static Refusal LiesThere { get; } = new("item.lies-there");

    public static Refusal TooMany { get; } = new Refusal("item.too-many").With("limit", BodyItem.OpenMax);
}
