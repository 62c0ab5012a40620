namespace Iop.Agreements.Domain.Life;

/// <summary>The days on which one version was, is or will be in force. At most one version is on any day; the database holds
/// it.</summary>
public sealed class InForce
{
    private InForce()
    {
    }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public string Hash { get; private init; } = "";

    public DateOnly FromDay { get; private init; }

    /// <summary>The last day; null while nobody knows.</summary>
    public DateOnly? ToDay { get; private set; }

    /// <summary>A version takes over from a day on, but never from before the one that it follows.</summary>
    public static InForce TakeOver(Agreement agreement, string hash, DateOnly from, InForce? before)
    {
        var day = before is not null && before.FromDay > from ? before.FromDay : from;
        before?.Until(day.AddDays(-1));
        return new InForce { AgreementId = agreement.Id, PartnershipId = agreement.PartnershipId, Hash = hash, FromDay = day };
    }

    /// <summary>The day before the first: replaced or over at once, and in force on none.</summary>
    public void Until(DateOnly lastDay) => ToDay = lastDay < FromDay ? FromDay.AddDays(-1) : lastDay;

    public bool Holds(DateOnly day) => FromDay <= day && (ToDay is null || day <= ToDay);
}
