using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Iop.LocalServers;

// Starts one throw-away PostgreSQL and one RabbitMQ for a whole test run:
//   LocalServers -- dotnet test …             runs the command with both in its environment; its exit code is ours
//   LocalServers --environment-file <file>    writes them as "export NAME='value'" and stays until it is told to end
const int CannotStart = 2;
var folder = Directory.CreateTempSubdirectory("iop-servers-").FullName;
try
{
    InstalledPrograms.MustBeThere();
    var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    var postgresStarting = PostgresServer.StartAsync(new(Path.Combine(folder, "postgres"), password) { Throwaway = true });
    var rabbitMqStarting = RabbitMqServer.StartAsync(new(Path.Combine(folder, "rabbitmq"), "iop", password));
    await using var postgres = await postgresStarting;
    await using var rabbitMq = await rabbitMqStarting;
    Dictionary<string, string> servers = new(StringComparer.Ordinal)
    {
        ["IOP_TEST_POSTGRES"] = postgres.ConnectionString,
        ["IOP_TEST_RABBITMQ"] = rabbitMq.ConnectionString,
        ["IOP_TEST_RABBITMQ_MANAGEMENT"] = rabbitMq.ManagementUri,
    };
    switch (args)
    {
        case ["--", var program, .. var arguments]:
            return await RunWith(servers, program, arguments);
        case ["--environment-file", var file]:
            await File.WriteAllLinesAsync(file, servers.Select(server => $"export {server.Key}='{server.Value}'"));
            await ToldToEnd();
            return 0;
        default:
            await Console.Error.WriteLineAsync("Usage: LocalServers -- <command …>  |  LocalServers --environment-file <file>");
            return CannotStart;
    }
}
catch (CannotStartException problem)
{
    await Console.Error.WriteLineAsync(problem.Advice);
    return CannotStart;
}
finally { Directory.Delete(folder, recursive: true); }

static async Task<int> RunWith(Dictionary<string, string> servers, string program, string[] arguments)
{
    var start = new ProcessStartInfo(program, arguments);
    foreach (var (name, value) in servers) start.Environment[name] = value;
    // Ctrl-C reaches the command too, which ends by itself; we then end the servers.
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
    using var command = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
    {
        signal.Cancel = true;
        Signals.Send(command.Id, Signal.Terminate);
    });
    await command.WaitForExitAsync();
    return command.ExitCode;
}

static async Task ToldToEnd()
{
    var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        told.TrySetResult();
    }
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    await told.Task;
}
