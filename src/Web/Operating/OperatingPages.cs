using System.Reflection;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Iop.Web.Statistics;

namespace Iop.Web.Operating;

/// <summary>The operator's page: how the services are doing, what waits and what has failed, and sending it again. Counts, names
/// and times; nothing of any partnership.</summary>
internal static class OperatingPages
{
    public const string Here = "/drift";

    private const string Root = "/notifications/v1/operating";

    private const int PerPage = 50;

    private static readonly string[] Services =
        ["identity", "registry", "agreements", "follow-up", "outcome-finance", "notifications"];

    private static string OwnVersion { get; } = typeof(OperatingPages).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public static void Map(WebApplication app)
    {
        app.MapGet(Here, Show);
        app.MapGet(Here + "/koer/{queue}", ShowFailed);
        app.MapPost(Here + "/koer/{queue}/{id:guid}", Replay);
        app.MapGet(Here + "/koer/{queue}/alla", AskToReplayAll);
        app.MapPost(Here + "/koer/{queue}/alla", ReplayAll);
        app.MapPost(Here + "/utskick/{sort}/{id:guid}", Again);
        app.MapPost(Here + "/utskick/alla", AllAgain);
        app.MapGet(Here + "/organisationer", Overview);
    }

    private static async Task<IResult> Show(
        GatewayCalls gateway, Visitor visitor, CancellationToken cancel, int page = 1)
    {
        if (NotForOthers(visitor) is { } no) return no;
        var asked = Services.Select(service => gateway.Get<Operation>($"/{service}/v1/operation", cancel)).ToArray();
        var (door, queues) = (gateway.Get<GatewayState>("/gateway/v1/operation", cancel),
            gateway.Get<QueueList>(Root + "/queues", cancel));
        var operators = gateway.Get<OperatorCount>("/identity/v1/operators", cancel);
        var at = Math.Max(1, page);
        var unsent = await gateway.Get<UnsentList>($"{Root}/unsent?limit={PerPage}&page={at}", cancel);
        var answers = await Task.WhenAll(asked);
        var state = new SystemState([.. Services.Zip(answers, (name, answer) => new ServiceState(name, answer.Value))],
            (await door).Value, (await queues).Value, unsent.Value, OwnVersion,
            (await operators).Value);
        return Page.Of<OperatingPage>(new { Now = state, At = at, unsent.More });
    }

    private static async Task<IResult> ShowFailed(
        string queue, GatewayCalls gateway, Visitor visitor, CancellationToken cancel, int? skickade = null, long? kvar = null)
    {
        if (NotForOthers(visitor) is { } no) return no;
        var failed = await gateway.Get<Listing<FailedMessage>>($"{Root}/queues/{Uri.EscapeDataString(queue)}/failed", cancel);
        return failed.Problem is { } problem
            ? problem.AsPage(visitor) : Page.Of<FailedPage>(
                new { Queue = queue, Failed = failed.Value!.Items, Sent = skickade, Left = kvar });
    }

    private static async Task<IResult> Replay(
        string queue, Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var answer = await gateway.Act<object>(
            HttpMethod.Post, $"{Root}/queues/{Uri.EscapeDataString(queue)}/failed/{id}/replay", null, null, form.Key, cancel);
        return answer.Problem is { } no ? no.AsPage(visitor) : Page.Done($"{Here}/koer/{queue}", "message-replayed");
    }

    /// <summary>Before a whole queue is sent again the operator sees how much that is.</summary>
    private static async Task<IResult> AskToReplayAll(
        string queue, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        if (NotForOthers(visitor) is { } no) return no;
        var queues = await gateway.Get<QueueList>(Root + "/queues", cancel);
        if (queues.Problem is { } problem) return problem.AsPage(visitor);
        return queues.Value!.Items.FirstOrDefault(one => one.Name == queue) is { } depth
            ? Page.Of<ReplayAllPage>(new { Queue = depth })
            : new Problem(StatusCodes.Status404NotFound, null, "", null, []).AsPage(visitor);
    }

    private static async Task<IResult> ReplayAll(
        string queue, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var name = Uri.EscapeDataString(queue);
        var answer = await gateway.Act<Replayed>(
            HttpMethod.Post, $"{Root}/queues/{name}/failed/replay", null, null, form.Key, cancel);
        return answer.Problem is { } no ? no.AsPage(visitor)
            : Results.Redirect($"{Here}/koer/{name}?skickade={answer.Value!.Sent}&kvar={answer.Value.Left}");
    }

    private static async Task<IResult> Again(
        string sort, Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var path = sort == "mejl" ? $"{Root}/mails/{id}/again" : $"{Root}/webhook-deliveries/{id}/again";
        var answer = await gateway.Act<object>(HttpMethod.Post, path, null, null, form.Key, cancel);
        return answer.Problem is { } no ? no.AsPage(visitor) : Page.Done(Here, "sent-again");
    }

    private static async Task<IResult> AllAgain(
        Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var answer = await gateway.Act<object>(HttpMethod.Post, $"{Root}/mails/again", null, null, form.Key, cancel);
        return answer.Problem is { } no ? no.AsPage(visitor) : Page.Done(Here, "mails-again");
    }

    private static async Task<IResult> Overview(
        GatewayCalls gateway, Visitor visitor, CancellationToken cancel, int page = 1, string? q = null)
    {
        if (NotForOthers(visitor) is { } no) return no;
        var at = Math.Max(1, page);
        var search = string.IsNullOrWhiteSpace(q) ? "" : $"&q={Uri.EscapeDataString(q)}";
        var found = await gateway.Get<KnownOrganisations>($"/registry/v1/organisations?limit={PerPage}&page={at}{search}",
            cancel);
        if (found.Problem is { } problem) return problem.AsPage(visitor);
        var coverage = await gateway.Get<AnsweredCoverage>("/registry/v1/coverage", cancel);
        return Page.Of<OverviewPage>(
            new { Found = found.Value!, coverage.Value?.Levels, Asked = q, At = at, found.More });
    }

    public static IResult? NotForOthers(Visitor visitor) => visitor.Is(Kernel.Roles.Operator) ? null
        : new Problem(visitor.SignedIn ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized, null, "", null, [])
            .AsPage(visitor);
}

public sealed record Replayed(int Sent, long Left);

public sealed record FailedMessage(Guid Id, string Message, DateTimeOffset? FailedAt, string Fault);

public sealed record KnownOrganisations(IReadOnlyList<KnownOrganisation> Items, int Total);

public sealed record KnownOrganisation(
    Guid Id, string Number, string Name, string Kind, string? PlaceName, IReadOnlyList<KnownUnit> Units, string? Body,
    Guid? FederationId, string? Coverage, DateOnly? CoverageOn);

public sealed record KnownUnit(string Name);
