using System.Diagnostics;
using Iop.OutcomeFinance.Domain.Terms.Measuring;

namespace Iop.Domain.Tests.OutcomeFinance.Terms;

/// <summary>The benchmark measures; these only hold that it measures the right thing, and that nothing became absurdly
/// slow.</summary>
public sealed class SpeedTests(ITestOutputHelper output)
{
    [Fact]
    public void The_hand_written_function_pays_the_same()
    {
        var (program, request) = NorrkopingByHand.Prepare(trace: false);
        Assert.Equal(NorrkopingByHand.Payment(987_654_322, 1_133_333_331, true), NorrkopingByHand.Run(program, request, 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Thousands_of_evaluations_take_no_time(bool trace)
    {
        var (program, request) = NorrkopingByHand.Prepare(trace);
        NorrkopingByHand.Run(program, request, 2_000);
        var started = Stopwatch.StartNew();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        NorrkopingByHand.Run(program, request, 20_000);
        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        output.WriteLine(
            $"{20_000 / used.TotalSeconds:0} evaluations per second of processor time ({20_000 / started.Elapsed.TotalSeconds:0} by the clock)");
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(60), $"{started.Elapsed}");
    }
}
