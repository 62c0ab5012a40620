using System.Net;
using System.Text.Json.Nodes;
using Iop.Contracts.Registry;
using Iop.Kernel;
using Iop.TestKit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Contracts.Tests;

/// <summary>What every service's API keeps: its documents, who may call without a token, and that a stranger sees
/// nothing.</summary>
public abstract class ApiPromises<TProgram>(ServiceHost<TProgram> host, string service)
    where TProgram : class
{
    /// <summary>
    /// A change here is a change for every client, Web included. Adding an operation, an optional request field or an answer's
    /// field is safe: accept it. Removing, renaming, requiring, or changing a type or a code is not: keep the old way beside the
    /// new one, or make /v2. The two languages differ in descriptions only.
    /// </summary>
    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public async Task The_document_is_what_we_promised(string language) =>
        Approved.Matches($"openapi/{service}.{language}.json", (await Document(language)).Text);

    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public async Task Every_operation_says_what_it_does(string language) => Assert.All(
        (await Document(language)).Operations, operation =>
        {
            Assert.NotEqual(operation.Name, (string?)operation.Description["summary"], StringComparer.Ordinal);
            Assert.NotEmpty((string?)operation.Description["summary"] ?? "");
        });

    [Fact]
    public async Task Names_of_operations_are_one_for_each()
    {
        var names = (await Document("en")).Operations.Select(operation => operation.Name).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain("", names, StringComparer.Ordinal);
    }

    /// <summary>
    /// Every address of the service that answers without a token, described in its document or not. A line more is a door more:
    /// open it only for what is public by its nature, and say why in the slice's summary.
    /// </summary>
    [Fact]
    public void What_is_public_is_what_we_meant() => Approved.Matches($"public-operations/{service}.txt", string.Join('\n',
        from endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
        let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
        let door = $"/{endpoint.RoutePattern.RawText!.TrimStart('/')} {string.Join(',', methods)}"
        orderby door.ToUpperInvariant()
        select door));

    [Fact]
    public async Task Without_a_token_only_what_is_public_answers()
    {
        foreach (var operation in (await Document("en")).Operations)
        {
            var reply = await Call(host.Anonymous, operation, Guid.NewGuid());
            Assert.True(operation.IsPublic == (reply.Status != HttpStatusCode.Unauthorized),
                $"{operation} without a token: {(int)reply.Status} {reply.Text}");
        }
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        foreach (var operation in (await Document("en")).Operations.Where(operation =>
            operation.NamesAThing && !IsAnsweredOtherwise(operation)))
        {
            var reply = await Call(Stranger, operation, Guid.NewGuid());
            Assert.True(reply.Status == HttpStatusCode.NotFound, $"{operation} about nothing: {(int)reply.Status} {reply.Text}");
        }
    }

    /// <summary>Not visible and not existing are the same answer, so that nobody learns what exists by asking.</summary>
    [Fact]
    public async Task Anothers_thing_is_as_if_it_did_not_exist()
    {
        var things = await AnothersThings();
        foreach (var operation in (await Document("en")).Operations.Where(operation =>
            operation is { NamesAThing: true, IsPublic: false }))
        {
            var (place, thing) =
                things.FirstOrDefault(known => operation.Path.StartsWith(known.Key + "/{", StringComparison.Ordinal));
            if (place is null || IsAnsweredOtherwise(operation)) continue;
            var reply = await Call(Stranger, operation, thing);
            Assert.True(reply.Status == HttpStatusCode.NotFound,
                $"{operation} about another's: {(int)reply.Status} {reply.Text}");
            var nothing = await Call(Stranger, operation, Guid.NewGuid());
            Assert.Equal(WithoutTrace(nothing), WithoutTrace(reply));
        }
    }

    /// <summary>The same things are there for those they belong to: else the test above would prove nothing.</summary>
    [Fact]
    public async Task Those_it_belongs_to_find_it()
    {
        var things = await AnothersThings();
        var operations = (await Document("en")).Operations.ToList();
        foreach (var (place, thing) in things)
        {
            var show = operations.FirstOrDefault(operation => operation.Method == HttpMethod.Get
                && operation.Path.StartsWith(place + "/{", StringComparison.Ordinal)
                && operation.Path.IndexOf('/', place.Length + 1) < 0);
            if (show is not null) (await Call(Owner, show, thing)).Is(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_strangers_lists_are_empty()
    {
        await AnothersThings();
        foreach (var operation in (await Document("en")).Operations.Where(operation =>
            operation is { NamesAThing: false, IsPublic: false } && operation.Method == HttpMethod.Get))
        {
            var reply = await Call(Stranger, operation, Guid.NewGuid());
            // Tables for spreadsheets are the same lists in another dress; the services' own tests open them.
            if (reply.Status != HttpStatusCode.OK || !reply.Text.StartsWith('{')
                || JsonNode.Parse(reply.Text)?["items"] is not JsonArray items || IsAnsweredOtherwise(operation)) continue;
            Assert.True(items.Count == 0, $"{operation} shows a stranger {reply.Text}");
        }
    }

    /// <summary>The operator's role gives no partnership data: who has no other sees none, also of the own
    /// organisation.</summary>
    [Fact]
    public async Task Whoever_only_operates_the_platform_sees_nothing_of_the_own_organisations_partnerships()
    {
        if (!HoldsPartnerships) return;
        var things = await AnothersThings();
        var mine = host.As(Callers.Of(OwnersOrganisation, Roles.Operator));
        foreach (var operation in (await Document("en")).Operations.Where(operation => !operation.IsPublic))
        {
            var (place, thing) =
                things.FirstOrDefault(known => operation.Path.StartsWith(known.Key + "/{", StringComparison.Ordinal));
            if (IsAnsweredOtherwise(operation)) continue;
            if (place is not null)
            {
                var reply = await Call(mine, operation, thing);
                Assert.True(reply.Status == HttpStatusCode.NotFound,
                    $"{operation} by an operator: {(int)reply.Status} {reply.Text}");
            }
            else if (operation is { NamesAThing: false } && operation.Method == HttpMethod.Get)
            {
                var reply = await Call(mine, operation, Guid.NewGuid());
                if (reply.Status != HttpStatusCode.OK) continue;
                Assert.All(things.Values, one => Assert.DoesNotContain(one.ToString(), reply.Text, StringComparison.Ordinal));
            }
        }
    }

    /// <summary>Whether what this service keeps belongs to partnerships or contracts.</summary>
    protected virtual bool HoldsPartnerships => true;

    protected ServiceHost<TProgram> Host => host;

    protected Guid OwnersOrganisation { get; } = Guid.NewGuid();

    /// <summary>Somebody of the organisation that the things belong to, in every role.</summary>
    protected CallerClient Owner => host.As(Callers.Of(OwnersOrganisation, RolesWithin));

    /// <summary>Somebody of another organisation, in every role there.</summary>
    protected CallerClient Stranger => host.As(Callers.Of(Guid.NewGuid(), RolesWithin));

    protected Task TellOfOwnersOrganisation() => host.Tell(new OrganisationChanged
    {
        OrganisationId = OwnersOrganisation,
        Sequence = 1,
        Number = "2099990012",
        Name = "Region Exempel",
        Kind = "public",
        Units = [],
    });

    /// <summary>Things that belong to <see cref="Owner"/>, by the path they stand under, such as
    /// <c>/agreements/v1/partnerships</c>.</summary>
    protected abstract Task<IReadOnlyDictionary<string, Guid>> AnothersThings();

    /// <summary>Operations that, by design, answer a stranger about a thing in another way. Each with its reason.</summary>
    protected virtual IReadOnlyDictionary<string, string> AnsweredOtherwise { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    private bool IsAnsweredOtherwise(Operation operation) => AnsweredOtherwise.ContainsKey(operation.Name);

    protected static IEnumerable<string> RolesWithin => Roles.All.Where(role => role != Roles.Operator);

    private async Task<ApiDocument> Document(string language) =>
        ApiDocument.Parse((await host.Anonymous.Get($"/{service}/v1/openapi/{language}.json")).Is(HttpStatusCode.OK).Text);

    private static Task<Reply> Call(CallerClient caller, Operation operation, Guid thing) => caller.Send(
        operation.Method, operation.About(thing), operation.Body, ("Idempotency-Key", Guid.NewGuid().ToString()),
            ("If-Match", "\"1\""));

    private static string WithoutTrace(Reply reply)
    {
        var problem = JsonNode.Parse(reply.Text)!.AsObject();
        problem.Remove("traceId");
        problem.Remove("instance");
        return problem.ToJsonString();
    }
}
