using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Iop.Architecture.Tests;

/// <summary>Who may import whom. The table is the architecture; a new project must take its place in it.</summary>
public sealed class ImportTests
{
    private static readonly string[] WhatAServiceStandsOn = ["Contracts", "Kernel", "Platform", "ServiceDefaults"];
    private static readonly string[] WhatCalls = [.. WhatAServiceStandsOn, "Calling"];
    private static readonly string[] WhatPrints = [.. WhatAServiceStandsOn, "Printing"];

    private static readonly Dictionary<string, string[]> MayReference = new(StringComparer.Ordinal)
    {
        ["ServiceDefaults"] = [],
        ["src/Kernel"] = [],
        ["src/Calling"] = [],
        ["src/Contracts"] = [],
        ["src/LocalServers"] = [],
        ["src/Platform"] = ["Kernel"],
        ["src/Printing"] = ["Kernel", "Platform"],
        ["src/Verifier"] = [],
        ["src/Agreements"] = WhatPrints,
        ["src/FollowUp"] = WhatAServiceStandsOn,
        ["src/Identity"] = WhatCalls,
        ["src/Notifications"] = WhatCalls,
        ["src/OutcomeFinance"] = WhatPrints,
        ["src/Registry"] = WhatAServiceStandsOn,
        ["src/Gateway"] = ["ServiceDefaults"],
        ["src/Web"] = ["Kernel", "ServiceDefaults", "Verifier"],
        ["src/Migrations"] = ["Contracts", "Kernel", "Platform", "ServiceDefaults"],
        ["src/DemoData"] = ["Kernel", "ServiceDefaults"],
    };

    private static readonly Dictionary<string, string[]> MayHavePackages = new(StringComparer.Ordinal)
    {
        ["src/Calling"] = [],
        ["src/Kernel"] = [],
        ["src/LocalServers"] = [],
        ["src/Verifier"] = [],
        ["src/Contracts"] = ["MassTransit.Abstractions"],
    };

    private static readonly string?[] MakeConnections =
        ["HttpClientHandler", "Socket", "SocketsHttpHandler", "TcpClient", "WebClient"];

    private static readonly string[] OnlyTheRelayMaySend = ["IBus", "IPublishEndpoint", "ISendEndpointProvider", "ISendEndpoint"];

    [Fact]
    public void Projects_reference_only_what_the_table_allows() => Tree.MustBeEmpty(
        from project in Projects()
        where !project.Folder.StartsWith("tests/", StringComparison.Ordinal) && project.Folder != "AppHost"
        let allowed = MayReference.GetValueOrDefault(project.Folder)
        from reference in project.References
        where allowed is null || !allowed.Contains(reference)
        select $"{project.Folder} references {reference}{(allowed is null ? " and is not in the table" : "")}",
        "A reference that architecture's table does not know:");

    [Fact]
    public void The_map_starts_projects_without_linking_their_code() => Tree.MustBeEmpty(
        from file in Tree.Files
        where file == "AppHost/AppHost.csproj"
        from reference in XDocument.Parse(Tree.Read(file)).Descendants("ProjectReference")
        let what = (string?)reference.Attribute("Include") ?? ""
        let onlyWithAspire = ((string?)reference.Parent!.Attribute("Condition"))?.Contains("== 'Aspire'",
            StringComparison.Ordinal) is true
        where !onlyWithAspire && !what.EndsWith("LocalServers.csproj", StringComparison.Ordinal)
            && (string?)reference.Attribute("ReferenceOutputAssembly") != "false"
        select what,
        "AppHost links code of what it starts:");

    [Fact]
    public void What_is_shared_by_all_drags_no_packages_in() => Tree.MustBeEmpty(
        from project in Projects()
        where MayHavePackages.ContainsKey(project.Folder)
        from package in project.Packages.Except(MayHavePackages[project.Folder], StringComparer.Ordinal)
        select $"{project.Folder} has {package}",
        "Packages where none may be:");

    [Fact]
    public void Domain_folders_import_the_kernel_and_the_runtime_only() => Tree.MustBeEmpty(
        from file in Tree.CSharp
        where file.IsDomain
        from import in file.Imports.Concat(QualifiedNames(file))
        where !IsPure(import, file.Service!)
        select $"{file.Path}: {import}",
        "Not pure:");

    [Fact]
    public void No_service_imports_another() => Tree.MustBeEmpty(
        from file in Tree.CSharp
        where file.Service is not null
        from import in file.Imports.Concat(QualifiedNames(file))
        from other in Tree.Services
        where other != file.Service && IsIn(import, $"Iop.{other}")
        select $"{file.Path}: {import}",
        "A service reaches into another:");

    [Fact]
    public void Only_the_table_of_contents_knows_how_processes_behave() => Tree.MustBeEmpty(
        from file in Tree.CSharp
        where file.Service is not null && file.Path != $"src/{file.Service}/Program.cs"
        from import in file.Imports
        where IsIn(import, "Iop.ServiceDefaults")
        select file.Path,
        "ServiceDefaults is for Program.cs:");

    /// <summary>Publish-after-save loses messages quietly: a message is a row of the same transaction, sent by the
    /// relay.</summary>
    [Fact]
    public void No_service_touches_the_bus() => Tree.MustBeEmpty(
        from file in Tree.CSharp
        where file.Service is not null
        from name in file.All<IdentifierNameSyntax>()
        where OnlyTheRelayMaySend.Contains(name.Identifier.Text) || IsPublishing(name)
        select $"{file.At(name)}: {name.Parent}",
        "Use db.Announce:");

    /// <summary>What an organisation has written down as an address may be one of ours inside. One class looks at it; a client
    /// made beside it would not.</summary>
    [Fact]
    public void No_service_calls_out_but_by_what_looks_where_it_leads() => Tree.MustBeEmpty(
        from file in Tree.CSharp
        where file.Service is not null
        from made in file.Syntax.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()
        let type = (made as ObjectCreationExpressionSyntax)?.Type.ToString()
        where MakeConnections.Contains(type)
            || (type is "HttpClient" && !file.Text.Contains(".NewHandler()", StringComparison.Ordinal))
        select file.At(made),
        "Take ReachableAddresses.NewHandler():");

    [Theory]
    [InlineData("System.Text", true)]
    [InlineData("Iop.Kernel", true)]
    [InlineData("Iop.Agreements.Domain", true)]
    [InlineData("Iop.Contracts.Agreements", false)]
    [InlineData("Iop.Platform.Api", false)]
    [InlineData("Microsoft.EntityFrameworkCore", false)]
    [InlineData("Iop.KernelExtras", false)]
    public void The_rule_of_purity_tells_apart(string import, bool pure) => Assert.Equal(pure, IsPure(import, "Agreements"));

    private static bool IsPure(string import, string service) =>
        IsIn(import, "System") || IsIn(import, "Iop.Kernel") || IsIn(import, $"Iop.{service}.Domain");

    private static bool IsIn(string name, string space) =>
        name == space || name.StartsWith(space + ".", StringComparison.Ordinal);

    private static bool IsPublishing(IdentifierNameSyntax name) => name.Identifier.Text is "Publish" or "Send"
        && name.Parent
        is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "context" or "bus" } };

    /// <summary>Names written out in full in the code, such as <c>Iop.Platform.Api.Answers</c>.</summary>
    private static IEnumerable<string> QualifiedNames(CSharpFile file) => file.Syntax.DescendantNodes()
        .Where(node => node is QualifiedNameSyntax
            or MemberAccessExpressionSyntax && node.Parent is not (QualifiedNameSyntax or MemberAccessExpressionSyntax))
        .Where(node => !node.Ancestors().Any(above => above is UsingDirectiveSyntax)
            && !(node.Parent is BaseNamespaceDeclarationSyntax space && space.Name == node))
        .Select(node => node.ToString().Replace("global::", "", StringComparison.Ordinal))
        .Where(name =>
            name.StartsWith("Iop.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal)
            || name.StartsWith("MassTransit.", StringComparison.Ordinal) || name.StartsWith("Npgsql.", StringComparison.Ordinal));

    private static IEnumerable<(string Folder, List<string> References, List<string> Packages)> Projects() =>
        from file in Tree.Files
        where file.EndsWith(".csproj", StringComparison.Ordinal)
        let project = XDocument.Parse(Tree.Read(file))
        select (Path.GetDirectoryName(file)!.Replace('\\', '/'),
            Included(project, "ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/'))).ToList(),
            Included(project, "PackageReference").ToList());

    private static IEnumerable<string> Included(XDocument project, string kind) =>
        project.Descendants(kind).Select(item => (string?)item.Attribute("Include")).OfType<string>();
}
