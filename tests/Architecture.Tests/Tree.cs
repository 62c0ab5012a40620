using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Iop.Architecture.Tests;

/// <summary>The repository as it lies on disk: what these tests read.</summary>
internal static class Tree
{
    /// <summary>The services: each owns a database and answers under its own path.</summary>
    public static readonly string[] Services =
        ["Agreements", "FollowUp", "Identity", "Notifications", "OutcomeFinance", "Registry"];

    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", "node_modules", ".git", ".iop", "lib", "TestResults"];

    /// <summary>Where IopPlatform.sln is: upwards from the running test, or, when it was built elsewhere, from this
    /// file.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every file of ours, as a path from the root with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Walk(Root).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>Every C# file of ours, parsed once.</summary>
    public static IReadOnlyList<CSharpFile> CSharp { get; } =
        [.. Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal)).Select(file => CSharpFile.Of(file, Read(file)))];

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static bool Has(string file) => File.Exists(Path.Combine(Root, file)) || Directory.Exists(Path.Combine(Root, file));

    /// <summary>Fails with every line of the list; a rule is told by what breaks it.</summary>
    public static void MustBeEmpty(IEnumerable<string> breaches, string rule)
    {
        var all = breaches.ToList();
        if (all.Count > 0) Assert.Fail($"{rule}{Environment.NewLine}  {string.Join($"{Environment.NewLine}  ", all)}");
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder)) yield return file;
        foreach (var below in Directory.EnumerateDirectories(folder).Where(below => !NotOurs.Contains(Path.GetFileName(below))))
        {
            foreach (var file in Walk(below)) yield return file;
        }
    }

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(thisFile)! })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "IopPlatform.sln"))) return folder.FullName;
            }
        }
        throw new InvalidOperationException("IopPlatform.sln was not found above the tests.");
    }
}

/// <summary>A C# file and its syntax.</summary>
internal sealed record CSharpFile(string Path, string Text, CompilationUnitSyntax Syntax)
{
    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>The project's folder: src/Agreements, ServiceDefaults, tests/TestKit.</summary>
    public string Project =>
        string.Join('/', Path.Split('/').Take(Path.StartsWith("src/", StringComparison.Ordinal) || IsTest ? 2 : 1));

    /// <summary>The service's name, or none.</summary>
    public string? Service =>
        Tree.Services.FirstOrDefault(service => Path.StartsWith($"src/{service}/", StringComparison.Ordinal));

    public bool IsDomain => Service is not null && Path.StartsWith($"src/{Service}/Domain/", StringComparison.Ordinal);

    public static CSharpFile Of(string path, string text) =>
        new(path, text, CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot());

    public IEnumerable<T> All<T>() => Syntax.DescendantNodes().OfType<T>();

    /// <summary>What the file imports: using directives of every kind, global prefix removed.</summary>
    public IEnumerable<string> Imports => All<UsingDirectiveSyntax>()
        .Select(import => import.NamespaceOrType.ToString().Replace("global::", "", StringComparison.Ordinal));

    public string At(Microsoft.CodeAnalysis.SyntaxNode node) =>
        $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";
}
