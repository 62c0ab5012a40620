using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Iop.Kernel;
using Iop.Notifications.Webhooks;
using Iop.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Iop.Notifications.Tests;

/// <summary>The inboxes, and an organisation's system on this machine at an address that the operator allows; beside it one that
/// nobody allows.</summary>
public sealed class WebhookWorld(Servers servers) : NotificationsWorld(servers)
{
    public Receiver Allowed { get; } = new("127.0.0.1");

    public Receiver Forbidden { get; } = new("127.0.0.2");

    public CallerClient Admin(Guid organisation) => As(Callers.Of(organisation, Roles.Admin));

    public async Task<JsonElement> Webhook(Guid organisation, string url, params string[] kinds) =>
        (await Admin(organisation).Create("/notifications/v1/webhooks", new { url, kinds })).Is(HttpStatusCode.Created).Body;

    public async Task<IReadOnlyList<JsonElement>> Deliveries(Guid organisation, JsonElement webhook) =>
        [.. (await Admin(organisation).Get($"/notifications/v1/webhooks/{webhook.GetProperty("id").GetGuid()}/deliveries"))
            .Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    public async Task<JsonElement> OnlyDelivery(Guid organisation, JsonElement webhook) =>
        Assert.Single(await Deliveries(organisation, webhook));

    /// <summary>Time passes, and everything due is sent.</summary>
    public async Task Later(TimeSpan time)
    {
        Clock.Advance(time);
        await Caller().Round(default);
    }

    internal CallWebhooks Caller() =>
        ActivatorUtilities.CreateInstance<CallWebhooks>(Services, NullLogger<CallWebhooks>.Instance);

    public override async ValueTask InitializeAsync()
    {
        await Allowed.Start();
        await Forbidden.Start();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Allowed.DisposeAsync();
        await Forbidden.DisposeAsync();
    }

    // Its rounds are made by Later.
    protected override void Configure(IServiceCollection services) =>
        services.Remove(services.Single(one => one.ImplementationType == typeof(CallWebhooks)));

    protected override IEnumerable<(string Key, string Value)> Settings => [("Webhooks:InternalNetworks:0", "127.0.0.1/32")];
}

/// <summary>A receiver. Its paths: <c>/ok…</c>; <c>/down…</c> as long as <see cref="IsDown"/>; <c>/slow</c> never answers;
/// <c>/gone</c>; <c>/to?…</c> sends on to another address; <c>/held</c> answers when <see cref="Held"/> is over.</summary>
public sealed class Receiver(string address) : IAsyncDisposable
{
    private readonly ConcurrentQueue<Call> _calls = [];
    private WebApplication? _app;

    public string Url => _app!.Urls.Single();

    public bool IsDown { get; set; }

    public TaskCompletionSource Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<Call> At(string path) => [.. _calls.Where(call => call.Path == path)];

    public async Task Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{address}:0");
        _app = builder.Build();
        _app.Run(Answer);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }

    private async Task Answer(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var path = http.Request.Path.Value!;
        _calls.Enqueue(new Call(path, await reader.ReadToEndAsync(),
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(),
                StringComparer.OrdinalIgnoreCase)));
        if (path == "/slow") await Task.Delay(Timeout.Infinite, http.RequestAborted);
        if (path == "/held") await Held.Task;
        if (path == "/to") http.Response.Headers.Location = http.Request.QueryString.Value![1..];
        http.Response.StatusCode = path switch
        {
            "/gone" => 410,
            "/to" => 307,
            _ => path.StartsWith("/down", StringComparison.Ordinal) && IsDown ? 503 : 204,
        };
    }
}

/// <summary>What a receiver was sent.</summary>
public sealed record Call(string Path, string Body, IReadOnlyDictionary<string, string> Headers);
