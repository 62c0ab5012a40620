using System.Globalization;
using Iop.Benchmarks;
using Iop.TestKit;

// Ratios, not milliseconds: they mean the same on a small machine and a large one.
// Each file makes its comparisons, and what they need, when their turn comes; a word as argument picks the files whose name
// holds it; --long takes ten times as much where there is much.
(string File, Func<Servers, IAsyncEnumerable<Comparison>> Comparisons)[] all =
[
    (nameof(OneRowByIsolation), OneRowByIsolation.Of),
    (nameof(RequestByGateway), RequestByGateway.Of),
    (nameof(SearchByGateway), SearchByGateway.Of),
    (nameof(ImportByCopy), ImportByCopy.Of),
    (nameof(SignInAmongThousands), SignInAmongThousands.Of),
    (nameof(InboxAmongThousands), InboxAmongThousands.Of),
    (nameof(AnnounceToEffect), AnnounceToEffect.Of),
    (nameof(MeasurementToObligation), MeasurementToObligation.Of),
    (nameof(CrowdAtTheOpening), CrowdAtTheOpening.Of),
    (nameof(TermsByEngine), TermsByEngine.Of),
    (nameof(PortfolioRecalculated), PortfolioRecalculated.Of),
    (nameof(SimulationOnOneCore), SimulationOnOneCore.Of),
];
var wanted = args.FirstOrDefault(word => !word.StartsWith('-')) ?? "";
await using var servers = new Servers();
await servers.InitializeAsync();

Console.WriteLine($"{"",-66} {"ours p50",10} {"p95",10} {"bare p50",10} {"p95",10} {"ratio",8} {"ours/s",9}");
foreach (var (_, comparisons) in all.Where(one => one.File.Contains(wanted, StringComparison.OrdinalIgnoreCase)))
{
    await foreach (var comparison in comparisons(servers))
    {
        var result = await comparison.MeasureAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.Name,-66} {In(result.Ours)} {In(result.Bare)} {result.Ratio,8:0.00} {result.OursPerSecond,9:0}"));
    }
}

static string In(Percentiles times) => $"{Microseconds(times.Median),10} {Microseconds(times.P95),10}";

static string Microseconds(double time) =>
    string.Create(CultureInfo.InvariantCulture, $"{time.ToString(time < 10 ? "0.000" : "0", CultureInfo.InvariantCulture)} µs");
