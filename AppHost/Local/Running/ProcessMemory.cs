using System.Globalization;
using Iop.LocalServers;

namespace Iop.AppHost.Local;

/// <summary>How much memory the processes really take: shared pages counted once (PSS), ourselves included.</summary>
internal static class ProcessMemory
{
    private const int KibiBytes = 1024;
    private const StringSplitOptions SkipEmpty = StringSplitOptions.RemoveEmptyEntries;

    public static long OfGroups(IReadOnlyList<OwnedProcess> leaders)
    {
        var groups = leaders.Where(leader => !leader.HasExited).Select(leader => leader.Id).ToHashSet();
        return ProcessIds().Where(id => id == Environment.ProcessId || groups.Contains(GroupOf(id))).Sum(ProportionalBytesOf);
    }

    public static long OfGroup(int leader) => ProcessIds().Where(id => GroupOf(id) == leader).Sum(ProportionalBytesOf);

    private static IEnumerable<int> ProcessIds() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0);

    private static int GroupOf(int id)
    {
        // After the name in brackets: state, parent, process group.
        const int GroupField = 2;
        var stat = Read($"/proc/{id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', SkipEmpty);
        return fields.Length > GroupField ? int.Parse(fields[GroupField], CultureInfo.InvariantCulture) : 0;
    }

    private static long ProportionalBytesOf(int id)
    {
        foreach (var line in Read($"/proc/{id}/smaps_rollup").Split('\n'))
        {
            if (!line.StartsWith("Pss:", StringComparison.Ordinal)) continue;
            return long.Parse(line.Split(' ', SkipEmpty)[1], CultureInfo.InvariantCulture) * KibiBytes;
        }
        return 0;
    }

    private static string Read(string file)
    {
        try { return File.ReadAllText(file); }
        catch (IOException) { return ""; } // it ended meanwhile
        catch (UnauthorizedAccessException) { return ""; }
    }
}
