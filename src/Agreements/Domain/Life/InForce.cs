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

    /// <summary>A version takes over from a day on; it follows the last one known.</summary>
    public static InForce TakeOver(Agreement agreement, string hash, DateOnly from, InForce? before)
    {
        before?.Until(from.AddDays(-1));
        return new InForce { AgreementId = agreement.Id, PartnershipId = agreement.PartnershipId, Hash = hash, FromDay = from };
    }

    public void Until(DateOnly lastDay) => ToDay = lastDay;

    public bool Holds(DateOnly day) => FromDay <= day && (ToDay is null || day <= ToDay);
}
