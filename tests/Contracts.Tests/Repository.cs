using System.Runtime.CompilerServices;

namespace Iop.Contracts.Tests;

internal static class Repository
{
    public static string Read(string file, [CallerFilePath] string thisFile = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", file));
}
