using System.Globalization;

namespace Iop.LocalServers;

/// <summary>A process that cannot be mistaken for a later one with the same number: its id and when it started.</summary>
public sealed record ProcessIdentity(int Id, long StartedAtTicks)
{
    // In /proc/<pid>/stat, counted from behind the program's name, which may itself hold spaces and brackets.
    private const int StateField = 0;
    private const int StartTimeField = 19;

    public static ProcessIdentity? Of(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            if (fields[StateField] is "Z" or "X") return null;
            return new(id, long.Parse(fields[StartTimeField], CultureInfo.InvariantCulture));
        }
        catch (IOException) { return null; }
        catch (UnauthorizedAccessException) { return null; }
    }

    public bool IsAlive => Of(Id) == this;

    public void WriteTo(string file) => File.WriteAllText(file, $"{Id} {StartedAtTicks}\n");

    public static ProcessIdentity? ReadFrom(string file)
    {
        if (!File.Exists(file)) return null;
        var parts = File.ReadAllText(file).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return parts is [var id, var started]
            && int.TryParse(id, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(started, CultureInfo.InvariantCulture, out var ticks)
            ? new(number, ticks)
            : null;
    }
}
