using System.Diagnostics;
using Iop.LocalServers;
using Iop.TestKit;
using Npgsql;

namespace Iop.Hosting.Tests;

public sealed class LocalServersTests : IAsyncLifetime
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(15);
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private readonly string folder = Directory.CreateTempSubdirectory("iop hosting ").FullName; // a blank in the path, on purpose

    [Fact]
    public async Task PostgreSQL_keeps_its_data_over_a_restart_and_answers_on_127_0_0_1_only()
    {
        await using var server = await PostgresServer.StartAsync(new(Path.Combine(folder, "postgres"), "secret"), Token);
        await ExecuteAsync(server, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('still here')");

        await server.StopAsync();
        await server.StartAgainAsync(Token);

        Assert.Equal("still here", await ExecuteAsync(server, "SELECT word FROM kept"));
        Assert.Equal("127.0.0.1", await ExecuteAsync(server, "SHOW listen_addresses"));
    }

    [Fact]
    public async Task PostgreSQL_refuses_a_wrong_password()
    {
        var plan = new PostgresPlan(Path.Combine(folder, "postgres"), "secret") { Throwaway = true };
        await using var server = await PostgresServer.StartAsync(plan, Token);
        var guess = server.ConnectionString.Replace("secret", "guess", StringComparison.Ordinal);
        await using var connection = new NpgsqlConnection(guess);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Token));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task RabbitMQ_comes_back_on_the_same_port_and_leaves_no_port_mapper_behind()
    {
        var server = await RabbitMqServer.StartAsync(new(Path.Combine(folder, "rabbitmq"), "iop", "secret"), Token);
        var (port, mapper) = (server.Port, server.PortMapper.Identity!);
        server.Process.Kill();
        await server.Process.Exited;

        await server.StartAgainAsync(Token);
        await using (var connection = await new RabbitMQ.Client.ConnectionFactory { Uri = new(server.ConnectionString) }
            .CreateConnectionAsync(Token))
        {
            Assert.Equal(port, connection.Endpoint.Port);
        }
        await server.DisposeAsync();

        Assert.False(mapper.IsAlive);
        Assert.Empty(ProcessesWith(folder));
    }

    [Fact]
    public async Task Nothing_is_left_when_the_parent_is_killed()
    {
        var environmentFile = Path.Combine(folder, "servers.env");
        var program = typeof(PostgresServer).Assembly.Location;
        var plan = new ProcessStartInfo("dotnet", [program, "--environment-file", environmentFile]) { UseShellExecute = false };
        plan.Environment["TMPDIR"] = folder;
        using var parent = Process.Start(plan)!;
        await Eventually.Holds("the servers are up", () => Task.FromResult(File.Exists(environmentFile)), Start);
        Assert.NotEmpty(ProcessesWith(folder));

        Signals.Send(parent.Id, Signal.Kill);

        await Eventually.Holds("all of them are gone", () => Task.FromResult(ProcessesWith(folder).Count == 0), Gone);
    }

    [Fact]
    public void A_process_is_told_from_a_later_one_with_the_same_number()
    {
        var own = ProcessIdentity.Of(Environment.ProcessId)!;
        var file = Path.Combine(folder, "pid");
        own.WriteTo(file);

        Assert.Equal(own, ProcessIdentity.ReadFrom(file));
        Assert.True(own.IsAlive);
        Assert.False((own with { StartedAtTicks = own.StartedAtTicks + 1 }).IsAlive);
    }

    [Fact]
    public async Task What_cannot_start_says_so_with_its_last_output()
    {
        var plan = new ProcessPlan("unlucky", "sh", "-c", "echo no disk left; exit 7");

        var problem = await Assert.ThrowsAsync<CannotStartException>(() => OwnedProcess.RunToEndAsync(plan, Gone, Token));

        Assert.Contains("ended with code 7", problem.Message, StringComparison.Ordinal);
        Assert.Contains("no disk left", problem.Advice, StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<object?> ExecuteAsync(PostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token);
    }

    private static List<string> ProcessesWith(string words) => Directory.EnumerateDirectories("/proc")
        .Where(process => Read(process, "cmdline").Contains(words, StringComparison.Ordinal)
            || Read(process, "environ").Contains(words, StringComparison.Ordinal))
        .ToList();

    private static string Read(string process, string file)
    {
        try { return File.ReadAllText(Path.Combine(process, file)); }
        catch (IOException) { return ""; }
        catch (UnauthorizedAccessException) { return ""; }
    }
}
