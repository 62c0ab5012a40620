using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Calculating;

namespace Iop.Domain.Tests.OutcomeFinance.Calculating;

public sealed class BookingTests
{
    private static readonly PartyId Payer = new(Guid.NewGuid());
    private static readonly PartyId OtherPayer = new(Guid.NewGuid());
    private static readonly PartyId Payee = new(Guid.NewGuid());
    private static readonly string[] Periods = ["2016", "2017"];

    //          due kr   booked kr   booked now kr
    [Theory]
    [InlineData(54_000, new int[0], 54_000)]
    [InlineData(54_000, new[] { 54_000 }, null)] // the same calculation twice
    [InlineData(51_000, new[] { 54_000 }, -3_000)] // a correction downwards: a credit
    [InlineData(54_000, new[] { 54_000, -3_000 }, 3_000)] // and up again
    [InlineData(0, new[] { 54_000, -54_000 }, null)]
    public void Books_what_is_due_less_what_is_booked(int due, int[] booked, int? now)
    {
        var differences = Booking.Differences([Due("2016", Payer, due)], booked.Select(one => Due("2016", Payer, one)), Periods);
        Assert.Equal(now is { } kronor ? [Due("2016", Payer, kronor)] : [], differences);
    }

    [Fact]
    public void What_is_no_longer_due_at_all_is_credited() =>
        Assert.Equal([Due("2016", Payer, -10)], Booking.Differences([], [Due("2016", Payer, 10)], Periods));

    [Fact]
    public void Periods_and_payers_are_kept_apart_and_in_the_contracts_order()
    {
        var differences = Booking.Differences(
            [Due("2017", Payer, 5), Due("2016", OtherPayer, 7)], [Due("2016", Payer, 2)], Periods);
        Assert.Equal(["2016", "2016", "2017"], differences.Select(one => one.Key.PeriodKey));
        Assert.Equal(Money.Kronor(10), differences.Aggregate(Money.Zero, (sum, one) => sum + one.Amount));
    }

    [Fact]
    public void The_highest_revision_of_each_period_counts_in_the_contracts_order()
    {
        var heard = new[] { Measured("2017", 1), Measured("2016", 2), Measured("2016", 1), Measured("2017", 3),
            Measured("2017", 2) };
        Assert.Equal([("2016", 2), ("2017", 3)],
            VerifiedMeasurement.InForce(heard, Periods).Select(one => (one.PeriodKey, one.Revision)));
    }

    private static Due Due(string period, PartyId payer, int kronor) =>
        new(new DueKey(period, payer, Payee), Money.Kronor(kronor));

    private static VerifiedMeasurement Measured(string period, int revision) => new()
    {
        MeasurementId = new MeasurementRef(Guid.NewGuid()),
        ContractId = new ContractId(Guid.NewGuid()),
        PeriodKey = period,
        Revision = revision,
        ReporterPersonId = Guid.NewGuid(),
        VerifierOrganisationId = Guid.NewGuid(),
        VerifierPersonId = Guid.NewGuid(),
        VerifiedAt = DateTimeOffset.UnixEpoch,
    };
}
