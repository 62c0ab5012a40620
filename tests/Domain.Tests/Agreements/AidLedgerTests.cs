using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Aid;
using Iop.Agreements.Domain.Assessing;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements;

/// <summary>Three years back from every grant, day by day; the ceilings and rates of the day; and nothing rounded away.</summary>
public sealed class AidLedgerTests
{
    private static readonly Ceiling[] Ceilings =
    [
        new(AidKind.DeMinimis, new DateOnly(2024, 1, 1), 300_000_00, "2023/2831"),
        new(AidKind.SgeiDeMinimis, new DateOnly(2024, 1, 1), 750_000_00, "2023/2832"),
    ];

    [Theory]
    [InlineData("2024-03-02", "2027-03-01", 200_000)] // the last day that counts it
    [InlineData("2024-03-02", "2027-03-02", 300_000)] // exactly three years ago is past
    [InlineData("2024-03-02", "2024-03-02", 200_000)] // the same day
    [InlineData("2024-02-29", "2027-02-28", 200_000)] // a leap day's three years end with February
    [InlineData("2024-02-29", "2027-03-01", 300_000)]
    [InlineData("2025-02-28", "2028-02-27", 200_000)]
    [InlineData("2025-02-28", "2028-02-28", 300_000)]
    [InlineData("2025-02-28", "2028-02-29", 300_000)]
    [InlineData("2025-12-31", "2028-12-30", 200_000)] // over new years: not by fiscal year
    [InlineData("2027-03-01", "2024-03-02", 200_000)] // later grants count too, within the same three years
    [InlineData("2027-03-02", "2024-03-02", 300_000)]
    public void What_was_granted_counts_for_three_years(string granted, string on, int roomEuro) => Assert.Equal(
        roomEuro * 100L, Ledger((granted, AidKind.DeMinimis, 100_000)).Room(AidKind.DeMinimis, Day(on))!.Value.Minor);

    [Theory]
    [InlineData(AidKind.DeMinimis, 0, 0, 300_000)]
    [InlineData(AidKind.DeMinimis, 300_000, 0, 0)]
    [InlineData(AidKind.DeMinimis, 0, 600_000, 150_000)] // both kinds together within the higher ceiling
    [InlineData(AidKind.DeMinimis, 100_000, 500_000, 150_000)]
    [InlineData(AidKind.DeMinimis, 100_000, 700_000, -50_000)]
    [InlineData(AidKind.SgeiDeMinimis, 0, 0, 750_000)]
    [InlineData(AidKind.SgeiDeMinimis, 300_000, 0, 450_000)]
    [InlineData(AidKind.SgeiDeMinimis, 0, 750_000, 0)]
    public void Both_kinds_have_their_ceiling(AidKind kind, int small, int sgei, int roomEuro) => Assert.Equal(
        roomEuro * 100L,
        Ledger(("2026-01-10", AidKind.DeMinimis, small), ("2026-01-11", AidKind.SgeiDeMinimis, sgei))
            .Room(kind, Day("2026-03-02"))!.Value.Minor);

    [Fact]
    public void A_grant_dated_back_must_leave_room_for_those_that_came_after()
    {
        var ledger = Ledger(("2025-06-01", AidKind.DeMinimis, 200_000), ("2027-06-01", AidKind.DeMinimis, 90_000));
        // On its own day only the first counts; but in 2027 all three do.
        Assert.Equal(10_000_00, ledger.Room(AidKind.DeMinimis, Day("2026-01-01"))!.Value.Minor);
        Assert.Null(ledger.Fits(AidKind.DeMinimis, Day("2026-01-01"), Euro(10_000_00)));
        Assert.Equal("aid.exceeds-ceiling", ledger.Fits(AidKind.DeMinimis, Day("2026-01-01"), Euro(10_000_01))!.Code);
    }

    [Fact]
    public void A_ceiling_holds_from_its_day_and_there_was_none_before()
    {
        var ledger = new AidLedger([],
            [.. Ceilings, new Ceiling(AidKind.DeMinimis, new DateOnly(2031, 1, 1), 400_000_00, "later")]);
        Assert.Null(ledger.Room(AidKind.DeMinimis, Day("2023-12-31")));
        Assert.Equal("aid.no-ceiling", ledger.Fits(AidKind.DeMinimis, Day("2023-12-31"), Euro(1))!.Code);
        Assert.Equal(300_000_00, ledger.Room(AidKind.DeMinimis, Day("2030-12-31"))!.Value.Minor);
        Assert.Equal(400_000_00, ledger.Room(AidKind.DeMinimis, Day("2031-01-01"))!.Value.Minor);
    }

    [Fact]
    public void What_is_taken_back_counts_for_nothing() => Assert.Equal(300_000_00,
        Ledger(("2026-01-10", AidKind.DeMinimis, 120_000), ("2026-01-10", AidKind.DeMinimis, -120_000))
            .Room(AidKind.DeMinimis, Day("2026-03-02"))!.Value.Minor);

    [Theory]
    [InlineData(1_000_00, 11_000_000, 90_91)]     // 90.909… up
    [InlineData(1_000_00, 11_500_000, 86_96)]     // 86.956… up
    [InlineData(1_000_00, 12_000_000, 83_33)]     // 83.333… down
    [InlineData(11_23, 11_234_500, 1_00)]         // 0.9996 of a euro
    [InlineData(5, 10_000_000, 1)]                // half a cent goes up
    [InlineData(4, 10_000_000, 0)]
    [InlineData(3_370_350_00, 11_234_500, 300_000_00)] // exactly the ceiling
    [InlineData(3_370_350_06, 11_234_500, 300_000_01)] // and a cent more
    public void Kronor_become_euro_by_the_rate_of_the_day(long ore, long millionths, long cent) =>
        Assert.Equal(Euro(cent),
            new ExchangeRate(Guid.NewGuid(), Day("2026-03-02"), millionths, "Riksbanken").InEuro(Money.Ore(ore)));

    [Theory]
    [InlineData("2026-03-02", "2026-03-02")]
    [InlineData("2026-03-01", "2026-02-27")] // a Sunday: Friday's
    [InlineData("2026-03-06", "2026-02-27", "2026-03-02")] // none since Monday, but recent enough
    [InlineData("2026-03-10", null, "2026-03-02")] // eight days old: too old
    [InlineData("2026-02-26", null)] // later rates say nothing of an earlier day
    public void The_rate_is_the_days_own_or_the_last_before_it(string on, string? used, string? missing = null)
    {
        var days = new[] { "2026-02-27", "2026-03-02" }.Where(day => used is null || day != missing);
        var rates = days.Select(day => new ExchangeRate(Guid.NewGuid(), Day(day), 11_000_000, "ECB")).ToList();
        Assert.Equal(used is null ? null : Day(used), ExchangeRate.For(Day(on), rates)?.Day);
    }

    [Fact]
    public void Of_two_rates_for_a_day_the_one_recorded_last_counts()
    {
        var first = new ExchangeRate(Guid.CreateVersion7(Some.Now), Day("2026-03-02"), 11_000_000, "ECB");
        var corrected = new ExchangeRate(Guid.CreateVersion7(Some.Now.AddMinutes(1)), Day("2026-03-02"), 11_100_000, "ECB");
        Assert.Equal(corrected, ExchangeRate.For(Day("2026-03-02"), [corrected, first]));
    }

    [Theory]
    [InlineData(false, "2026-03-02", 100, "aid.nothing-stated")]
    [InlineData(true, "2026-02-01", 100, "aid.no-rate")]
    [InlineData(true, "2026-03-02", 4_000_000, "aid.exceeds-ceiling")]
    [InlineData(true, "2026-03-02", 3_300_000, null)]
    public void A_booking_needs_a_statement_a_rate_and_room(bool stated, string on, int kronor, string? refused)
    {
        var agreement = Some.Agreement(Some.Partnership());
        var by = new Answerer(new PersonRef(Guid.NewGuid()), new OrganisationRef(Guid.NewGuid()));
        var rates = new[] { new ExchangeRate(Guid.NewGuid(), Day("2026-03-02"), 11_000_000, "ECB") };
        var refusal = AidBooking.Book(Guid.NewGuid(), agreement,
            new AidBooking.Granting(new OrganisationRef(Guid.NewGuid()), "8099990011", AidKind.DeMinimis, Money.Kronor(kronor),
                Day(on), "Lokal"),
            Ledger(), stated, rates, by, Some.Now, out var booking);
        Assert.Equal(refused, refusal?.Code);
        if (refused is not null) return;
        Assert.Equal((330_000_000, 300_000_00), (booking.Ore, booking.EuroCent));
        Assert.Equal("aid.not-your-booking", booking.Reverse(Guid.NewGuid(), "Fel", [booking],
            by with { Organisation = new OrganisationRef(Guid.NewGuid()) }, Some.Now, out _)!.Code);
        Assert.Null(booking.Reverse(Guid.NewGuid(), "Fel", [booking], by, Some.Now, out var reversal));
        Assert.Equal((-330_000_000, -300_000_00, booking.GrantedOn), (reversal.Ore, reversal.EuroCent, reversal.GrantedOn));
        Assert.Equal("aid.reversed-already",
            booking.Reverse(Guid.NewGuid(), "Fel", [booking, reversal], by, Some.Now, out _)!.Code);
        Assert.Equal("aid.reversed-already",
            reversal.Reverse(Guid.NewGuid(), "Fel", [booking, reversal], by, Some.Now, out _)!.Code);
    }

    private static AidLedger Ledger(params (string On, AidKind Kind, int Euro)[] granted) =>
        new([.. granted.Select(one => new AidGranted(Day(one.On), one.Kind, one.Euro * 100L))], Ceilings);

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

    private static Money Euro(long cent) => new(cent, AidLedger.Euro);
}
