namespace Iop.EndToEnd.Tests;

[Collection(Alone.Name)]
public sealed class DemoTests(RunningSystem system)
{
    [Fact]
    public async Task The_demo_played_a_second_time_changes_nothing()
    {
        var (code, report) = await system.PlayAgain();
        Assert.True(code == 0, report);
        Assert.Contains("Every step held.", report, StringComparison.Ordinal);
        Assert.DoesNotContain("  done ", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Norrkoping_paid_five_point_one_million_in_the_end()
    {
        var stop = TestContext.Current.CancellationToken;
        var obligations = await system.As("controller-1").Get("/outcome-finance/v1/obligations?limit=100", stop);
        var amounts = obligations.Items()
            .Where(one => one.GetProperty("contractTitle").GetString() == "Team Nystart i Norrköping")
            .Select(one => (one.GetProperty("amount").GetString(), one.GetProperty("state").GetString())).Order();
        Assert.Equal([("-300000.00", "settled"), ("5400000.00", "settled")], amounts);
    }
}
