using Iop.Web.Gateway;

namespace Iop.Web.Comments;

/// <summary>What is said about the sections of an agreement.</summary>
internal sealed class CommentsApi(GatewayCalls gateway)
{
    private const int ThreadsMax = 100;
    private const string Root = "/agreements/v1/agreements";

    public Task<Answer<Listing<Thread>>> About(Guid agreement, string? section, CancellationToken cancel) =>
        gateway.Get<Listing<Thread>>(
            $"{Root}/{agreement}/comments?limit={ThreadsMax}{(section is null ? "" : $"&section={section}")}", cancel);

    public Task<Answer<Thread>> Start(Guid agreement, object comment, string? key, CancellationToken cancel) =>
        gateway.Create<Thread>($"{Root}/{agreement}/comments", comment, key, cancel);

    public Task<Answer<Thread>> Reply(Guid agreement, Guid thread, object reply, string? key, CancellationToken cancel) =>
        gateway.Create<Thread>($"{Root}/{agreement}/comments/{thread}/replies", reply, key, cancel);

    public Task<Answer<Thread>> Resolve(Guid agreement, Guid thread, string? tag, CancellationToken cancel) =>
        gateway.Act<Thread>(HttpMethod.Post, $"{Root}/{agreement}/comments/{thread}/resolution", null, tag, null, cancel);
}

public sealed record Thread(
    Guid Id, string SectionKey, string? SectionName, string? Audience, string State, string? ResolvedBy,
    DateTimeOffset? ResolvedAt, IReadOnlyList<Comment>? Comments, string? ThreadTag)
{
    public bool IsOpen => State == "open";
}

public sealed record Comment(Guid Id, string? OrganisationName, string? Author, bool Mine, DateTimeOffset At, string? Text);
