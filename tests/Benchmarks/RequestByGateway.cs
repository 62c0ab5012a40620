extern alias agreements;
extern alias gateway;

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Iop.Contracts;
using Iop.Migrations;
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
        await using var database = await servers.NewDatabaseAsync(ServiceDatabase.Template(Service));
        await using var broker = await servers.NewVirtualHostAsync();
        await Messaging.Declare(broker.Uri, [.. Topology.Subscriptions]);
        await using var identity = await StandInIdentity.StartAsync();
        await using var service = new KestrelHost<agreements::Program>(
            ("ConnectionStrings:app", database.ConnectionStringFor("agreements_app", ServiceDatabase.Password)),
            ("ConnectionStrings:system", database.ConnectionStringFor("agreements_system", ServiceDatabase.Password)),
            ("ConnectionStrings:messaging", broker.Uri.ToString()),
            ("Sealing:Secret", Convert.ToBase64String("bench-secret-bench-secret-bench1"u8)),
            ("PublicBaseUrl", StandInIdentity.Issuer), ("services:identity:http:0", identity.Address));
        await using var entrance = new KestrelHost<gateway::Program>(
            ("PublicBaseUrl", StandInIdentity.Issuer), ("Gateway:ClientSecret", "bench"),
            ("RateLimits:RequestsPerSecond", "1000000"),
            ("services:identity:http:0", identity.Address), ("services:agreements:http:0", service.Address));
        await using var sql = NpgsqlDataSource.Create(database.ConnectionString);
        await using var bare = await BareAsync(sql);
        var partnerships = await StartPartnershipsAsync(service.Address, identity, sql);

        using var byGateway = Client(entrance.Address);
        byGateway.DefaultRequestHeaders.Add("Cookie", $"__Host-iop-session={StandInIdentity.Session}");
        using var directly = SignedIn(service.Address, identity);
        using var byKey = Client(bare.Urls.Single());
        Func<int, Task> Shows(HttpClient by) =>
            round => MustAnswerAsync(by, $"/agreements/v1/partnerships/{partnerships[round % Partnerships]}");
        yield return new("a partnership's page: gateway, row-level security / bare SELECT", Shows(byGateway),
            round => MustAnswerAsync(byKey, $"/titles/{partnerships[round % Partnerships]}"))
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

    private static async Task<IReadOnlyList<Guid>> StartPartnershipsAsync(
        string service, StandInIdentity identity, NpgsqlDataSource sql)
    {
        await using (var know = sql.CreateCommand(
            "INSERT INTO organisation (organisation_id, number, name, kind) VALUES ($1, '8099990011', 'Region', 'Public')"))
        {
            know.Parameters.Add(new() { Value = StandInIdentity.Organisation });
            await know.ExecuteNonQueryAsync();
        }
        using var officer = SignedIn(service, identity);
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

    private static HttpClient Client(string address) => new(new SocketsHttpHandler { UseCookies = false })
    {
        BaseAddress = new Uri(address),
    };

    private static HttpClient SignedIn(string address, StandInIdentity identity)
    {
        var client = Client(address);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", identity.Token());
        return client;
    }

    private static async Task MustAnswerAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        await answer.Content.LoadIntoBufferAsync();
    }
}
