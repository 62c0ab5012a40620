using System.Text.Json;
using System.Text.Json.Nodes;
using Iop.Platform.Api;

namespace Iop.Registry.OpenData;

/// <summary>What of the register is open data (DCAT-AP-SE 3.0), as Turtle or JSON-LD: for the national data portal to fetch, and
/// the schema of every table.</summary>
internal static class ShowCatalogue
{
    public const string PublisherNameSetting = "OpenData:PublisherName";
    public const string PublisherAddressSetting = "OpenData:PublisherAddress";
    public const string MailboxSetting = "OpenData:ContactMailbox";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/catalog", Handle).WithName(nameof(ShowCatalogue)).AllowAnonymous()
            .Produces(StatusCodes.Status200OK, contentType: "text/turtle");
        api.MapGet("/schemas/{name}", Schema).WithName("ShowSchema").AllowAnonymous()
            .Produces(StatusCodes.Status200OK, contentType: "application/json");
    }

    internal static IResult Handle(string? format, IConfiguration settings, Texts texts, HttpContext http)
    {
        var catalogue = new Catalogue(
            (settings["PublicBaseUrl"] ?? "http://localhost").TrimEnd('/'),
            settings[PublisherNameSetting] ?? texts.Find("sv", "api.title")!,
            settings[PublisherAddressSetting], settings[MailboxSetting] ?? "registrator@localhost",
            (language, key) => texts.Find(language, key) ?? key);
        var asJson = format is "json-ld"
            || (format is null && http.Request.Headers.Accept.ToString().Contains("json", StringComparison.Ordinal));
        var (body, type) = asJson ? (catalogue.AsJsonLd(), "application/ld+json") : (catalogue.AsTurtle(), "text/turtle");
        return Cached.Text(http, body, $"{type}; charset=utf-8");
    }

    internal static IResult Schema(string name, Texts texts, HttpContext http)
    {
        if (Tables.All.FirstOrDefault(table => table.Name == name) is not { } table)
            return (Answer<object>)Kernel.Refusal.NotFound;
        var language = Texts.LanguageOf(http.Request);
        var fields = table.Columns.Select(column => (JsonNode)new JsonObject
        {
            ["name"] = column, ["titles"] = texts.Find(language, $"column.{column}") ?? column, ["datatype"] = "string",
        });
        var schema = new JsonObject
        {
            ["@context"] = "http://www.w3.org/ns/csvw", ["url"] = table.Address,
            ["dialect"] = new JsonObject { ["delimiter"] = ";", ["encoding"] = "utf-8", ["header"] = true },
            ["tableSchema"] = new JsonObject { ["columns"] = new JsonArray([.. fields]) },
        };
        return Cached.Text(http, schema.ToJsonString(JsonSerializerOptions.Web), "application/csvm+json; charset=utf-8");
    }
}
