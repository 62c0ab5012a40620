using System.Globalization;
using Iop.Benchmarks;

// Ratios, not milliseconds: they mean the same on a small machine and a large one.
// Each comparison is a file that makes its Comparison; a word as argument picks those whose name holds it.
var wanted = args.FirstOrDefault() ?? "";
Comparison[] all = [await OneRowByIsolation.CreateAsync()];

Console.WriteLine($"{"",-44} {"ours p50",10} {"p95",10} {"bare p50",10} {"p95",10} {"ratio",7}");
foreach (var comparison in all.Where(one => one.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)))
{
    var result = await comparison.MeasureAsync();
    var ratio = result.Ratio.ToString("0.00", CultureInfo.InvariantCulture);
    Console.WriteLine($"{result.Name,-44} {In(result.Ours)} {In(result.Bare)} {ratio,7}");
}

static string In(Percentiles times) => string.Create(
    CultureInfo.InvariantCulture, $"{times.Median.TotalMicroseconds,7:0} µs {times.P95.TotalMicroseconds,7:0} µs");
