using Iop.OutcomeFinance.Domain.Simulating;

namespace Iop.Domain.Tests.OutcomeFinance.Simulating;

/// <summary>The internal rate of return, as a table that an economist can check.</summary>
public sealed class RateOfReturnTests
{
    [Theory]
    //          months and kronor                              percent per year, in hundredths
    [InlineData("0:-100 12:110", 1_000)]
    [InlineData("0:-100 24:121", 1_000)]
    [InlineData("0:-100 12:100", 0)]
    [InlineData("0:-100 12:50", -5_000)]
    [InlineData("0:-100 12:10 24:10 36:110", 1_000)]
    [InlineData("0:-100 6:105", 1_025)] // compounded: 1.05²
    [InlineData("0:-7500000 36:5400000", -1_037)] // Norrköping: (5.4 / 7.5)^(1/3) − 1
    [InlineData("0:-50 6:-50 12:60 18:60", 2_000)] // 0.2 after a year on both halves
    [InlineData("0:-100 0:20 12:88", 1_000)] // the same month is one flow
    [InlineData("36:5400000 0:-7500000", -1_037)] // in any order
    [InlineData("0:-100 12:10000", 990_000)]
    public void Is_found_within_a_hundredth_of_a_percent(string flows, int basisPoints)
    {
        var rate = RateOfReturn.Of(Flows(flows));
        Assert.Equal(RateKind.Found, rate.Kind);
        Assert.InRange(rate.BasisPoints, basisPoints - 1, basisPoints + 1);
    }

    [Theory]
    [InlineData("0:-100")] // nothing comes back
    [InlineData("0:100 12:50")] // nothing is put in
    [InlineData("0:-100 12:0")]
    [InlineData("")]
    [InlineData("0:-1000000 1:1")] // all but lost within a month: below what is searched
    [InlineData("0:-100 12:250 24:-160")] // turns twice and never evens out
    public void Is_none_where_no_rate_evens_the_flows_out(string flows) =>
        Assert.Equal(RateKind.None, RateOfReturn.Of(Flows(flows)).Kind);

    [Theory]
    [InlineData("0:-100 12:320 24:-240")] // evens out at 20 and at 100 percent a year
    public void Is_several_where_the_flows_even_out_at_several_rates(string flows) =>
        Assert.Equal(RateKind.Several, RateOfReturn.Of(Flows(flows)).Kind);

    [Theory]
    [InlineData("0:-100 12:60 13:-50 24:110", 1_021)] // invested in two stages; one rate evens it out
    public void Is_found_where_the_flows_turn_several_times_but_even_out_once(string flows, int basisPoints)
    {
        var rate = RateOfReturn.Of(Flows(flows));
        Assert.Equal(RateKind.Found, rate.Kind);
        Assert.InRange(rate.BasisPoints, basisPoints - 2, basisPoints + 2);
    }

    [Fact]
    public void Sums_of_the_largest_contracts_do_not_overflow()
    {
        var flows = Enumerable.Range(0, 200).Select(at => new CashFlow(
            new DateOnly(2026, 1, 1).AddMonths(at), (at < 100 ? -1 : 1) * 1_000_000_000_000_000L));
        Assert.Equal(new RateOfReturn(RateKind.Found, 0), RateOfReturn.Of([.. flows]));
    }

    private static List<CashFlow> Flows(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(flow => flow.Split(':')).Select(flow => new CashFlow(
            new DateOnly(2026, 1, 15).AddMonths(int.Parse(flow[0], null)), long.Parse(flow[1], null) * 100)),
    ];
}
