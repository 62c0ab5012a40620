using Iop.TestKit;

namespace Iop.Contracts.Tests;

/// <summary>What anybody may call. Everything else asks who you are.</summary>
public sealed class PublicOperationTests
{
    private static readonly string[] Services = ["agreements", "follow-up", "identity", "notifications", "outcome-finance", "registry"];

    /// <summary>A line more here is a door more: open it only for what is public by its nature, and say why in the slice's summary.</summary>
    [Fact]
    public void Public_operations_are_those_we_meant() => Approved.Matches("public-operations.txt", string.Join('\n',
        from service in Services
        let document = ApiDocument.Parse(Repository.Read($"tests/Contracts.Tests/Approved/openapi/{service}.en.json"))
        from operation in document.Operations
        where operation.IsPublic
        select $"{operation.Method} {operation.Path}  {operation.Name}"));
}
