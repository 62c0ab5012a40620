using Iop.Kernel;

namespace Iop.Agreements.Domain.Texts;

/// <summary>An activity under the agreement.</summary>
public readonly record struct ActivityId(Guid Value);

/// <summary>What is done for the target group (insats, verksamhet). Its cost is booked by exactly one legal person, which owns
/// and finally governs it; purpose and goals stay everybody's.</summary>
public sealed class Activity
{
    public const int PerAgreementMax = 100;
    public const int NameMax = 200;
    public const int DescriptionMax = 5_000;
    public const int TargetGroupMax = 1_000;

    private Activity()
    {
    }

    public ActivityId Id { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public string Name { get; private set; } = "";

    public string? Description { get; private set; }

    /// <summary>The one legal person that books the cost.</summary>
    public OrganisationRef BookedBy { get; private set; }

    /// <summary>Which parties take part.</summary>
    public Guid[] PartyIds { get; private set; } = [];

    public DateOnly? FromOn { get; private set; }

    public DateOnly? ToOn { get; private set; }

    public string? TargetGroup { get; private set; }

    public long Version { get; private set; }

    public static Refusal? Plan(
        ActivityId id, Agreement agreement, IReadOnlyCollection<Party> parties, Terms terms, int present, out Activity activity)
    {
        activity = new Activity { Id = id, AgreementId = agreement.Id, PartnershipId = agreement.PartnershipId };
        return present >= PerAgreementMax ? ActivityRefusals.TooMany : activity.Change(agreement, parties, terms);
    }

    public Refusal? Change(Agreement agreement, IReadOnlyCollection<Party> parties, Terms terms)
    {
        if (agreement.IsFixed is { } isFixed) return isFixed;
        var taking = terms.Parties.Distinct().Select(id => parties.FirstOrDefault(party => party.Id == id)).ToList();
        if (taking.Contains(null)) return AgreementRefusals.UnknownParty;
        if (parties.All(party => party.Organisation != terms.BookedBy)) return ActivityRefusals.BookedByAParty;
        if (taking.All(party => party!.Organisation != terms.BookedBy)) return ActivityRefusals.OwnerTakesPart;
        Take(terms);
        return null;
    }

    private void Take(Terms terms)
    {
        (Name, Description, TargetGroup, BookedBy) = (terms.Name, terms.Description, terms.TargetGroup, terms.BookedBy);
        (FromOn, ToOn) = (terms.FromOn, terms.ToOn);
        PartyIds = [.. terms.Parties.Select(party => party.Value).Distinct().Order()];
        Version++;
    }

    /// <summary>What is said of an activity.</summary>
    public sealed record Terms(
        string Name, string? Description, OrganisationRef BookedBy, IReadOnlyList<PartyId> Parties, DateOnly? FromOn,
        DateOnly? ToOn,
        string? TargetGroup);
}

/// <summary>Every way an activity can say no.</summary>
public static class ActivityRefusals
{
    public static Refusal TooMany { get; } = new Refusal("activity.too-many").With("limit", Activity.PerAgreementMax);

    public static Refusal BookedByAParty { get; } = new("activity.booked-by-a-party");

    public static Refusal OwnerTakesPart { get; } = new("activity.owner-takes-part");
}
