using Iop.Kernel;

namespace Iop.Agreements.Domain.Life;

public readonly record struct TalkId(Guid Value);

/// <summary>What the parties came to.</summary>
public enum TalkOutcome
{
    GoOn,
    Renegotiate,
    LetEnd,
    TalkMore,
}

/// <summary>The parties talk before the last date of notice (avstämning): evaluate, reformulate, go on or not.</summary>
public sealed class JointTalk
{
    public const int NoteMax = 2_000;

    /// <summary>The parties are reminded of it so many days before.</summary>
    public const int SoonDays = 7;

    private JointTalk()
    {
    }

    public TalkId TalkId { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    /// <summary>The last date of notice it comes before; null where the agreement has none.</summary>
    public DateOnly? BeforeDate { get; private init; }

    public DateOnly OnDay { get; private init; }

    public PersonRef BookedBy { get; private init; }

    public OrganisationRef BookedFor { get; private init; }

    public DateTimeOffset BookedAt { get; private init; }

    /// <summary>Null until somebody says whether it was held.</summary>
    public bool? Held { get; private set; }

    public DateOnly? HeldOn { get; private set; }

    public TalkOutcome? Outcome { get; private set; }

    public string? Note { get; private set; }

    public DateTimeOffset? NotedAt { get; private set; }

    public long Version { get; private set; }

    /// <summary>One talk at a time, and in time: after the last date of notice it would come too late.</summary>
    public static Refusal? Book(TalkId id, Agreement agreement, DateOnly on, IEnumerable<JointTalk> before, Changer by,
        DateTimeOffset now, out JointTalk talk)
    {
        var lastDate = agreement.Term?.LastDateOfNotice;
        talk = new JointTalk
        {
            TalkId = id,
            AgreementId = agreement.Id,
            PartnershipId = agreement.PartnershipId,
            BeforeDate = lastDate,
            OnDay = on,
            BookedBy = by.Person,
            BookedFor = by.Organisation,
            BookedAt = now,
            Version = 1,
        };
        if (agreement.State is not AgreementState.InForce) return LifeRefusals.NotInForce(agreement.State);
        if (on < SwedishTime.DateIn(now)) return LifeRefusals.DayHasPassed;
        if (on > (lastDate ?? agreement.Term?.To)) return LifeRefusals.TalkTooLate((lastDate ?? agreement.Term?.To)!.Value);
        var booked = before.FirstOrDefault(known => known.BeforeDate == lastDate && known.Held is null
            && known.OnDay >= SwedishTime.DateIn(now));
        return booked is null ? null : LifeRefusals.TalkBooked(booked.OnDay);
    }

    /// <summary>Its day is past, and nobody has said whether it was held.</summary>
    public bool IsPast(DateOnly today) => Held is null && OnDay < today;

    /// <summary>Booked, still to come, and not far away.</summary>
    public bool IsSoon(DateOnly today) => Held is null && OnDay >= today && OnDay <= today.AddDays(SoonDays);

    /// <summary>Whether it was held, when, and what came of it.</summary>
    public Refusal? Tell(bool held, DateOnly? heldOn, TalkOutcome? outcome, string? note, DateTimeOffset now)
    {
        if (Held is not null) return LifeRefusals.TalkNoted;
        var today = SwedishTime.DateIn(now);
        if (held && (heldOn ?? OnDay) > today) return LifeRefusals.TalkToCome;
        (Held, HeldOn, Outcome, Note, NotedAt) = (held, held ? heldOn ?? OnDay : null, held ? outcome : null, note, now);
        Version++;
        return null;
    }
}
