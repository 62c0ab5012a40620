using Iop.Agreements.Domain.Bodies;
using Iop.Kernel;

namespace Iop.Agreements.Domain.Plans;

public readonly record struct DecisionId(Guid Value);

/// <summary>A body as far as deciding goes.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="IsJoint">Whether both sides sit in it; the idea-driven parties' own group, for one, does not.</param>
public sealed record DecidingBody(BodyId Id, string Name, bool IsJoint);

/// <summary>A decision as somebody says it was taken: by which body, when, under which paragraph, who took part.</summary>
public sealed record Decided(BodyId Body, DateOnly MeetingOn, string? Paragraph, IReadOnlyList<PartyId> TookPart)
{
    public const int ParagraphMax = 50;
    public const int TookPartMax = Partnership.PartiesMax;
}

/// <summary>Who wrote something down, for whom.</summary>
public sealed record Recorder(PersonRef Person, OrganisationRef Organisation, DateTimeOffset At);

/// <summary>What a governance body decided at a meeting (beslut). Never changed: a new decision replaces it.</summary>
public sealed class BodyDecision
{
    private BodyDecision()
    {
    }

    public DecisionId Id { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public BodyId BodyId { get; private init; }

    /// <summary>As the body was called then.</summary>
    public string BodyName { get; private init; } = "";

    public DateOnly MeetingOn { get; private init; }

    /// <summary>Paragraph of the minutes.</summary>
    public string? Paragraph { get; private init; }

    /// <summary>The parties whose people took part.</summary>
    public Guid[] TookPart { get; private init; } = [];

    public PersonRef RecordedBy { get; private init; }

    public OrganisationRef RecordedFor { get; private init; }

    public DateTimeOffset RecordedAt { get; private init; }

    /// <param name="body">The body, or null if the partnership has none such.</param>
    /// <param name="parties">Those of the agreement.</param>
    public static Refusal? Record(
        DecisionId id, Agreement agreement, DecidingBody? body, Decided decided, IReadOnlyList<Party> parties, Recorder by,
        out BodyDecision decision)
    {
        decision = new BodyDecision
        {
            Id = id,
            AgreementId = agreement.Id,
            PartnershipId = agreement.PartnershipId,
            BodyId = decided.Body,
            BodyName = body?.Name ?? "",
            MeetingOn = decided.MeetingOn,
            Paragraph = decided.Paragraph,
            TookPart = [.. decided.TookPart.Select(party => party.Value).Distinct().Order()],
            RecordedBy = by.Person,
            RecordedFor = by.Organisation,
            RecordedAt = by.At,
        };
        if (body is null) return DecisionRefusals.UnknownBody;
        if (decided.MeetingOn > SwedishTime.DateIn(by.At)) return DecisionRefusals.Later;
        return decided.TookPart.All(party => parties.Any(known => known.Id == party)) ? null : DecisionRefusals.UnknownParty;
    }

    /// <summary>Joint money is decided on jointly: by a body where both sides sit, with both sides present.</summary>
    public static Refusal? MustBeJoint(DecidingBody body, Decided decided, IReadOnlyList<Party> parties)
    {
        if (!body.IsJoint) return DecisionRefusals.BodyNotJoint(body.Name);
        var present = parties.Where(party => decided.TookPart.Contains(party.Id)).Select(party => party.Kind).ToHashSet();
        return present.Contains(OrganisationKind.Public) && present.Contains(OrganisationKind.IdeaDriven)
            ? null
            : DecisionRefusals.NotJoint;
    }
}

/// <summary>Every way a body's decision can be refused.</summary>
public static class DecisionRefusals
{
    public static Refusal UnknownBody { get; } = new("decision.unknown-body");

    public static Refusal Later { get; } = new("decision.later");

    public static Refusal UnknownParty { get; } = new("decision.unknown-party");

    public static Refusal NotJoint { get; } = new("decision.not-joint");

    public static Refusal BodyNotJoint(string body) => new Refusal("decision.body-not-joint").With("body", body);
}
