using Iop.Agreements.Domain.Dialogue;
using Iop.Kernel;

namespace Iop.Agreements.Domain;

/// <summary>Organisations that take on a societal challenge together (partnerskap).</summary>
public sealed class Partnership
{
    public const int PartiesMax = 50;

    private Partnership()
    {
    }

    public PartnershipId Id { get; private init; }

    public string Title { get; private init; } = "";

    /// <summary>The jointly worded societal challenge (samhällsutmaning).</summary>
    public string Challenge { get; private init; } = "";

    public DateTimeOffset StartedAt { get; private init; }

    /// <summary>How the dialogue ended without an agreement; null while it goes on.</summary>
    public DialogueOutcome? Outcome { get; private set; }

    public OtherForm? OutcomeForm { get; private set; }

    public string? OutcomeBecause { get; private set; }

    public DateTimeOffset? OutcomeAt { get; private set; }

    /// <summary>Small or urgent: the law tests stay, the rest is advice (lätt spår).</summary>
    public bool IsLight { get; private set; }

    public string? LightBecause { get; private set; }

    public long Version { get; private set; }

    public static Partnership Start(PartnershipId id, string title, string challenge, DateTimeOffset now) =>
        new() { Id = id, Title = title, Challenge = challenge, StartedAt = now, Version = 1 };

    /// <summary>A party comes in: once, and not both as a whole and as a unit of itself.</summary>
    public Refusal? Join(
        PartyId id, OrganisationRef organisation, UnitRef? unit, OrganisationKind kind, int requiredSignatures,
        IReadOnlyList<Party> present, DateTimeOffset now, out Party party)
    {
        party = Party.Of(id, Id, organisation, unit, kind, requiredSignatures, now);
        if (HasEnded() is { } ended) return ended;
        if (present.FirstOrDefault(other => other.Organisation == organisation && other.Unit == unit) is { } same)
            return PartnershipRefusals.AlreadyAParty(same.Id);
        if (present.Any(other => other.Organisation == organisation && (other.Unit is null || unit is null)))
            return PartnershipRefusals.WholeAndUnit;
        if (present.Count >= PartiesMax) return PartnershipRefusals.TooManyParties;
        Version++;
        return null;
    }

    /// <summary>A party has left the last agreement it was in, or has come back: what is told of it counts on.</summary>
    public void CountsComingAndGoing() => Version++;

    /// <summary>Null while the dialogue goes on: nothing is drafted, and nobody invited, in one that has ended.</summary>
    public Refusal? HasEnded() => Outcome is null ? null : DialogueRefusals.Ended;

    /// <summary>The parties choose another form, or do not come together.</summary>
    public Refusal? EndDialogue(
        DialogueOutcome outcome, OtherForm? form, string because, IReadOnlyCollection<AgreementState> agreements,
        DateTimeOffset now)
    {
        if (HasEnded() is { } ended) return ended;
        if (agreements.Any(state => !state.IsOver())) return DialogueRefusals.AgreementUnderWay;
        if (agreements.Any(state => state is not AgreementState.Withdrawn)) return DialogueRefusals.LedToAgreement;
        (Outcome, OutcomeForm, OutcomeBecause, OutcomeAt) =
            (outcome, outcome is DialogueOutcome.OtherForm ? form : null, because, now);
        Version++;
        return null;
    }

    /// <summary>Taken up again, by a new act.</summary>
    public Refusal? ReopenDialogue()
    {
        if (Outcome is null) return DialogueRefusals.NotEnded;
        (Outcome, OutcomeForm, OutcomeBecause, OutcomeAt) = (null, null, null, null);
        Version++;
        return null;
    }

    /// <summary>The light track for what is small or urgent, or back to the full one.</summary>
    public Refusal? Take(bool light, string? because)
    {
        if (HasEnded() is { } ended) return ended;
        (IsLight, LightBecause) = (light, light ? because : null);
        Version++;
        return null;
    }
}

/// <summary>A unit, or a legal person acting as one, in a partnership (part).</summary>
public sealed class Party
{
    private Party()
    {
    }

    public PartyId Id { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public OrganisationRef Organisation { get; private init; }

    public UnitRef? Unit { get; private init; }

    public OrganisationKind Kind { get; private init; }

    /// <summary>1 or 2: associations usually sign two together (i förening).</summary>
    public int RequiredSignatures { get; private init; }

    public DateTimeOffset JoinedAt { get; private init; }

    internal static Party Of(
        PartyId id, PartnershipId partnership, OrganisationRef organisation, UnitRef? unit, OrganisationKind kind,
            int requiredSignatures, DateTimeOffset now) => new()
        {
            Id = id,
            PartnershipId = partnership,
            Organisation = organisation,
            Unit = unit,
            Kind = kind,
            RequiredSignatures = requiredSignatures,
            JoinedAt = now,
        };

    /// <summary>Whether somebody who acts for the organisation (and perhaps a unit of it) acts for this party.</summary>
    public bool IsActedForBy(OrganisationRef organisation, UnitRef? unit) =>
        Organisation == organisation && (Unit is null || unit is null || Unit == unit);
}
