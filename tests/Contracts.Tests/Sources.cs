using System.Runtime.CompilerServices;

namespace Iop.Contracts.Tests;

internal static class Sources
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Folder(), "..", ".."));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>The one file of this name in the services' sources.</summary>
    public static string Find(string service, string name) => File.ReadAllText(
        Directory.EnumerateFiles(Path.Combine(Root, "src", service), name, SearchOption.AllDirectories).Single());

    private static string Folder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;
}
