using Iop.Web.Gateway;

namespace Iop.Web.Aid;

/// <summary>The ledger of small aid, as the pages read and write it.</summary>
internal sealed class AidApi(GatewayCalls gateway)
{
    private const string Root = "/agreements/v1";

    public Task<Answer<AidOfAgreement>> Show(Guid agreement, DateOnly? on, CancellationToken cancel) =>
        gateway.Get<AidOfAgreement>($"{Root}/agreements/{agreement}/aid{(on is { } day ? $"?on={day:O}" : "")}", cancel);

    public Task<Answer<object>> Book(Guid agreement, object booking, string? key, CancellationToken cancel) =>
        gateway.Create<object>($"{Root}/agreements/{agreement}/aid/bookings", booking, key, cancel);

    public Task<Answer<object>> Reverse(Guid agreement, object reversal, string? key, CancellationToken cancel) =>
        gateway.Create<object>($"{Root}/agreements/{agreement}/aid/reversals", reversal, key, cancel);

    public Task<Answer<Listing<AidBooking>>> Own(CancellationToken cancel) =>
        gateway.Get<Listing<AidBooking>>($"{Root}/aid/bookings?limit=100", cancel);

    public Task<Answer<Listing<AidStatement>>> Statements(CancellationToken cancel) =>
        gateway.Get<Listing<AidStatement>>($"{Root}/aid/statements", cancel);

    public Task<Answer<object>> State(object statement, string? key, CancellationToken cancel) =>
        gateway.Create<object>($"{Root}/aid/statements", statement, key, cancel);

    public Task<Answer<AidFigures>> Figures(CancellationToken cancel) => gateway.Get<AidFigures>($"{Root}/aid/figures", cancel);

    public Task<Answer<object>> Record(object rate, string? key, CancellationToken cancel) =>
        gateway.Create<object>($"{Root}/aid/rates", rate, key, cancel);
}

public sealed record AidOfAgreement(
    DateOnly On, IReadOnlyList<AidBooking> Bookings, IReadOnlyList<AidRecipient> Recipients, IReadOnlyList<AidCeiling> Ceilings,
    AidRate? Rate, IReadOnlyList<string> ToBook, bool Exceeds, bool MayBook);

public sealed record AidBooking(
    Guid Id, Guid AgreementId, Guid GrantorId, string? Grantor, string? Recipient, string Kind, string Kronor, string Euro,
    DateOnly GrantedOn,
    DateOnly RateDay, string KronorPerEuro, string? RateSource, string? Reason, string? BookedBy, DateTimeOffset BookedOn,
    Guid? Reverses, bool Reversed);

public sealed record AidRecipient(
    Guid PartyId, string? Name, bool Stated, bool Mine, IReadOnlyList<AidRoom> Room, IReadOnlyList<AidStatement> Statements);

public sealed record AidRoom(string Kind, string Granted, string? Room);

public sealed record AidStatement(
    Guid Id, string Sort, string? Kind, string? Grantor, string? Euro, DateOnly? GrantedOn, string? LinkedNumber,
    string? StatedBy,
    DateTimeOffset StatedOn, Guid? Withdraws, bool Withdrawn);

public sealed record AidCeiling(string Kind, DateOnly ValidFrom, string Euro, string? Source);

public sealed record AidRate(DateOnly Day, string KronorPerEuro, string? Source);

public sealed record AidFigures(IReadOnlyList<AidCeiling> Ceilings, IReadOnlyList<AidRate> Rates);
