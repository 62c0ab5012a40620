using System.Globalization;
using System.Net;
using System.Text;
using Iop.TestKit;
using Npgsql;

namespace Iop.Registry.Tests;

/// <summary>A register that takes lists of a thousand rows and no longer.</summary>
public sealed class SmallListsWorld(Servers servers) : ServiceHostOfTheRegister(servers)
{
    protected override IEnumerable<(string Key, string Value)> Settings => [("Import:RowsMax", "1000")];
}

public sealed class ListLimitTests(SmallListsWorld world) : IClassFixture<SmallListsWorld>
{
    [Fact]
    public async Task A_list_with_more_rows_than_the_register_takes_is_refused_and_leaves_nothing()
    {
        (await ImportTests.Upload(world.Operator, Rows(1_001))).Refuses(HttpStatusCode.BadRequest, "import.too-many-rows");
        await using var server = NpgsqlDataSource.Create(world.Database.ConnectionString);
        await using var count = server.CreateCommand("SELECT (SELECT count(*) FROM import_row) + (SELECT count(*) FROM import)");
        Assert.Equal(0L, await count.ExecuteScalarAsync());
        (await ImportTests.Upload(world.Operator, Rows(1_000))).Is(HttpStatusCode.Created);
    }

    internal static string Rows(int count)
    {
        var list = new StringBuilder("title;area;start_year;open_ended;public_parties;idea_driven_parties\n");
        for (var number = 1; number <= count; number++)
            list.Append(CultureInfo.InvariantCulture,
                $"Rad {number};health;{2010 + number % 15};ja;Falu kommun;Förening {number % 500}\n");
        return list.ToString();
    }
}

/// <summary>A whole country's list, all or nothing, in memory that does not grow with it: twenty thousand rows, and in the long
/// run a hundred thousand within the same bound.</summary>
public sealed class LargeImportTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    private const long GrowthMax = 150L * 1024 * 1024;
    private static readonly int Rows = Environment.GetEnvironmentVariable("IOP_LONG") is null ? 20_000 : 100_000;

    [Fact]
    public async Task Every_row_of_a_large_list_is_accounted_for_in_bounded_memory()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = before;
        using var watching = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (!watching.IsCancellationRequested)
            {
                // What is held, not what waits to be swept: that grows with the memory of the machine.
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
                await Task.Delay(500);
            }
        });
        var read = (await Upload()).Is(HttpStatusCode.Created);
        Assert.Equal((Rows, 0), (read.Body.GetProperty("new").GetInt32(), read.Body.GetProperty("faulty").GetInt32()));
        var confirmed = (await world.Operator.Act($"{read.Location}/confirmation", read.Tag)).Is(HttpStatusCode.OK);
        Assert.Equal("writing", confirmed.Body.GetProperty("state").GetString());
        await Written(read.Location!);
        await watching.CancelAsync();
        await watch;
        Assert.Equal(Rows, await world.Scalar<long>("SELECT count(*) FROM entry WHERE import_id = $1", read.Id));
        Assert.Equal(Rows,
            await world.Scalar<long>("SELECT count(DISTINCT import_row) FROM entry WHERE import_id = $1", read.Id));
        Assert.True(peak - before < GrowthMax, $"{(peak - before) / 1024 / 1024} MiB more at its peak");
    }

    /// <summary>How far it has come is seen by those who wait, and what is killed is written anew when the service is
    /// back.</summary>
    [Fact]
    public async Task Killed_in_the_middle_it_leaves_nothing()
    {
        var read = (await ImportTests.Upload(world.Operator, ListLimitTests.Rows(20_000))).Is(HttpStatusCode.Created);
        await using var server = NpgsqlDataSource.Create(world.Database.ConnectionString);
        await using var held = await server.OpenConnectionAsync();
        // The last thing the import does waits here, with every row behind it.
        await using (var hold = new NpgsqlCommand("SELECT pg_advisory_lock(7100)", held)) await hold.ExecuteNonQueryAsync();
        (await world.Operator.Act($"{read.Location}/confirmation", read.Tag)).Is(HttpStatusCode.OK);
        const string Waiting =
            "FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database() "
            + "AND usename = 'registry_system'";
        await Eventually.Holds("the import has written its rows and waits",
            async () => await Number(server, $"SELECT count(*) {Waiting}") > 0, TimeSpan.FromMinutes(2));
        var shown = (await world.Operator.Get(read.Location!)).Is(HttpStatusCode.OK).Body;
        Assert.Equal(("writing", 20_000), (shown.GetProperty("state").GetString(), shown.GetProperty("done").GetInt32()));
        (await world.Operator.Act($"{read.Location}/confirmation", "\"2\""))
            .Refuses(HttpStatusCode.Conflict, "import.already-written");
        Assert.Equal(1, await Number(server, $"SELECT count(pg_terminate_backend(pid)) {Waiting}"));
        Assert.Equal(0, await Number(server, $"SELECT count(*) FROM entry WHERE import_id = '{read.Id}'"));
        await using (var free = new NpgsqlCommand("SELECT pg_advisory_unlock(7100)", held)) await free.ExecuteNonQueryAsync();
        await Written(read.Location!);
        Assert.Equal(20_000, await Number(server, $"SELECT count(*) FROM entry WHERE import_id = '{read.Id}'"));
    }

    private Task Written(string import) => Eventually.Holds("the list is in the register", async () =>
        (await world.Operator.Get(import)).Body.GetProperty("state").GetString() == "written", TimeSpan.FromMinutes(5));

    private static async Task<long> Number(NpgsqlDataSource server, string sql)
    {
        await using var command = server.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Row by row, so that the list is never whole in the memory that is measured.</summary>
    private async Task<Reply> Upload()
    {
        var file = Path.GetTempFileName();
        await using (var writer = new StreamWriter(file))
        {
            await writer.WriteLineAsync("title;purpose;area;start_year;open_ended;public_parties;idea_driven_parties");
            for (var number = 1; number <= Rows; number++)
                await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"Rad {number};{new string('s', 500)};health;{2010 + number % 15};ja;Falu kommun;Förening {number % 5_000}"));
        }
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.None, 4096,
            FileOptions.DeleteOnClose);
        using var content = new StreamContent(stream);
        content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("text/csv");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/registry/v1/imports") { Content = content };
        return await world.Operator.Send(request, ("Idempotency-Key", Guid.NewGuid().ToString()));
    }
}
