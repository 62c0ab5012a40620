namespace Iop.Agreements.Domain.Dialogue;

/// <summary>How far somebody is let in: the four levels of the Council of Europe's code [bygga p. 11].</summary>
public enum ParticipationLevel
{
    Information,
    Consultation,
    Dialogue,
    Partnership,
}

/// <summary>The target group's part in a step (målgruppens delaktighet): who was involved, how, and what it changed. Roles,
/// never names.</summary>
public sealed class Participation
{
    public const int PerPartnershipMax = 500;
    public const int WhoMax = 500;
    public const int HowMax = 5_000;
    public const int ChangedMax = 5_000;

    private Participation()
    {
    }

    public Guid ParticipationId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    /// <summary>One of the seven steps.</summary>
    public string Step { get; private set; } = "";

    /// <summary>Role words: young carers, relatives, staff at the shelter.</summary>
    public string Who { get; private set; } = "";

    public ParticipationLevel Level { get; private set; }

    public string How { get; private set; } = "";

    /// <summary>What became different because of it; null as long as nothing has.</summary>
    public string? WhatChanged { get; private set; }

    public DateOnly HeldOn { get; private set; }

    public PersonRef WrittenBy { get; private set; }

    public long Version { get; private set; }

    /// <summary>Who was involved, how, and what it changed.</summary>
    public sealed record Involved(
        string Step, string Who, ParticipationLevel Level, string How, string? WhatChanged, DateOnly HeldOn);

    public static Participation Record(Guid id, PartnershipId partnership, Involved involved, PersonRef by)
    {
        var participation = new Participation { ParticipationId = id, PartnershipId = partnership };
        participation.Take(involved, by);
        return participation;
    }

    /// <summary>What it changed is often seen later.</summary>
    public void Take(Involved involved, PersonRef by)
    {
        (Step, Who, Level, How) = (involved.Step, involved.Who, involved.Level, involved.How);
        (WhatChanged, HeldOn, WrittenBy) = (involved.WhatChanged, involved.HeldOn, by);
        Version++;
    }
}
