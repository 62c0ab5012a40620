using Iop.Kernel;

namespace Iop.Agreements.Domain.Life;

public readonly record struct ChangeId(Guid Value);

/// <summary>By what an agreement changes (instrument).</summary>
public enum ChangeKind
{
    /// <summary>The agreement itself, before it is first in force.</summary>
    First,

    /// <summary>A new text, signed by all (omförhandling).</summary>
    Renegotiation,

    /// <summary>A party joins: all accept by signing, the newcomer too (anslutning).</summary>
    Accession,

    /// <summary>A party leaves; the others go on (utträde).</summary>
    Withdrawal,

    /// <summary>A later end, signed by all or by itself (förlängning).</summary>
    Renewal,

    /// <summary>A body the parties have named changes sections they have named (justering inom ramen).</summary>
    Adjustment,
}

/// <summary>What makes a version bind.</summary>
public enum Binding
{
    /// <summary>All parties sign.</summary>
    Signatures,

    /// <summary>A body decides, where the agreement lets it.</summary>
    Decision,

    /// <summary>The agreement renews itself: nobody gave notice in time.</summary>
    Term,

    /// <summary>A party's notice that it leaves has run out.</summary>
    Departure,

    /// <summary>Signed on paper elsewhere; all parties confirm it here.</summary>
    Confirmation,
}

public enum ChangeState
{
    UnderWay,

    /// <summary>Its version has been in force.</summary>
    Done,

    /// <summary>Given up, with the reason; the version in force stays.</summary>
    Abandoned,
}

/// <summary>One change of an agreement: kind, why, who began it and the day it is to take effect. The agreement itself is its
/// first.</summary>
public sealed class Change
{
    public const int ReasonMax = 2_000;
    public const int BodyMax = 200;

    private Change()
    {
    }

    public ChangeId ChangeId { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public ChangeKind Kind { get; private init; }

    public Binding BindsBy { get; private init; }

    public string Reason { get; private set; } = "";

    /// <summary>Null when the agreement renewed itself.</summary>
    public PersonRef? BegunBy { get; private init; }

    public OrganisationRef? BegunFor { get; private init; }

    public DateTimeOffset BegunAt { get; private init; }

    /// <summary>For the first: its start date, once it is in force.</summary>
    public DateOnly? EffectiveOn { get; private set; }

    /// <summary>Who joins or leaves.</summary>
    public PartyId? PartyId { get; private init; }

    /// <summary>The body that adjusts, and its decision.</summary>
    public string? Body { get; private init; }

    public DateOnly? DecidedOn { get; private init; }

    public string? Paragraph { get; private init; }

    public ChangeState State { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public string? AbandonedBecause { get; private set; }

    public string? VersionHash { get; private set; }

    /// <summary>A renewal by itself without the talk that should have come before it.</summary>
    public bool WithoutTalk { get; private init; }

    /// <summary>A renewal by itself on an assessment older than the parties' limit.</summary>
    public bool AssessmentTooOld { get; private init; }

    public long Version { get; private set; }

    /// <summary>Whether it waits for a day without holding the working text.</summary>
    public bool IsDeparture => Kind is ChangeKind.Withdrawal && State is ChangeState.UnderWay;

    public static Change First(ChangeId id, Agreement agreement, Changer by, DateTimeOffset now) =>
        Begin(id, agreement, ChangeKind.First, "", by, null, now);

    /// <summary>The agreement itself, when it was signed on paper.</summary>
    public static Change FromPaper(ChangeId id, Agreement agreement, Changer by, DateTimeOffset now) => new()
    {
        ChangeId = id,
        AgreementId = agreement.Id,
        PartnershipId = agreement.PartnershipId,
        Kind = ChangeKind.First,
        BindsBy = Binding.Confirmation,
        BegunBy = by.Person,
        BegunFor = by.Organisation,
        BegunAt = now,
        Version = 1,
    };

    public static Change Begin(ChangeId id, Agreement agreement, ChangeKind kind, string reason, Changer by,
        DateOnly? effectiveOn, DateTimeOffset now, PartyId? party = null) => new()
        {
            ChangeId = id,
            AgreementId = agreement.Id,
            PartnershipId = agreement.PartnershipId,
            Kind = kind,
            BindsBy = kind is ChangeKind.Withdrawal ? Binding.Departure : Binding.Signatures,
            Reason = reason,
            BegunBy = by.Person,
            BegunFor = by.Organisation,
            BegunAt = now,
            EffectiveOn = effectiveOn,
            PartyId = party,
            Version = 1,
        };

    public static Change Adjust(ChangeId id, Agreement agreement, string reason, Changer by, DateOnly effectiveOn,
        BodyDecision decision, DateTimeOffset now) => new()
        {
            ChangeId = id,
            AgreementId = agreement.Id,
            PartnershipId = agreement.PartnershipId,
            Kind = ChangeKind.Adjustment,
            BindsBy = Binding.Decision,
            Reason = reason,
            BegunBy = by.Person,
            BegunFor = by.Organisation,
            BegunAt = now,
            EffectiveOn = effectiveOn,
            Body = decision.Body,
            DecidedOn = decision.DecidedOn,
            Paragraph = decision.Paragraph,
            Version = 1,
        };

    public static Change Renew(ChangeId id, Agreement agreement, DateOnly effectiveOn, bool withoutTalk, bool assessmentTooOld,
        DateTimeOffset now) => new()
        {
            ChangeId = id,
            AgreementId = agreement.Id,
            PartnershipId = agreement.PartnershipId,
            Kind = ChangeKind.Renewal,
            BindsBy = Binding.Term,
            BegunAt = now,
            EffectiveOn = effectiveOn,
            WithoutTalk = withoutTalk,
            AssessmentTooOld = assessmentTooOld,
            Version = 1,
        };

    /// <summary>Another day or another reason, while nothing is fixed.</summary>
    public void Reword(string reason, DateOnly effectiveOn)
    {
        (Reason, EffectiveOn) = (reason, effectiveOn);
        Version++;
    }

    public void Take(string versionHash, DateOnly effectiveOn, DateTimeOffset now)
    {
        (State, VersionHash, EffectiveOn, ClosedAt) = (ChangeState.Done, versionHash, effectiveOn, now);
        Version++;
    }

    public void Abandon(string because, DateTimeOffset now)
    {
        (State, AbandonedBecause, ClosedAt) = (ChangeState.Abandoned, because, now);
        Version++;
    }
}

/// <summary>Who begins a change, and for whom.</summary>
public sealed record Changer(PersonRef Person, OrganisationRef Organisation);

/// <summary>What a body has decided, and where it stands.</summary>
public sealed record BodyDecision(string Body, DateOnly DecidedOn, string Paragraph);
