using Iop.Kernel;

namespace Iop.Agreements.Domain.Dialogue;

/// <summary>Where an actor stands to the partnership.</summary>
public enum Standing
{
    /// <summary>Nobody has asked yet (hör hemma vid bordet).</summary>
    BelongsAtTable,
    Asked,

    /// <summary>Is a party.</summary>
    Joined,
    Declined,
    Left,

    /// <summary>Affected, no party, and kept informed.</summary>
    Informed,

    /// <summary>Affected, no party, and sits in on what is said.</summary>
    Observes,
}

/// <summary>The ways between standings, in one table.</summary>
public static class Standings
{
    private static readonly Dictionary<Standing, Standing[]> Ways = new()
    {
        [Standing.BelongsAtTable] = [Standing.Asked, Standing.Informed, Standing.Observes, Standing.Joined],
        [Standing.Asked] = [Standing.Joined, Standing.Declined, Standing.Informed, Standing.Observes],
        [Standing.Declined] = [Standing.Asked, Standing.Informed, Standing.Observes, Standing.Joined],
        [Standing.Joined] = [Standing.Left],
        [Standing.Left] = [Standing.Asked, Standing.Informed, Standing.Observes, Standing.Joined],
        [Standing.Informed] = [Standing.Observes, Standing.Asked, Standing.Joined],
        [Standing.Observes] = [Standing.Informed, Standing.Asked, Standing.Joined],
    };

    public static bool CanBecome(this Standing from, Standing to) => Ways[from].Contains(to);

    /// <summary>Who says no or goes gives a reason; it is what the others learn from.</summary>
    public static bool NeedsReason(this Standing standing) => standing is Standing.Declined or Standing.Left;

    /// <summary>The standings somebody can be written down with at first.</summary>
    public static bool IsBeginning(this Standing standing) =>
        standing is not (Standing.Joined or Standing.Left or Standing.Declined);
}

/// <summary>An organisation, a unit of one, or a network around the table (aktör): asked to join, or affected without being a
/// party (berörd). On the platform or not.</summary>
public sealed class Actor
{
    public const int PerPartnershipMax = 300;
    public const int NameMax = 200;
    public const int ReasonMax = 2_000;

    private Actor()
    {
    }

    public Guid ActorId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    /// <summary>Null for one that is not on the platform.</summary>
    public OrganisationRef? Organisation { get; private init; }

    public UnitRef? Unit { get; private init; }

    public string Name { get; private init; } = "";

    public OrganisationKind Kind { get; private init; }

    public Standing Standing { get; private set; }

    public string? Reason { get; private set; }

    public DateOnly Since { get; private set; }

    public long Version { get; private set; }

    /// <summary>Who it is.</summary>
    public sealed record Identity(string Name, OrganisationKind Kind, OrganisationRef? Organisation, UnitRef? Unit);

    /// <summary>Where it stands, why, and since when.</summary>
    public sealed record Place(Standing Standing, string? Reason, DateOnly Since);

    public static Refusal? Write(Guid id, PartnershipId partnership, Identity who, Place place, IReadOnlyList<Actor> named,
        out Actor actor)
    {
        actor = new Actor
        {
            ActorId = id, PartnershipId = partnership, Name = who.Name, Kind = who.Kind, Organisation = who.Organisation,
            Unit = who.Unit, Standing = place.Standing, Reason = place.Reason, Since = place.Since, Version = 1,
        };
        if (named.FirstOrDefault(other => other.Is(who)) is { } same) return DialogueRefusals.AlreadyNamed(same.ActorId);
        if (named.Count >= PerPartnershipMax) return DialogueRefusals.TooMany(PerPartnershipMax);
        return null;
    }

    /// <summary>It moves: asked, declined, joined, left … Only a party of the partnership has joined.</summary>
    public Refusal? Move(Place place, IReadOnlyList<Party> parties)
    {
        if (!Standing.CanBecome(place.Standing)) return DialogueRefusals.NoWay(Standing, place.Standing);
        if (place.Standing.NeedsReason() && string.IsNullOrWhiteSpace(place.Reason)) return DialogueRefusals.ReasonMissing;
        if (place.Standing is Standing.Joined && !parties.Any(Is)) return DialogueRefusals.NotAParty;
        (Standing, Reason, Since) = (place.Standing, place.Reason, place.Since);
        Version++;
        return null;
    }

    /// <summary>Whether the party is this actor.</summary>
    public bool Is(Party party) => Organisation == party.Organisation && (Unit is null || Unit == party.Unit);

    private bool Is(Identity who) => Organisation is null
        ? who.Organisation is null && string.Equals(Name, who.Name, StringComparison.OrdinalIgnoreCase)
        : Organisation == who.Organisation && Unit == who.Unit;
}
