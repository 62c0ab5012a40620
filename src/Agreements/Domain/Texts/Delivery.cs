using Iop.Kernel;

namespace Iop.Agreements.Domain.Texts;

/// <summary>What a party says it has put in during a period (levererat), under what was planned. Living rows beside the agreed
/// text;
/// a correction is a new row, the old one stays.</summary>
public sealed class Delivery
{
    public const int PerContributionMax = 1_000;
    public const int CommentMax = 2_000;

    private Delivery()
    {
    }

    public Guid DeliveryId { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    /// <summary>What was planned; a later text may do without it.</summary>
    public ContributionId ContributionId { get; private init; }

    public PartyId PartyId { get; private init; }

    public ContributionKind Kind { get; private init; }

    public DateOnly FromOn { get; private init; }

    public DateOnly ToOn { get; private init; }

    public long? Ore { get; private init; }

    public int? Hours { get; private init; }

    public string? Comment { get; private init; }

    public PersonRef ReportedBy { get; private init; }

    public DateTimeOffset ReportedAt { get; private init; }

    /// <summary>The report that this one takes the place of.</summary>
    public Guid? Corrects { get; private init; }

    public static Refusal? Report(
        Guid id, Agreement agreement, DateOnly? begun, Contribution planned, Reported reported, PersonRef by,
        IReadOnlyCollection<Delivery> present, DateTimeOffset now, out Delivery delivery)
    {
        delivery = new Delivery
        {
            DeliveryId = id,
            AgreementId = agreement.Id,
            PartnershipId = agreement.PartnershipId,
            ContributionId = planned.Id,
            PartyId = planned.PartyId,
            Kind = planned.Kind,
            FromOn = reported.FromOn,
            ToOn = reported.ToOn,
            Ore = reported.Value?.Minor,
            Hours = reported.Hours,
            Comment = reported.Comment,
            ReportedBy = by,
            ReportedAt = now,
            Corrects = reported.Corrects,
        };
        if (!agreement.State.Binds() || begun is null) return DeliveryRefusals.NotInForce(agreement.State);
        if (reported.Hours is not null && !planned.Kind.IsWork()) return AgreementRefusals.HoursOnlyForWork;
        if (reported.ToOn > SwedishTime.DateIn(now)) return DeliveryRefusals.NotYet;
        if (reported.FromOn < begun) return DeliveryRefusals.BeforeStart;
        if (present.Count >= PerContributionMax) return DeliveryRefusals.TooMany;
        if (reported.Corrects is not { } earlier) return null;
        if (present.All(other => other.DeliveryId != earlier)) return DeliveryRefusals.CorrectsWhat;
        return present.Any(other => other.Corrects == earlier) ? DeliveryRefusals.CorrectedAlready : null;
    }

    /// <summary>Those that count: each as it was last corrected.</summary>
    public static IReadOnlyList<Delivery> ThatCount(IReadOnlyCollection<Delivery> all)
    {
        var corrected = all.Select(delivery => delivery.Corrects).OfType<Guid>().ToHashSet();
        return [.. all.Where(delivery => !corrected.Contains(delivery.DeliveryId))];
    }

    /// <summary>What is reported.</summary>
    public sealed record Reported(DateOnly FromOn, DateOnly ToOn, Money? Value, int? Hours, string? Comment, Guid? Corrects);
}

/// <summary>Every way a report of what was delivered can be refused.</summary>
public static class DeliveryRefusals
{
    public static Refusal NotInForce(AgreementState state) => new Refusal("delivery.not-in-force").With("state", state);

    public static Refusal NotYet { get; } = new("delivery.not-yet");

    public static Refusal BeforeStart { get; } = new("delivery.before-start");

    public static Refusal TooMany { get; } = new Refusal("delivery.too-many").With("limit", Delivery.PerContributionMax);

    public static Refusal CorrectsWhat { get; } = new("delivery.corrects-what");

    public static Refusal CorrectedAlready { get; } = new("delivery.corrected-already");

    public static Refusal OnlyOwn { get; } = new("delivery.only-own", RefusalKind.Forbidden);
}
