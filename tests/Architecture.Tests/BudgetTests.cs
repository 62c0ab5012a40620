using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Iop.Architecture.Tests;

/// <summary>Shared code has a budget: whoever needs one line more takes one out, or moves home what is not shared after
/// all.</summary>
public sealed class BudgetTests
{
    private const int PlatformLinesMax = 1_200;
    private const int ServiceDefaultsLinesMax = 150;
    private const int KernelTypesMax = 10;
    private const int FileLinesMax = 300;
    private const int TestFileLinesMax = 400;
    private const int MethodLinesMax = 60;
    private const int LineLengthMax = 130;
    private const int FilesInAStepMax = 12;

    [Fact]
    public void Platform_keeps_its_budget() => Assert.InRange(LinesThatSay("src/Platform"), 1, PlatformLinesMax);

    [Fact]
    public void Service_defaults_keep_their_budget(
    ) => Assert.InRange(LinesThatSay("ServiceDefaults"), 1, ServiceDefaultsLinesMax);

    [Fact]
    public void The_kernel_holds_about_ten_types() => Assert.InRange(
        Tree.CSharp.Where(file => file.Project == "src/Kernel")
            .SelectMany(file => file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
            .Count(type => type.Modifiers.Any(SyntaxKind.PublicKeyword) && type.Parent is BaseNamespaceDeclarationSyntax),
        1,
        KernelTypesMax);

    [Fact]
    public void Contracts_holds_messages_without_logic_and_without_ancestors() => Tree.MustBeEmpty(
        Tree.CSharp.Where(file => file.Project == "src/Contracts" && file.Path != "src/Contracts/Topology.cs")
            .SelectMany(MoreThanAMessage),
        "Contracts are records of properties and nothing more:");

    [Fact]
    public void Files_can_be_read_in_one_sitting() => Tree.MustBeEmpty(
        from file in Tree.CSharp
        let lines = file.Text.Split('\n').Length - 1
        let most = file.IsTest ? TestFileLinesMax : FileLinesMax
        where lines > most
        select $"{file.Path}: {lines} of {most} lines",
        "Split these:");

    [Fact]
    public void Pages_can_be_read_in_one_sitting() => Tree.MustBeEmpty(
        from file in Tree.Files
        where file.EndsWith(".razor", StringComparison.Ordinal)
        let lines = Tree.Read(file).Split('\n').Length - 1
        where lines > FileLinesMax
        select $"{file}: {lines} lines",
        "Split these:");

    [Fact]
    public void Methods_fit_on_a_screen() => Tree.MustBeEmpty(
        Tree.CSharp.SelectMany(file => file.Syntax.DescendantNodes().Where(IsMethod)
            .Select(method => (file, method, lines: Lines(method))))
            .Where(long_ => long_.lines > MethodLinesMax).Select(long_ => $"{long_.file.At(long_.method)}: {long_.lines} lines"),
        $"More than {MethodLinesMax} lines:");

    /// <summary>A line that is one long text (a message, an address, a line of a raw string) has nowhere to break.</summary>
    [Fact]
    public void Lines_fit_beside_each_other() => Tree.MustBeEmpty(
        Tree.CSharp.SelectMany(LongLines), $"More than {LineLengthMax} characters:");

    [Fact]
    public void A_step_that_passes_twelve_files_is_two_steps() => Tree.MustBeEmpty(
        Tree.CSharp.Where(file =>
            file.Service is not null && !file.IsDomain && file.Path.Split('/') is [_, _, not "Storage", _, ..])
            .CountBy(file => file.Path[..file.Path.LastIndexOf('/')], StringComparer.Ordinal)
            .Where(step => step.Value > FilesInAStepMax).Select(step => $"{step.Key}: {step.Value} files"),
        "Split the step:");

    /// <summary>Lines that say something: not blank, not only comment, not only brackets, not a using or namespace
    /// line.</summary>
    private static int LinesThatSay(string project) =>
        Tree.CSharp.Where(file => file.Project == project).Sum(file => file.Syntax.DescendantTokens()
        .Where(token => !token.IsKind(SyntaxKind.EndOfFileToken) && !IsBracket(token)
            && !token.Parent!.AncestorsAndSelf()
            .Any(node => node is UsingDirectiveSyntax or NameSyntax { Parent: BaseNamespaceDeclarationSyntax })
            && token.Parent is not BaseNamespaceDeclarationSyntax)
        .SelectMany(LinesOf).Distinct().Count());

    private static IEnumerable<int> LinesOf(SyntaxToken token)
    {
        var span = token.GetLocation().GetLineSpan();
        return Enumerable.Range(span.StartLinePosition.Line, span.EndLinePosition.Line - span.StartLinePosition.Line + 1);
    }

    private static bool IsBracket(SyntaxToken token) => token.Kind() is SyntaxKind.OpenBraceToken or SyntaxKind.CloseBraceToken
        or SyntaxKind.OpenParenToken or SyntaxKind.CloseParenToken or SyntaxKind.OpenBracketToken or SyntaxKind.CloseBracketToken
        or SyntaxKind.SemicolonToken;

    private static bool IsMethod(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax { Body: not null };

    private static int Lines(SyntaxNode method)
    {
        var span = method.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static IEnumerable<string> MoreThanAMessage(CSharpFile file) =>
        file.Syntax.DescendantNodes().Where(node => node switch
    {
        BaseTypeDeclarationSyntax type => type is not RecordDeclarationSyntax { BaseList: null, ParameterList: null },
        PropertyDeclarationSyntax property => property.ExpressionBody is not null || property.Initializer is not null
            || property.AccessorList!.Accessors.Any(accessor => accessor.Body is not null || accessor.ExpressionBody is not null),
        MemberDeclarationSyntax => node is not BaseNamespaceDeclarationSyntax,
        _ => false,
    }).Select(file.At);

    private static IEnumerable<string> LongLines(CSharpFile file)
    {
        var lines = file.Text.Split('\n');
        var texts = file.Syntax.DescendantTokens().Where(IsText).Select(token => token.GetLocation())
            .Concat(file.All<InterpolatedStringExpressionSyntax>().Select(text => text.GetLocation()));
        var inTexts = texts.SelectMany(text => LinesFilledBy(text, lines)).ToHashSet();
        return from number in Enumerable.Range(0, lines.Length)
               where lines[number].Length > LineLengthMax && !inTexts.Contains(number)
               select $"{file.Path}:{number + 1}: {lines[number].Length}";
    }

    private static bool IsText(SyntaxToken token) =>
        token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
        or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken;

    /// <summary>The text's lines if it runs over several or is itself most of a line.</summary>
    private static IEnumerable<int> LinesFilledBy(Location text, string[] lines)
    {
        var span = text.GetLineSpan();
        var (first, last) = (span.StartLinePosition.Line, span.EndLinePosition.Line);
        var fills = last > first || text.SourceSpan.Length * 2 > lines[first].Trim().Length;
        return fills ? Enumerable.Range(first, last - first + 1) : [];
    }
}
