using Iop.Migrations;
using Iop.Platform;
using Iop.Platform.Storage;
using Iop.TestKit;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Iop.Benchmarks;

/// <summary>What the smallest service says, and hears itself say.</summary>
[MessageUrn("iop:smallest:said:v1"), EntityName("iop.smallest.said.v1")]
public sealed record Said
{
    public required Guid Id { get; init; }
}

/// <summary>Its whole effect: one row.</summary>
public sealed class WriteItDownWhenSaid(SmallestDb db) : IConsumer<Said>
{
    public const string Queue = "smallest.write-it-down-when-said";

    public Task Consume(ConsumeContext<Said> context) => db.Database.ExecuteSqlAsync(
        $"INSERT INTO written (id) VALUES ({context.Message.Id})", context.CancellationToken);
}

public sealed class SmallestDb(DbContextOptions<SmallestDb> options, TimeProvider clock) : ServiceDb(options, clock);

/// <summary>A service on Platform that does nothing but say a thing and write down that it heard it.</summary>
internal static class SmallestService
{
    /// <summary>A row that is committed is heard of at <c>written</c>.</summary>
    public const string Tables = """
        CREATE TABLE written (id uuid PRIMARY KEY);
        GRANT SELECT, INSERT ON written TO {{service}}_system;
        CREATE FUNCTION written_rings() RETURNS trigger LANGUAGE plpgsql
          AS $$ BEGIN PERFORM pg_notify('written', NEW.id::text); RETURN NULL; END $$;
        CREATE TRIGGER written_rings AFTER INSERT ON written FOR EACH ROW EXECUTE FUNCTION written_rings();
        """;

    public static Service Service { get; } = new("smallest", "Smallest");

    public static async Task<WebApplication> StartAsync(TestDatabase database, TestVirtualHost broker)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var settings = builder.Configuration;
        settings["ConnectionStrings:app"] = database.ConnectionStringFor(Service.App, ServiceDatabase.Password);
        settings["ConnectionStrings:system"] = database.ConnectionStringFor(Service.System, ServiceDatabase.Password);
        settings["ConnectionStrings:messaging"] = broker.Uri.ToString();
        builder.AddServiceDefaults();
        builder.AddPlatform<SmallestDb>(Service.Name, reactions => reactions
            .On<Said, WriteItDownWhenSaid>(WriteItDownWhenSaid.Queue));
        var app = builder.Build();
        await app.StartAsync();
        return app;
    }
}
