using Iop.Agreements.Domain.Assessing;
using Iop.Kernel;

namespace Iop.Agreements.Domain.Aid;

/// <summary>Small aid that a public party grants another party by an agreement. Never changed; what was wrong is reversed, and
/// both rows stay.</summary>
public sealed class AidBooking
{
    public const int ReasonMax = 1_000;

    private AidBooking()
    {
    }

    public Guid BookingId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public OrganisationRef Grantor { get; private init; }

    public OrganisationRef Recipient { get; private init; }

    /// <summary>The recipient's organisation number: the undertaking.</summary>
    public string RecipientNumber { get; private init; } = "";

    public AidKind Kind { get; private init; }

    public long Ore { get; private init; }

    public long EuroCent { get; private init; }

    public DateOnly RateDay { get; private init; }

    public long RateMillionths { get; private init; }

    public string RateSource { get; private init; } = "";

    /// <summary>When the recipient got the legal right to the aid, whenever it is paid.</summary>
    public DateOnly GrantedOn { get; private init; }

    public string Reason { get; private init; } = "";

    /// <summary>The booking that this one takes back.</summary>
    public Guid? Reverses { get; private init; }

    public PersonRef BookedBy { get; private init; }

    public DateTimeOffset BookedAt { get; private init; }

    public static Refusal? Book(Guid id, Agreement agreement, Granting granting, AidLedger ledger, bool isStated,
        IEnumerable<ExchangeRate> rates, Answerer by, DateTimeOffset now, out AidBooking booking)
    {
        booking = new AidBooking();
        if (!isStated) return AidRefusals.NothingStated;
        if (ExchangeRate.For(granting.On, rates) is not { } rate) return AidRefusals.NoRate;
        var euro = rate.InEuro(granting.Kronor);
        if (ledger.Fits(granting.Kind, granting.On, euro) is { } refusal) return refusal;
        booking = new AidBooking
        {
            BookingId = id, PartnershipId = agreement.PartnershipId, AgreementId = agreement.Id, Grantor = by.Organisation,
            Recipient = granting.Recipient, RecipientNumber = granting.RecipientNumber, Kind = granting.Kind,
            Ore = granting.Kronor.Minor, EuroCent = euro.Minor, RateDay = rate.Day, RateMillionths = rate.Millionths,
            RateSource = rate.Source, GrantedOn = granting.On, Reason = granting.Reason, BookedBy = by.Person, BookedAt = now,
        };
        return null;
    }

    /// <summary>Takes the booking back, on its own day and at its own rate, so that it counts for nothing.</summary>
    public Refusal? Reverse(Guid id, string reason, IEnumerable<AidBooking> all, Answerer by, DateTimeOffset now,
        out AidBooking reversal)
    {
        reversal = new AidBooking
        {
            BookingId = id, PartnershipId = PartnershipId, AgreementId = AgreementId, Grantor = Grantor, Recipient = Recipient,
            RecipientNumber = RecipientNumber, Kind = Kind, Ore = -Ore, EuroCent = -EuroCent, RateDay = RateDay,
            RateMillionths = RateMillionths, RateSource = RateSource, GrantedOn = GrantedOn, Reason = reason,
            Reverses = BookingId, BookedBy = by.Person, BookedAt = now,
        };
        if (Grantor != by.Organisation) return AidRefusals.NotYourBooking;
        return Reverses is not null || all.Any(other => other.Reverses == BookingId) ? AidRefusals.ReversedAlready : null;
    }

    public sealed record Granting(
        OrganisationRef Recipient, string RecipientNumber, AidKind Kind, Money Kronor, DateOnly On, string Reason);
}

/// <summary>What kind of thing a recipient states.</summary>
public enum StatementSort
{
    /// <summary>No other small aid.</summary>
    None,

    /// <summary>Other small aid, from somebody who does not book here.</summary>
    Aid,

    /// <summary>Another organisation number is the same undertaking (one owns or governs the other).</summary>
    Linked,
}

/// <summary>What a recipient states of itself before aid is granted (intygande). Never changed; a wrong one is withdrawn by
/// another.</summary>
public sealed class AidStatement
{
    public const int GrantorMax = 200;

    public required Guid StatementId { get; init; }

    public required OrganisationRef Organisation { get; init; }

    public required string Number { get; init; }

    public required StatementSort Sort { get; init; }

    public AidKind? Kind { get; init; }

    public string? Grantor { get; init; }

    public long? EuroCent { get; init; }

    public DateOnly? GrantedOn { get; init; }

    public string? LinkedNumber { get; init; }

    public Guid? Withdraws { get; init; }

    public required PersonRef StatedBy { get; init; }

    public required DateTimeOffset StatedAt { get; init; }
}
