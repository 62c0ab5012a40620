using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Iop.Architecture.Tests;

/// <summary>What users read stands in Texts, in Swedish and English, by code; and every code that can be said has its
/// sentence.</summary>
public sealed partial class TextTests
{
    private static readonly string[] Languages = ["sv", "en"];
    private static readonly ConcurrentDictionary<string, Dictionary<string, string>> Known = new(StringComparer.Ordinal);

    [Fact]
    public void Both_languages_know_the_same_codes() => Tree.MustBeEmpty(
        from project in ProjectsWithTexts()
        from code in Texts(project, "sv").Keys.Concat(Texts(project, "en").Keys).Distinct(StringComparer.Ordinal)
        from language in Languages
        where !Texts(project, language).ContainsKey(code)
        select $"{project}: {code} is not in {language}.json",
        "A sentence is missing:");

    [Fact]
    public void Both_languages_put_in_the_same_values() => Tree.MustBeEmpty(
        from project in ProjectsWithTexts()
        let english = Texts(project, "en")
        from swedish in Texts(project, "sv")
        where english.ContainsKey(swedish.Key)
        where !Values(swedish.Value).SetEquals(Values(english[swedish.Key]))
        select $"{project}: {swedish.Key}",
        "The languages name different {values}:");

    [Fact]
    public void No_sentence_is_empty() => Tree.MustBeEmpty(
        from project in ProjectsWithTexts()
        from language in Languages
        from text in Texts(project, language)
        where string.IsNullOrWhiteSpace(text.Value)
        select $"{project}/{language}: {text.Key}",
        "Empty:");

    [Fact]
    public void Every_no_has_its_sentence() => MustBeSaid(Refusals);

    /// <summary>What an agreement and all around it can refuse with is each refused in some test. What is named here waits for
    /// hundreds of rows, or for a second plan of an exit; a name that is no longer needed here is told of too.</summary>
    [Fact]
    public void Every_no_of_an_agreement_is_met_in_a_test()
    {
        var tests = Tree.CSharp.Where(file => file.Path.StartsWith("tests/Agreements.Tests/", StringComparison.Ordinal)
            || file.Path.StartsWith("tests/Domain.Tests/Agreements/", StringComparison.Ordinal))
            .Select(file => file.Text).ToList();
        var codes = Tree.CSharp.Where(file => file.Service is "Agreements").SelectMany(Refusals)
            .Distinct(StringComparer.Ordinal).ToList();
        Assert.True(codes.Count > 150, $"Only {codes.Count} codes found.");
        Tree.MustBeEmpty(codes.Where(code => !IsMet(code)), "Refused in no test:");

        bool IsMet(string code) => tests.Exists(text => text.Contains($"\"{code}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_faulty_field_has_its_sentence() => MustBeSaid(FieldCodes);

    [Fact]
    public void Every_operation_is_described() => MustBeSaid(file => Operations(file).Select(name => $"operation.{name}"));

    [Fact]
    public void Every_api_says_what_it_is() => MustBeSaid(
        file => file.Path.EndsWith("/Program.cs", StringComparison.Ordinal) ? ["api.title", "api.description"] : []);

    [Fact]
    public void A_code_is_a_literal_so_that_it_can_be_found() => Tree.MustBeEmpty(
        from file in Tree.CSharp
        where file.Service is not null
        from creation in file.All<ObjectCreationExpressionSyntax>()
        where creation.Type.ToString() is "Refusal" && creation.ArgumentList?.Arguments.FirstOrDefault() is { } code
            && !code.ToString().EndsWith(".Code", StringComparison.Ordinal) // passed on: found where it was made
            && !code.DescendantNodes().OfType<LiteralExpressionSyntax>().Any()
        select $"{file.At(creation)}: {creation}",
        "Write the code out:");

    [Theory]
    [InlineData("var no = new Refusal(\"agreement.not-a-draft\");", "agreement.not-a-draft")]
    [InlineData("static Refusal No() => new(\"party.unknown\").With(\"name\", 1);", "party.unknown")]
    [InlineData("static object Yes() => new Money(\"party.unknown\");", "")]
    public void The_search_for_refusals_finds(string code, string found) =>
        Assert.Equal(found,
            string.Join(' ', Refusals(CSharpFile.Of("src/Registry/X.cs", $"class X {{ void Y() {{ {code} }} }}"))));

    private static void MustBeSaid(Func<CSharpFile, IEnumerable<string>> codes) => Tree.MustBeEmpty(
        from file in Tree.CSharp
        where file.Service is not null
        from code in codes(file).Distinct(StringComparer.Ordinal)
        from language in Languages
        where !Texts($"src/{file.Service}", language).ContainsKey(code) && !Texts("src/Platform", language).ContainsKey(code)
        select $"{file.Path}: {code} is not in {language}.json",
        "No sentence:");

    /// <summary>First arguments of new Refusal(…), and of new(…) where the text has the form of a code.</summary>
    private static IEnumerable<string> Refusals(CSharpFile file) =>
        from creation in file.All<BaseObjectCreationExpressionSyntax>()
        where creation is ImplicitObjectCreationExpressionSyntax
            or ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.Text: "Refusal" } }
        let first = creation.ArgumentList?.Arguments.FirstOrDefault()
        where first is not null
        where creation is not ImplicitObjectCreationExpressionSyntax || IsInARefusal(creation)
        from code in Literals(first)
        where Code().IsMatch(code)
        select code;

    private static bool IsInARefusal(BaseObjectCreationExpressionSyntax creation) =>
        creation.Ancestors().Any(above => above switch
    {
        MethodDeclarationSyntax method => IsRefusal(method.ReturnType),
        LocalFunctionStatementSyntax function => IsRefusal(function.ReturnType),
        PropertyDeclarationSyntax property => IsRefusal(property.Type),
        VariableDeclarationSyntax variable => IsRefusal(variable.Type),
        _ => false,
    });

    private static bool IsRefusal(TypeSyntax type) => type.ToString().TrimEnd('?') is "Refusal";

    /// <summary>Third arguments of Must(…), and codes of FieldErrors.</summary>
    private static IEnumerable<string> FieldCodes(CSharpFile file) =>
        (from call in file.All<InvocationExpressionSyntax>()
         where call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Must" }
             && call.ArgumentList.Arguments.Count == 3
         select call.ArgumentList.Arguments[2])
        .Concat(from creation in file.All<ObjectCreationExpressionSyntax>()
                where creation.Type.ToString() is "Refusal.FieldError" && creation.ArgumentList?.Arguments.Count > 1
                select creation.ArgumentList!.Arguments[1])
        .SelectMany(Literals).Where(code => Code().IsMatch(code));

    private static IEnumerable<string> Operations(CSharpFile file) =>
        from call in file.All<InvocationExpressionSyntax>()
        where call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "WithName" }
        select NameOf(call.ArgumentList.Arguments[0].Expression);

    private static string NameOf(ExpressionSyntax name) => name switch
    {
        LiteralExpressionSyntax literal => literal.Token.ValueText,
        BinaryExpressionSyntax sum => NameOf(sum.Left) + NameOf(sum.Right),
        _ => name.ToString().Replace("nameof(", "", StringComparison.Ordinal).TrimEnd(')').Split('.')[^1],
    };

    private static IEnumerable<string> Literals(SyntaxNode node) =>
        node.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>()
        .Where(literal => literal.IsKind(SyntaxKind.StringLiteralExpression)).Select(literal => literal.Token.ValueText);

    private static IEnumerable<string> ProjectsWithTexts() =>
        Tree.Files.Where(file => file.EndsWith("/Texts/sv.json", StringComparison.Ordinal))
            .Select(file => file[..^"/Texts/sv.json".Length]);

    /// <summary>A project's own texts: sv.json and, for a part of it, part.sv.json. No key stands twice.</summary>
    private static Dictionary<string, string> Texts(string project, string language) => Known.GetOrAdd(
        $"{project}/Texts/{language}", _ => Tree.Files
            .Where(file => file.StartsWith($"{project}/Texts/", StringComparison.Ordinal)
                && (file.EndsWith($"/{language}.json", StringComparison.Ordinal)
                    || file.EndsWith($".{language}.json", StringComparison.Ordinal)))
            .SelectMany(file => JsonSerializer.Deserialize<Dictionary<string, string>>(Tree.Read(file))!)
            .ToDictionary(StringComparer.Ordinal));

    private static HashSet<string> Values(string text) => [.. Value().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\{\w+\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();

    [GeneratedRegex(@"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
