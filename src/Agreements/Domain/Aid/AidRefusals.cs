using Iop.Kernel;

namespace Iop.Agreements.Domain.Aid;

/// <summary>Every way the ledger of small aid can say no.</summary>
public static class AidRefusals
{
    public static Refusal NoCeiling { get; } = new("aid.no-ceiling");

    public static Refusal NoRate { get; } = new Refusal("aid.no-rate").With("days", ExchangeRate.DaysOldMax);

    public static Refusal NothingStated { get; } = new("aid.nothing-stated");

    public static Refusal Exceeds(Money room) => new Refusal("aid.exceeds-ceiling").With("room", room.ToDecimalString());

    public static Refusal OnlyPublicPartiesGrant { get; } = new("aid.only-public-parties-grant", RefusalKind.Forbidden);

    public static Refusal NotYourBooking { get; } = new("aid.not-your-booking", RefusalKind.Forbidden);

    public static Refusal UnknownBooking { get; } = new("aid.unknown-booking", RefusalKind.NotFound);

    public static Refusal ReversedAlready { get; } = new("aid.reversed-already");

    public static Refusal UnknownOrganisation { get; } = new("aid.unknown-organisation");

    public static Refusal UnknownStatement { get; } = new("aid.unknown-statement");

    public static Refusal WithdrawnAlready { get; } = new("aid.withdrawn-already");
}
