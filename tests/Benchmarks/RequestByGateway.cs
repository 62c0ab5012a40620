extern alias agreements;

using System.Net.Http.Json;
using System.Text.Json;
using Iop.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Iop.Benchmarks;

/// <summary>A signed-in person looks at a partnership of theirs: cookie, gateway, token, transaction, row-level security and
/// everything the page shows. Beside it a bare endpoint that reads the same partnership's title by its key, and the service
/// asked without the gateway. All on real sockets, in one process, against the same database.</summary>
internal static class RequestByGateway
{
    private const int Partnerships = 20;

    // So much code runs in a request that the compiler takes its time to make all of it fast.
    private const int WarmUpRounds = 2_000;
    private const string Service = "agreements";

    public static async IAsyncEnumerable<Comparison> Of(Servers servers)
    {
        await using var service = await ServiceInOperation<agreements::Program>.StartAsync(servers, Service);
        await using var bare = await BareAsync(service.Sql);
        using var directly = service.SignedIn();
        var partnerships = await StartPartnershipsAsync(directly, service.Sql);

        using var byGateway = service.AtTheGateway();
        byGateway.DefaultRequestHeaders.Add("Cookie", $"__Host-iop-session={StandInIdentity.Session}");
        using var byKey = new HttpClient { BaseAddress = new Uri(bare.Urls.Single()) };
        Func<int, Task> Shows(HttpClient by) =>
            round => by.MustGetAsync($"/agreements/v1/partnerships/{partnerships[round % Partnerships]}");
        yield return new("a partnership's page: gateway, row-level security / bare SELECT", Shows(byGateway),
            round => byKey.MustGetAsync($"/titles/{partnerships[round % Partnerships]}"))
        {
            WarmUpRounds = WarmUpRounds,
        };
        yield return new("a partnership's page: gateway / the service directly", Shows(byGateway), Shows(directly));
    }

    /// <summary>What a read by key costs when nobody asks who reads.</summary>
    private static async Task<WebApplication> BareAsync(NpgsqlDataSource sql)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/titles/{id:guid}", async (Guid id) =>
        {
            await using var read = sql.CreateCommand("SELECT title FROM partnership WHERE partnership_id = $1");
            read.Parameters.Add(new() { Value = id });
            return await read.ExecuteScalarAsync() is string title ? Results.Ok(new { id, title }) : Results.NotFound();
        });
        await app.StartAsync();
        return app;
    }

    private static async Task<IReadOnlyList<Guid>> StartPartnershipsAsync(HttpClient officer, NpgsqlDataSource sql)
    {
        await sql.RunAsync(
            "INSERT INTO organisation (organisation_id, number, name, kind) VALUES ($1, '8099990011', 'Region', 'Public')",
            StandInIdentity.Organisation);
        var started = new List<Guid>(Partnerships);
        while (started.Count < Partnerships)
        {
            using var start = new HttpRequestMessage(HttpMethod.Post, "/agreements/v1/partnerships")
            {
                Content = JsonContent.Create(new { title = $"Vårsol {started.Count}", challenge = "Barn som anhöriga." }),
                Headers = { { "Idempotency-Key", $"{Guid.NewGuid()}" } },
            };
            using var answer = await officer.SendAsync(start);
            answer.EnsureSuccessStatusCode();
            started.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid());
        }
        return started;
    }
}
