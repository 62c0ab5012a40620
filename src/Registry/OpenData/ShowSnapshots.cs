using System.Globalization;
using System.IO.Compression;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.OpenData;

/// <summary>The register as it stood on certain days; every file with its checksum, and the same for ever.</summary>
internal static class ShowSnapshots
{
    public sealed record View(IReadOnlyList<Line> Items);

    public sealed record Line(DateOnly TakenOn, string Name, int Rows, string Sha256, string Address);

    private const int Most = 3_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/snapshots", Handle).WithName("ListSnapshots").AllowAnonymous();
        api.MapGet("/snapshots/{on}/{name}", Download).WithName("DownloadSnapshot").AllowAnonymous()
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
    }

    internal static async Task<Answer<View>> Handle(RegistryDb db, CancellationToken cancel)
    {
        var all = await db.Database.SqlQuery<Row>($"""
            SELECT taken_on AS "TakenOn", name AS "Name", rows AS "Rows", sha256 AS "Sha256" FROM snapshot
            ORDER BY taken_on DESC, name LIMIT {Most}
            """).ToListAsync(cancel);
        return new View([.. all.Select(row => new Line(row.TakenOn, row.Name, row.Rows, row.Sha256, Address(row)))]);
    }

    internal static async Task<IResult> Download(string on, string name, RegistryDb db, HttpContext http,
        CancellationToken cancel)
    {
        if (!DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return (Answer<View>)Refusal.NotFound;
        var hash = await db.Database.SqlQuery<string>(
            $"SELECT sha256 AS \"Value\" FROM snapshot WHERE taken_on = {day} AND name = {name}").SingleOrDefaultAsync(cancel);
        if (hash is null) return (Answer<View>)Refusal.NotFound;
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.ETag = $"\"{hash}\"";
        if (http.Request.Headers.IfNoneMatch.Any(tag => tag == $"\"{hash}\""))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        var zipped = await db.Database.SqlQuery<byte[]>(
            $"SELECT zipped AS \"Value\" FROM snapshot WHERE taken_on = {day} AND name = {name}").SingleAsync(cancel);
        return TypedResults.Stream(new GZipStream(new MemoryStream(zipped), CompressionMode.Decompress),
            name.EndsWith("json", StringComparison.Ordinal) ? "application/json" : "text/csv; charset=utf-8", $"{on}-{name}");
    }

    private static string Address(Row row) =>
        string.Create(CultureInfo.InvariantCulture, $"/registry/v1/snapshots/{row.TakenOn:yyyy-MM-dd}/{row.Name}");

    private sealed record Row(DateOnly TakenOn, string Name, int Rows, string Sha256);
}
