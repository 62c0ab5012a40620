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
