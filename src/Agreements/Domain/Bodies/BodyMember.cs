using Iop.Kernel;

namespace Iop.Agreements.Domain.Bodies;

public enum MemberRole
{
    Chair,
    Member,

    /// <summary>Sits in when the one it stands for cannot (ersättare).</summary>
    Deputy,
    Secretary,

    /// <summary>Takes part without deciding: a researcher, another administration.</summary>
    Guest,
}

/// <summary>Somebody's seat in a body: living, outside the agreed text. Nobody is removed; one leaves on a day, and hands
/// over.</summary>
public sealed class BodyMember
{
    public const int PerBodyMax = 200;
    public const int NameMax = 200;
    public const int MandateMax = 2_000;
    public const int HandoverMax = 2_000;

    private BodyMember()
    {
    }

    public MemberId Id { get; private init; }

    public BodyId BodyId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    /// <summary>Whom the person represents; null for a guest from outside.</summary>
    public PartyId? PartyId { get; private init; }

    /// <summary>The person, where the platform knows them.</summary>
    public PersonRef? Person { get; private init; }

    /// <summary>Else what they are called.</summary>
    public string? Name { get; private init; }

    public MemberRole Role { get; private set; }

    public MemberId? DeputyFor { get; private set; }

    /// <summary>The other body in which the person sits too, to carry things between the two (länkande person).</summary>
    public BodyId? LinksTo { get; private set; }

    /// <summary>What this person may do: needed in a temporary body.</summary>
    public string? Mandate { get; private set; }

    public DateOnly FromOn { get; private init; }

    public DateOnly? ToOn { get; private set; }

    /// <summary>What was handed over to whom, on leaving.</summary>
    public string? Handover { get; private set; }

    public long Version { get; private set; }

    public bool SitsOn(DateOnly day) => FromOn <= day && (ToOn is null || ToOn >= day);

    public static Refusal? Seat(
        MemberId id, Body body, Who who, DateOnly from, Seating seating, IReadOnlyCollection<BodyMember> present,
            out BodyMember member)
    {
        member = new BodyMember
        {
            Id = id,
            BodyId = body.Id,
            PartnershipId = body.PartnershipId,
            PartyId = who.Party,
            Person = who.Person,
            Name = who.Name,
            FromOn = from,
        };
        return present.Count >= PerBodyMax ? BodyRefusals.TooManyMembers : member.Change(body, seating, present);
    }

    public Refusal? Change(Body body, Seating seating, IReadOnlyCollection<BodyMember> present)
    {
        if (body.Kind is BodyKind.Temporary && seating.Mandate is null) return BodyRefusals.MandateNeeded;
        if (seating.Role is not (MemberRole.Deputy or MemberRole.Guest) && PartyId is null)
            return BodyRefusals.OnlyGuestsFromOutside;
        if ((seating.Role is MemberRole.Deputy) != (seating.DeputyFor is not null)) return BodyRefusals.DeputyForWhom;
        if (seating.DeputyFor is { } one && (one == Id || present.All(other => other.Id != one)))
            return BodyRefusals.UnknownMember;
        if (seating.LinksTo == body.Id) return BodyRefusals.LinksToItself;
        if (seating.ToOn < FromOn) return BodyRefusals.LeavesBeforeComing;
        (Role, DeputyFor, LinksTo, Mandate) = (seating.Role, seating.DeputyFor, seating.LinksTo, seating.Mandate);
        (ToOn, Handover) = (seating.ToOn, seating.Handover);
        Version++;
        return null;
    }

    /// <summary>Who sits: a person the platform knows, or a name.</summary>
    public sealed record Who(PartyId? Party, PersonRef? Person, string? Name);

    /// <summary>As what, and until when.</summary>
    public sealed record Seating(
        MemberRole Role, MemberId? DeputyFor, BodyId? LinksTo, string? Mandate, DateOnly? ToOn, string? Handover);
}
