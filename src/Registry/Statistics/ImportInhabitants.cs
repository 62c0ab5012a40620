using System.Globalization;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Registry.Places;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Statistics;

/// <summary>The operator brings in how many people live in each municipality and county (folkmängd), as Statistics Sweden's open
/// data gives it: a code in the first column, the number in the last.</summary>
internal static class ImportInhabitants
{
    public sealed record Request(int Year, string Csv);

    public sealed record View(int Year, int Municipalities, int Counties, IReadOnlyList<Line> Unread);

    public sealed record Line(int Number, string Text);

    private const int LinesMax = 2_000;
    private const int UnreadShownMax = 20;
    private const int LineMax = 500;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/inhabitants", Handle).WithName(nameof(ImportInhabitants));

    internal static async Task<Answer<View>> Handle(Request request, Caller caller, RegistryDb db, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Operator) is { } missing) return missing;
        var lines = (request.Csv ?? "").Split('\n', LinesMax + 1);
        if (new Fields().Between("year", request.Year, 1968, 2200).Text("csv", request.Csv, LinesMax * LineMax)
            .Must("csv", lines.Length <= LinesMax, "inhabitants.too-many-lines").Refusal is { } malformed) return malformed;
        var (read, unread) = Read(lines);
        var known = await db.Set<InhabitantsRow>().Where(row => row.Year == request.Year)
            .ToDictionaryAsync(row => row.PlaceCode, StringComparer.Ordinal, cancel);
        foreach (var (code, count) in read)
        {
            if (known.TryGetValue(code, out var row)) row.Count = count;
            else db.Add(new InhabitantsRow { PlaceCode = code, Year = request.Year, Count = count });
        }
        await db.SaveChangesAsync(cancel);
        return new View(request.Year, read.Keys.Count(code => code.Length == 4), read.Keys.Count(code => code.Length == 2),
            unread);
    }

    private static (Dictionary<string, long> Read, List<Line> Unread) Read(IReadOnlyList<string> lines)
    {
        var (read, unread) = (new Dictionary<string, long>(StringComparer.Ordinal), new List<Line>());
        for (var at = 0; at < lines.Count; at++)
        {
            var line = lines[at].Trim().TrimStart('\uFEFF');
            if (line.Length == 0) continue;
            var cells = line.Split(line.Contains(';', StringComparison.Ordinal)
                ? ';' : line.Contains('\t', StringComparison.Ordinal)
                ? '\t' : ',').Select(cell => cell.Trim().Trim('"')).ToList();
            var code = cells[0].Split(' ')[0];
            if (PlaceList.Has(code) && cells.Count > 1 && long.TryParse(cells[^1].Replace(" ", "", StringComparison.Ordinal),
                NumberStyles.None, CultureInfo.InvariantCulture, out var count)) read[code] = count;
            else if (at > 0 && unread.Count < UnreadShownMax) unread.Add(new Line(at + 1, line[..Math.Min(line.Length, 80)]));
        }
        return (read, unread);
    }
}
