using Iop.Kernel;

namespace Iop.Agreements.Domain.Plans;

public readonly record struct PlanId(Guid Value);

/// <summary>What is to be done in a year or a stage (verksamhetsplan, insatsplan): the living layer below the signed one.
/// A governance body adopts it and changes it, without anybody signing again.</summary>
public sealed class InterventionPlan
{
    public const int PerAgreementMax = 100;
    public const int ReasonMax = 2_000;

    private InterventionPlan()
    {
    }

    public PlanId Id { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public string Title { get; private set; } = "";

    public DateOnly StartsOn { get; private set; }

    public DateOnly EndsOn { get; private set; }

    /// <summary>The version that applies, from 1.</summary>
    public int Number { get; private set; }

    public long Version { get; private set; }

    /// <summary>A plan belongs to an agreement that binds, or is signed and about to.</summary>
    public static bool IsPlannedIn(AgreementState state) => state is AgreementState.Signed || state.Binds();

    public static InterventionPlan Of(PlanId id, Agreement agreement) =>
        new() { Id = id, AgreementId = agreement.Id, PartnershipId = agreement.PartnershipId };

    /// <summary>The body adopts the plan, or a changed version of it. One that leaves the frame is adopted only by those who
    /// say that they know, and is a matter for renegotiation.</summary>
    /// <param name="others">The agreement's other plans.</param>
    public Refusal? Adopt(
        PlanText text, string reason, BodyDecision decision, PlanFrame frame, bool knowsItLeavesTheFrame,
        AgreementState state, IReadOnlyList<InterventionPlan> others, out PlanVersion version)
    {
        var oversteps = frame.OverstepsOf(text);
        version = PlanVersion.Of(this, Number + 1, text, reason, decision, oversteps);
        if (!IsPlannedIn(state)) return PlanRefusals.NotNow(state);
        if (others.Count >= PerAgreementMax) return PlanRefusals.TooMany;
        if (others.FirstOrDefault(other => other.Id != Id && other.Period.Overlaps(text.Period)) is { } same)
            return PlanRefusals.Overlaps(same.Title);
        if (oversteps.Count > 0 && !knowsItLeavesTheFrame) return PlanRefusals.LeavesTheFrame(oversteps.Count);
        (Title, StartsOn, EndsOn) = (text.Title, text.StartsOn, text.EndsOn);
        Number++;
        Version++;
        return null;
    }

    public Period Period => new(StartsOn, EndsOn);
}

/// <summary>A plan as it was adopted once. Never changed.</summary>
public sealed class PlanVersion
{
    private PlanVersion()
    {
    }

    public PlanId PlanId { get; private init; }

    public int Number { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public string Title { get; private init; } = "";

    public DateOnly StartsOn { get; private init; }

    public DateOnly EndsOn { get; private init; }

    /// <summary>Why it was adopted or changed.</summary>
    public string Reason { get; private init; } = "";

    public DecisionId DecisionId { get; private init; }

    public List<PlanItem> Items { get; private init; } = [];

    /// <summary>How it left the frame when it was adopted.</summary>
    public List<PlanOverstep> Oversteps { get; private init; } = [];

    public PlanText Text => new(Title, StartsOn, EndsOn, [.. Items.OrderBy(item => item.Position).Select(item => item.Text)]);

    internal static PlanVersion Of(
        InterventionPlan plan, int number, PlanText text, string reason, BodyDecision decision,
        IReadOnlyList<Overstep> oversteps) => new()
        {
            PlanId = plan.Id,
            Number = number,
            AgreementId = plan.AgreementId,
            PartnershipId = plan.PartnershipId,
            Title = text.Title,
            StartsOn = text.StartsOn,
            EndsOn = text.EndsOn,
            Reason = reason,
            DecisionId = decision.Id,
            Items = [.. text.Items.Select((item, at) => PlanItem.Of(plan, number, at + 1, item))],
            Oversteps = [.. oversteps.Select((one, at) => PlanOverstep.Of(plan, number, at + 1, one))],
        };
}

/// <summary>An item of a plan's version, as it is kept.</summary>
public sealed class PlanItem
{
    private PlanItem()
    {
    }

    public PlanId PlanId { get; private init; }

    public int Number { get; private init; }

    public Guid ItemId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public int Position { get; private init; }

    public string What { get; private init; } = "";

    public Guid[] Parties { get; private init; } = [];

    public string? Others { get; private init; }

    public Guid? ActivityId { get; private init; }

    public DateOnly? StartsOn { get; private init; }

    public DateOnly? EndsOn { get; private init; }

    public string? Target { get; private init; }

    public long? Ore { get; private init; }

    public PlanText.Item Text => new(
        ItemId, What, [.. Parties.Select(party => new PartyId(party))], Others, ActivityId, StartsOn, EndsOn, Target,
        Ore is { } ore ? Money.Ore(ore) : null);

    internal static PlanItem Of(InterventionPlan plan, int number, int position, PlanText.Item item) => new()
    {
        PlanId = plan.Id,
        Number = number,
        ItemId = item.Id,
        PartnershipId = plan.PartnershipId,
        Position = position,
        What = item.What,
        Parties = [.. item.Parties.Select(party => party.Value)],
        Others = item.Others,
        ActivityId = item.ActivityId,
        StartsOn = item.StartsOn,
        EndsOn = item.EndsOn,
        Target = item.Target,
        Ore = item.Cost?.Minor,
    };
}

/// <summary>A way of overstepping the frame, as it was seen when the version was adopted.</summary>
public sealed class PlanOverstep
{
    private PlanOverstep()
    {
    }

    public PlanId PlanId { get; private init; }

    public int Number { get; private init; }

    public int Position { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public OverstepKind Kind { get; private init; }

    public Guid? ItemId { get; private init; }

    public string? Planned { get; private init; }

    public string? Agreed { get; private init; }

    public Overstep Overstep => new(Kind, ItemId, Planned, Agreed);

    internal static PlanOverstep Of(InterventionPlan plan, int number, int position, Overstep overstep) => new()
    {
        PlanId = plan.Id,
        Number = number,
        Position = position,
        PartnershipId = plan.PartnershipId,
        Kind = overstep.Kind,
        ItemId = overstep.Item,
        Planned = overstep.Planned,
        Agreed = overstep.Agreed,
    };
}

/// <summary>Every way a plan can say no.</summary>
public static class PlanRefusals
{
    public static Refusal NotNow(AgreementState state) => new Refusal("plan.not-now").With("state", state);

    public static Refusal TooMany { get; } = new Refusal("plan.too-many").With("limit", InterventionPlan.PerAgreementMax);

    public static Refusal Overlaps(string other) => new Refusal("plan.overlaps").With("other", other);

    public static Refusal LeavesTheFrame(int oversteps) => new Refusal("plan.leaves-the-frame").With("count", oversteps);

    public static Refusal UnknownParty { get; } = new("plan.unknown-party");
}
