using Iop.Kernel;

namespace Iop.Agreements.Domain.Texts;

/// <summary>A goal, one of its parts, or something to learn.</summary>
public readonly record struct GoalId(Guid Value);

public enum GoalKind
{
    /// <summary>What the parties want to reach together (övergripande mål).</summary>
    Overall,

    /// <summary>A part of an overall goal (delmål).</summary>
    Partial,

    /// <summary>What the parties want to learn: together, or one of them (lärandemål).</summary>
    Learning,
}

/// <summary>A goal as a thing of its own, to be followed up. Purpose and goals are owned jointly; only a learning goal may be one
/// party's.</summary>
public sealed class Goal
{
    public const int PerAgreementMax = 100;
    public const int TextMax = 2_000;

    private Goal()
    {
    }

    public GoalId Id { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public GoalKind Kind { get; private init; }

    /// <summary>The overall goal that it is a part of.</summary>
    public GoalId? PartOf { get; private init; }

    /// <summary>Whose learning goal; null for a joint one.</summary>
    public PartyId? PartyId { get; private init; }

    public string Text { get; private set; } = "";

    public long Version { get; private set; }

    public static Refusal? Set(
        GoalId id, Agreement agreement, GoalKind kind, GoalId? partOf, PartyId? party, string text,
        IReadOnlyCollection<Goal> present,
            out Goal goal)
    {
        goal = new Goal
        {
            Id = id,
            AgreementId = agreement.Id,
            PartnershipId = agreement.PartnershipId,
            Kind = kind,
            PartOf = partOf,
            PartyId = party,
            Text = text,
            Version = 1,
        };
        if (agreement.IsFixed is { } isFixed) return isFixed;
        if (present.Count >= PerAgreementMax) return GoalRefusals.TooMany;
        if (party is not null && kind is not GoalKind.Learning) return GoalRefusals.OwnedJointly;
        var isPart = present.Any(other => other.Id == partOf && other.Kind is GoalKind.Overall);
        return isPart == (kind is GoalKind.Partial) && isPart == partOf is not null ? null : GoalRefusals.PartOfWhat;
    }

    public void Reword(string text)
    {
        Text = text;
        Version++;
    }
}

/// <summary>Every way a goal can say no.</summary>
public static class GoalRefusals
{
    public static Refusal TooMany { get; } = new Refusal("goal.too-many").With("limit", Goal.PerAgreementMax);

    public static Refusal OwnedJointly { get; } = new("goal.owned-jointly");

    public static Refusal PartOfWhat { get; } = new("goal.part-of-what");

    public static Refusal HasParts { get; } = new("goal.has-parts");
}
