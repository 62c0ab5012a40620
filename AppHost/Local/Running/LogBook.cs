using System.Globalization;

namespace Iop.AppHost.Local;

/// <summary>One resource's output: kept in a file, its last lines at hand, and shown with its name in front.</summary>
internal sealed class LogBook : IDisposable
{
    private const int RecentLinesMax = 200;
    private const long FileBytesMax = 20_000_000;

    private readonly string name;
    private readonly string file;
    private readonly Action<string>? show;
    private readonly Queue<string> recent = new();
    private StreamWriter writer;

    public LogBook(string folder, string name, Action<string>? show)
    {
        (this.name, this.show) = (name, show);
        file = Path.Combine(folder, name + ".log");
        writer = Open();
    }

    public void Write(string line)
    {
        lock (recent)
        {
            recent.Enqueue(line);
            if (recent.Count > RecentLinesMax) recent.Dequeue();
            if (writer.BaseStream.Position > FileBytesMax)
            {
                writer.Dispose();
                writer = Open();
            }
            writer.WriteLine(line);
        }
        show?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{name,-16}| {line}"));
    }

    public IReadOnlyList<string> Recent()
    {
        lock (recent) return [.. recent];
    }

    public void Dispose()
    {
        lock (recent) writer.Dispose();
    }

    /// <summary>The one before is kept beside it.</summary>
    private StreamWriter Open()
    {
        if (File.Exists(file)) File.Move(file, Path.ChangeExtension(file, ".previous.log"), overwrite: true);
        return new StreamWriter(file) { AutoFlush = true };
    }
}
