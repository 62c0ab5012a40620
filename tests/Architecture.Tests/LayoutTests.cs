using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Iop.Architecture.Tests;

/// <summary>Two questions find any line: whose job is it, and what is the user doing?</summary>
public sealed partial class LayoutTests
{
    private static readonly string[] FoldersThatSayNothing =
        ["common", "commands", "dto", "dtos", "extensions", "handlers", "helper", "helpers", "interfaces", "manager", "managers",
            "misc",
            "models", "queries", "repositories", "shared", "util", "utilities", "utils", "validators"];

    [Fact]
    public void Folders_are_named_by_what_the_user_does() => Tree.MustBeEmpty(
        from file in Tree.Files
        where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
        from folder in file.Split('/')[..^1]
        where FoldersThatSayNothing.Contains(folder.ToLowerInvariant())
        select file,
        "A folder that says nothing:");

    [Fact]
    public void Files_are_not_named_by_patterns() => Tree.MustBeEmpty(
        Tree.CSharp.Where(file => PatternName().IsMatch(file.Path)).Select(file => file.Path), "Say what it does instead:");

    [Fact]
    public void Folders_are_shallow() => Tree.MustBeEmpty(
        Tree.CSharp.Where(file => file.Path.Split('/').Length - 1 > 5)
            .Select(file => file.Path), "At most four folders below src:");

    [Fact]
    public void A_reaction_lives_in_a_file_of_its_name() => Tree.MustBeEmpty(
        from file in Tree.CSharp
        where file.Service is not null
        from type in file.All<ClassDeclarationSyntax>()
        where type.BaseList?.Types.Any(ancestor => ancestor.ToString().StartsWith("IConsumer<", StringComparison.Ordinal)) is true
        let name = type.Identifier.Text
        where !IsOneForAll(type)
            && (!name.Contains("When", StringComparison.Ordinal) || Path.GetFileNameWithoutExtension(file.Path) != name)
        select $"{file.Path}: {name}",
        "A reaction is <Act>When<Fact>, in a file of that name:");

    [Fact]
    public void Every_operation_has_a_name() => Tree.MustBeEmpty(
        from file in Tree.CSharp
        where file.Service is not null
        from call in file.All<InvocationExpressionSyntax>()
        where call.Expression
            is MemberAccessExpressionSyntax { Name.Identifier.Text: "MapGet" or "MapPost" or "MapPut" or "MapDelete"
                or "MapPatch" }
        let statement = call.Ancestors().First(above => above is StatementSyntax or ArrowExpressionClauseSyntax)
        where !statement.ToString().Contains(".WithName(", StringComparison.Ordinal)
            && !statement.ToString().Contains(".ExcludeFromDescription(", StringComparison.Ordinal)
        select file.At(call),
        "Say WithName(nameof(…)), or keep it out of the description:");

    [Fact]
    public void Solution_folders_mirror_the_disk() => Tree.MustBeEmpty(
        from file in Tree.Files
        where file.EndsWith(".csproj", StringComparison.Ordinal)
        where !Tree.Read("IopPlatform.sln").Contains($"\"{file.Replace('/', '\\')}\"", StringComparison.Ordinal)
        select file,
        "Not in IopPlatform.sln:");

    [Fact]
    public void Namespaces_follow_projects() => Tree.MustBeEmpty(
        from file in Tree.CSharp
        where file.Service is not null
        from space in file.All<BaseNamespaceDeclarationSyntax>()
        where !$"{space.Name}.".StartsWith($"Iop.{file.Service}.", StringComparison.Ordinal)
        select $"{file.Path}: {space.Name}",
        "The namespace is Iop.<Project>:");

    /// <summary>One reaction for every message: its queues are named by what it does and the message.</summary>
    private static bool IsOneForAll(ClassDeclarationSyntax reaction) => reaction.TypeParameterList is not null;

    [GeneratedRegex(@"(Helper|Helpers|Utils|Manager|Dto|Validator|CommandHandler|QueryHandler|Repository|Impl)\.cs$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PatternName();
}
