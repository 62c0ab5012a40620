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

    public static void Map(WebApplication app)
    {
        app.MapGet(Here, Show);
        app.MapGet(Here + "/koer/{queue}", ShowFailed);
        app.MapPost(Here + "/koer/{queue}/{id:guid}", Replay);
        app.MapPost(Here + "/utskick/{sort}/{id:guid}", Again);
        app.MapGet(Here + "/organisationer", Overview);
    }

    private static async Task<IResult> Show(GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        if (NotForOthers(visitor) is { } no) return no;
        var asked = Services.Select(service => gateway.Get<Operation>($"/{service}/v1/operation", cancel)).ToArray();
        var (queues, unsent) = (gateway.Get<QueueList>(Root + "/queues", cancel),
            gateway.Get<UnsentList>(Root + "/unsent", cancel));
        var answers = await Task.WhenAll(asked);
        return Page.Of<OperatingPage>(new
        {
            Services = (IReadOnlyList<ServiceState>)[.. Services.Zip(answers, (name, answer) =>
                new ServiceState(name, answer.Value))],
            Queues = (await queues).Value, Unsent = (await unsent).Value,
        });
    }

    private static async Task<IResult> ShowFailed(
        string queue, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        if (NotForOthers(visitor) is { } no) return no;
        var failed = await gateway.Get<Listing<FailedMessage>>($"{Root}/queues/{Uri.EscapeDataString(queue)}/failed", cancel);
        return failed.Problem is { } problem
            ? problem.AsPage(visitor) : Page.Of<FailedPage>(new { Queue = queue, Failed = failed.Value!.Items });
    }

    private static async Task<IResult> Replay(
        string queue, Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var answer = await gateway.Act<object>(
            HttpMethod.Post, $"{Root}/queues/{Uri.EscapeDataString(queue)}/failed/{id}/replay", null, null, form.Key, cancel);
        return answer.Problem is { } no ? no.AsPage(visitor) : Page.Done($"{Here}/koer/{queue}", "message-replayed");
    }

    private static async Task<IResult> Again(
        string sort, Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var path = sort == "mejl" ? $"{Root}/mails/{id}/again" : $"{Root}/webhook-deliveries/{id}/again";
        var answer = await gateway.Act<object>(HttpMethod.Post, path, null, null, form.Key, cancel);
        return answer.Problem is { } no ? no.AsPage(visitor) : Page.Done(Here, "sent-again");
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

/// <param name="Is">None when the service does not answer.</param>
public sealed record ServiceState(string Name, Operation? Is);

public sealed record Operation(
    string Service, string Version, long OutboxWaiting, DateTimeOffset? OutboxSince, IReadOnlyList<OperationTimer> Timers);

public sealed record OperationTimer(string Kind, long Waiting, long Due, long Failing, DateTimeOffset? LastRangAt);

public sealed record QueueList(IReadOnlyList<QueueDepth> Items, IReadOnlyList<QueuePause> Pauses);

public sealed record QueueDepth(string Name, string Message, long Waiting, long Listeners, long Failed, bool IsMissing);

public sealed record QueuePause(string Name, long Waiting);

public sealed record FailedMessage(Guid Id, string Message, DateTimeOffset? FailedAt, string Fault);

public sealed record UnsentList(IReadOnlyList<Unsent> Items, long Waiting);

public sealed record Unsent(Guid Id, string Sort, Guid OrganisationId, string Organisation, DateTimeOffset CreatedAt,
    int Attempts,
    DateTimeOffset? DueAt, string State, string? Trouble);

public sealed record KnownOrganisations(IReadOnlyList<KnownOrganisation> Items, int Total);

public sealed record KnownOrganisation(
    Guid Id, string Number, string Name, string Kind, string? PlaceName, IReadOnlyList<KnownUnit> Units, string? Body,
    Guid? FederationId, string? Coverage, DateOnly? CoverageOn);

public sealed record KnownUnit(string Name);
