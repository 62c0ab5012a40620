using Iop.Kernel;

namespace Iop.Agreements.Domain.Bodies;

/// <summary>A governance body.</summary>
public readonly record struct BodyId(Guid Value);

/// <summary>Somebody's seat in a governance body.</summary>
public readonly record struct MemberId(Guid Value);

public enum BodyKind
{
    /// <summary>The parties' joint steering group (styrgrupp).</summary>
    Steering,

    /// <summary>The idea-driven parties' own, to balance power.</summary>
    IdeaDriven,

    /// <summary>Samverkansgrupp.</summary>
    Cooperation,

    /// <summary>Those who do the work from day to day (operativ grupp).</summary>
    Operational,

    /// <summary>For one task: to negotiate, to write. Never agreed text: it is formed when it is needed.</summary>
    Temporary,
}

/// <summary>Who sees what is said within a body, and who sits in it.</summary>
public enum Visibility
{
    All,
    OwnSide,
    OwnParty,
}

/// <summary>How often a body meets: dense at first, sparser later.</summary>
/// <param name="EveryWeeks">Weeks between meetings.</param>
/// <param name="ForMonths">How long it is so; null when it stays so.</param>
/// <param name="ThenEveryWeeks">Weeks between meetings after that.</param>
public sealed record Rhythm(int EveryWeeks, int? ForMonths = null, int? ThenEveryWeeks = null)
{
    public const int WeeksMax = 104;
    public const int MonthsMax = 120;
}

/// <summary>Who meets and decides (styrgrupp, samverkansgrupp).</summary>
public sealed class Body
{
    public const int PerPartnershipMax = 100;
    public const int NameMax = 200;
    public const int MandateMax = 5_000;
    public const int HandoverMax = 2_000;

    private Body()
    {
    }

    public BodyId Id { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    /// <summary>The agreement it belongs to; null for one that serves the whole partnership.</summary>
    public AgreementId? AgreementId { get; private init; }

    public BodyKind Kind { get; private init; }

    public string Name { get; private set; } = "";

    /// <summary>What it decides, and what it does not.</summary>
    public string? Mandate { get; private set; }

    public int? EveryWeeks { get; private set; }

    public int? ForMonths { get; private set; }

    public int? ThenEveryWeeks { get; private set; }

    /// <summary>How seats are handed over when people change.</summary>
    public string? Handover { get; private set; }

    public Visibility Visibility { get; private init; }

    /// <summary>Whose own it is, when not all see into it.</summary>
    public PartyId? OwnerPartyId { get; private init; }

    /// <summary>The last day of a temporary one.</summary>
    public DateOnly? EndsOn { get; private set; }

    public long Version { get; private set; }

    public Rhythm? Rhythm => EveryWeeks is { } weeks ? new Rhythm(weeks, ForMonths, ThenEveryWeeks) : null;

    /// <summary>Its name, mandate and rhythm stand in the agreement; else they are living.</summary>
    public bool IsAgreed => AgreementId is not null && Kind is not BodyKind.Temporary;

    /// <param name="id">Its id.</param>
    /// <param name="partnership">Where it is formed.</param>
    /// <param name="agreement">The agreement it belongs to, or null.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="visibility">Who sees into it.</param>
    /// <param name="owner">Whose own it is; null when all see into it.</param>
    /// <param name="terms">What is said of it.</param>
    /// <param name="present">How many bodies the partnership has.</param>
    /// <param name="body">The body.</param>
    public static Refusal? Form(
        BodyId id, PartnershipId partnership, Agreement? agreement, BodyKind kind, Visibility visibility, Party? owner,
        Terms terms,
        int present, out Body body)
    {
        body = new Body
        {
            Id = id,
            PartnershipId = partnership,
            AgreementId = agreement?.Id,
            Kind = kind,
            Visibility = visibility,
            OwnerPartyId = owner?.Id,
        };
        if (body.IsAgreed && agreement?.IsFixed is { } isFixed) return isFixed;
        if ((visibility is Visibility.All) != (owner is null)) return BodyRefusals.OwnerWhenNotForAll;
        if (kind is BodyKind.IdeaDriven && owner is not null && owner.Kind is not OrganisationKind.IdeaDriven)
            return BodyRefusals.OwnerOfAnotherSide;
        return present >= PerPartnershipMax ? BodyRefusals.TooManyBodies : body.Take(terms);
    }

    public Refusal? Change(Terms terms, Agreement? agreement) =>
        IsAgreed && agreement?.IsFixed is { } isFixed ? isFixed : Take(terms);

    /// <summary>Whether somebody who acts for these parties of the partnership sees into it.</summary>
    public bool IsOpenTo(IReadOnlyCollection<Party> acting, IReadOnlyCollection<Party> all) => Visibility switch
    {
        Visibility.All => acting.Count > 0,
        Visibility.OwnParty => acting.Any(party => party.Id == OwnerPartyId),
        _ => all.FirstOrDefault(party => party.Id == OwnerPartyId) is { } owner && acting.Any(party => party.Kind == owner.Kind),
    };

    private Refusal? Take(Terms terms)
    {
        if (terms.EndsOn is not null && Kind is not BodyKind.Temporary) return BodyRefusals.OnlyTemporaryEnds;
        (Name, Mandate, Handover, EndsOn) = (terms.Name, terms.Mandate, terms.Handover, terms.EndsOn);
        (EveryWeeks, ForMonths, ThenEveryWeeks) = (terms.Rhythm?.EveryWeeks, terms.Rhythm?.ForMonths,
            terms.Rhythm?.ThenEveryWeeks);
        Version++;
        return null;
    }

    /// <summary>What is said of a body, in words and numbers.</summary>
    public sealed record Terms(string Name, string? Mandate, Rhythm? Rhythm, string? Handover, DateOnly? EndsOn);
}
