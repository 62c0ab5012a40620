using Iop.Kernel;

namespace Iop.Agreements.Domain.Dialogue;

public enum DialogueKind
{
    Meeting,

    /// <summary>A call, a visit, a letter.</summary>
    Talk,
    Note,

    /// <summary>The dialogue ended without an agreement; written by the act itself.</summary>
    Ended,

    /// <summary>It was taken up again; written by the act itself.</summary>
    Reopened,
}

/// <summary>One occasion in the dialogue between the parties (samtal): when, who took part, what was said and
/// decided.</summary>
public sealed class DialogueEntry : IHeardWithin
{
    public const int PerPartnershipMax = 2_000;
    public const int ParticipantsMax = 1_000;
    public const int SaidMax = 20_000;
    public const int DecidedMax = 5_000;

    private DialogueEntry()
    {
    }

    public Guid EntryId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public DialogueKind Kind { get; private set; }

    public DateOnly HeldOn { get; private set; }

    /// <summary>Organisations, functions and roles.</summary>
    public string Participants { get; private set; } = "";

    public string Said { get; private set; } = "";

    public string? Decided { get; private set; }

    public Audience Audience { get; private init; }

    public string Circle { get; private init; } = "";

    public OrganisationRef Organisation { get; private init; }

    public PersonRef WrittenBy { get; private init; }

    public DateTimeOffset WrittenAt { get; private init; }

    public long Version { get; private set; }

    /// <summary>What happened on an occasion.</summary>
    public sealed record Occasion(DialogueKind Kind, DateOnly HeldOn, string Participants, string Said, string? Decided);

    /// <summary>Writes down an occasion that has been.</summary>
    public static Refusal? Record(
        Guid id, PartnershipId partnership, Occasion occasion, Audience audience, Speaker by, DateTimeOffset now,
        out DialogueEntry entry)
    {
        entry = new DialogueEntry
        {
            EntryId = id,
            PartnershipId = partnership,
            Audience = audience,
            Circle = Circles.Of(audience, by.Organisation, by.Kind),
            Organisation = by.Organisation,
            WrittenBy = by.Person,
            WrittenAt = now,
        };
        return entry.Take(occasion, now);
    }

    /// <summary>Those who wrote it correct it; what stood there before stays in the history.</summary>
    public Refusal? Correct(Occasion occasion, OrganisationRef by, DateTimeOffset now)
    {
        if (by != Organisation) return DialogueRefusals.WrittenByOthers;
        return Kind is DialogueKind.Ended or DialogueKind.Reopened ? DialogueRefusals.WrittenByTheAct : Take(occasion, now);
    }

    private Refusal? Take(Occasion occasion, DateTimeOffset now)
    {
        if (occasion.HeldOn > SwedishTime.DateIn(now)) return DialogueRefusals.NotHeldYet;
        (Kind, HeldOn, Participants) = (occasion.Kind, occasion.HeldOn, occasion.Participants);
        (Said, Decided) = (occasion.Said, occasion.Decided);
        Version++;
        return null;
    }
}

/// <summary>Who says something, and for whom.</summary>
public sealed record Speaker(PersonRef Person, OrganisationRef Organisation, OrganisationKind Kind);
