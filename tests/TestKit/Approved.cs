using System.Runtime.CompilerServices;

namespace Iop.TestKit;

/// <summary>What we have promised, as text in the repository.</summary>
public static class Approved
{
    /// <summary>
    /// Compares with <c>Approved/&lt;name&gt;</c> beside the test. On a difference the new text is written there as
    /// <c>&lt;name&gt;.received</c>: look at it, and if it is what we want to promise, let it replace the approved file
    /// (or run again with <c>IOP_APPROVE=1</c>, which writes straight there: then the difference is read in the commit).
    /// </summary>
    public static void Matches(string name, string actual, [CallerFilePath] string testFile = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(testFile)!, "Approved", name);
        var received = file + ".received";
        var promised = File.Exists(file) ? File.ReadAllText(file) : "";
        var current = actual.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (string.Equals(promised, current, StringComparison.Ordinal))
        {
            File.Delete(received);
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        if (Environment.GetEnvironmentVariable("IOP_APPROVE") is "1")
        {
            File.WriteAllText(file, current);
            File.Delete(received);
            return;
        }
        File.WriteAllText(received, current);
        Assert.Fail($"{name} is not what we promised: {FirstDifference(promised, current)}{Environment.NewLine}See {received}");
    }

    private static string FirstDifference(string promised, string current)
    {
        var (before, after) = (promised.Split('\n'), current.Split('\n'));
        var line = before.Zip(after).TakeWhile(pair => string.Equals(pair.First, pair.Second, StringComparison.Ordinal)).Count();
        return $"line {line + 1} was “{before.ElementAtOrDefault(line)}” and is “{after.ElementAtOrDefault(line)}”.";
    }
}
