using Iop.Kernel;

namespace Iop.Agreements.Domain.Plans;

/// <summary>What a plan says, in one of its versions.</summary>
public sealed record PlanText(string Title, DateOnly StartsOn, DateOnly EndsOn, IReadOnlyList<PlanText.Item> Items)
{
    public const int TitleMax = 200;
    public const int ItemsMax = 200;
    public const int WhatMax = 2_000;
    public const int TargetMax = 2_000;
    public const int OthersMax = 500;

    /// <summary>One thing to be done: what, who, when, with what aim, for how much.</summary>
    /// <param name="Id">The same from version to version, so that versions can be compared.</param>
    /// <param name="Parties">Those who do it.</param>
    /// <param name="Others">Others who take part without being parties (berörda).</param>
    /// <param name="ActivityId">The agreed activity it carries out, if the agreement lists its activities.</param>
    /// <param name="Cost">Null when not stated.</param>
    public sealed record Item(
        Guid Id, string What, IReadOnlyList<PartyId> Parties, string? Others, Guid? ActivityId, DateOnly? StartsOn,
        DateOnly? EndsOn, string? Target, Money? Cost);

    public Money Cost => Items.Aggregate(Money.Zero, (sum, item) => sum + (item.Cost ?? Money.Zero));

    public Period Period => new(StartsOn, EndsOn);
}
