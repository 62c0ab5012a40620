using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using RabbitMQ.Client;

namespace Iop.TestKit;

/// <summary>A virtual host for one test class: its own exchanges and queues; gone afterwards.</summary>
public sealed class TestVirtualHost : IAsyncDisposable
{
    private readonly HttpClient management;

    private TestVirtualHost(HttpClient management, string name, Uri uri) =>
        (this.management, Name, Uri) = (management, name, uri);

    public string Name { get; }

    /// <summary>amqp://user:password@host:port/virtual-host</summary>
    public Uri Uri { get; }

    internal static async Task<TestVirtualHost> CreateAsync(Uri broker, Uri management)
    {
        var name = $"test-{Guid.NewGuid():N}";
        var login = management.UserInfo.Split(':');
        var client = new HttpClient { BaseAddress = new UriBuilder(management) { UserName = "", Password = "" }.Uri };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(management.UserInfo))));
        (await client.PutAsync($"/api/vhosts/{name}", content: null)).EnsureSuccessStatusCode();
        (await client.PutAsJsonAsync($"/api/permissions/{name}/{login[0]}", new { configure = ".*", write = ".*", read = ".*" }))
            .EnsureSuccessStatusCode();
        return new(client, name, new UriBuilder(broker) { Path = name }.Uri);
    }

    /// <summary>How many messages wait in a queue, delivered or not.</summary>
    public async Task<long> MessagesInAsync(string queue)
    {
        var answer = await management.GetFromJsonAsync<Queue>($"/api/queues/{Name}/{Uri.EscapeDataString(queue)}");
        return answer!.Messages;
    }

    /// <summary>How many messages lie in a queue this moment, those being delivered not counted.</summary>
    public async Task<uint> ReadyInAsync(string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = Uri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
    }

    public async ValueTask DisposeAsync()
    {
        using (management) (await management.DeleteAsync($"/api/vhosts/{Name}")).EnsureSuccessStatusCode();
    }

    private sealed record Queue(long Messages);
}
