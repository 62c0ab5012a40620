using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Iop.Identity.Tests;
using Iop.Kernel;

namespace Iop.Gateway.Tests;

/// <summary>The operator sees how the door is doing; nobody else is told a version.</summary>
[Collection(nameof(IdentityWorld))]
public sealed class OperationTests(IdentityWorld identity) : IDisposable
{
    private const string Path = "/gateway/v1/operation";
    private readonly GatewayHost _gateway = new(identity, ("services:registry:http:1", "http://127.0.0.1:9")); // nobody is there

    [Fact]
    public async Task The_operator_sees_the_version_and_which_replicas_answer()
    {
        using var visitor = new Visitor(_gateway);
        await visitor.SignIn(identity, identity.Operator);
        await TestKit.Eventually.Holds("the replica that is not there is noticed", async () =>
            Of(await Shown(visitor), "registry") == (2, 1));
        var shown = await Shown(visitor);
        Assert.Equal((1, 1), Of(shown, "identity"));
        Assert.Equal(7, shown.GetProperty("services").GetArrayLength());
        Assert.Matches(@"^1\.0\.0\+([0-9a-f]{40}|unknown)$", shown.GetProperty("version").GetString());
    }

    [Fact]
    public async Task Others_are_not_told()
    {
        using var nobody = new Visitor(_gateway);
        using var visitor = new Visitor(_gateway);
        await visitor.SignIn(identity, await identity.Colleague([.. Roles.All.Except([Roles.Operator])]));
        foreach (var (who, status) in new[] { (nobody, HttpStatusCode.Unauthorized), (visitor, HttpStatusCode.Forbidden) })
        {
            var answer = await who.Get(Path);
            Assert.Equal(status, answer.StatusCode);
            Assert.DoesNotContain("1.0.0", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.Get(Path, ("Authorization", "Bearer made-up"))).StatusCode);
    }

    public void Dispose() => _gateway.Dispose();

    private static async Task<JsonElement> Shown(Visitor visitor) =>
        await (await visitor.Get(Path)).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();

    private static (int, int) Of(JsonElement shown, string service)
    {
        var one = shown.GetProperty("services").EnumerateArray().Single(one => one.GetProperty("name").GetString() == service);
        return (one.GetProperty("replicas").GetInt32(), one.GetProperty("answering").GetInt32());
    }
}
