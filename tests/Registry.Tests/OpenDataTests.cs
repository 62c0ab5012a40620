using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Iop.Registry.OpenData;
using Iop.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Iop.Registry.Tests;

/// <summary>The register as open data: a catalogue that portals read, tables with schemas, days that never change, and what has
/// changed since.</summary>
public sealed class OpenDataTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    [Fact]
    public async Task The_catalogue_says_what_the_profile_demands_in_both_of_its_forms()
    {
        var turtle = (await world.Anonymous.Get("/registry/v1/catalog?format=turtle")).Is(HttpStatusCode.OK).Text;
        foreach (var said in new[]
        {
            "a:dcat:Catalog", "dcterms:title \"Öppna data om idéburna offentliga partnerskap\"@sv",
            "dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/>",
            "vcard:hasEmail <mailto:", "vcard:fn \"", "dcat:endpointURL <", "dcat:downloadURL <",
        }) Assert.Contains(said.Replace("a:", "rdf:type ", StringComparison.Ordinal), turtle, StringComparison.Ordinal);
        var graph = JsonSerializer.Deserialize<JsonElement>(
            (await world.Anonymous.Get("/registry/v1/catalog?format=json-ld")).Is(HttpStatusCode.OK).Text).GetProperty("@graph");
        var byType = graph.EnumerateArray().ToLookup(node => node.GetProperty("@type").GetString());
        var catalogue = Assert.Single(byType["dcat:Catalog"]);
        Demands(catalogue, "dcterms:title", "dcterms:description", "dcterms:publisher", "dcterms:license", "dcat:dataset");
        Assert.Equal(3, byType["dcat:Dataset"].Count());
        foreach (var data in byType["dcat:Dataset"])
            Demands(data, "dcterms:title", "dcterms:description", "dcterms:publisher", "dcat:contactPoint", "dcat:distribution");
        foreach (var address in byType["dcat:Distribution"]
            .SelectMany(one => Links(one, "dcat:downloadURL").Concat(Links(one, "dcterms:conformsTo"))))
            (await world.Anonymous.Get(new Uri(address).PathAndQuery)).Is(HttpStatusCode.OK);
        var known = graph.EnumerateArray().Select(node => node.GetProperty("@id").GetString()).ToHashSet();
        Assert.All(new[] { "dcat:dataset", "dcat:service", "dcterms:publisher" }.SelectMany(link => Links(catalogue, link)),
            link => Assert.Contains(link, known));
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        var first = (await world.Anonymous.Get("/registry/v1/catalog")).Is(HttpStatusCode.OK);
        var again = await world.Anonymous.Send(HttpMethod.Get, "/registry/v1/catalog", null, ("If-None-Match", first.Tag!));
        Assert.Equal((HttpStatusCode.NotModified, ""), (again.Status, again.Text));
        var made = await Enter("Oförändrad");
        var shown = (await world.Anonymous.Get(made.Location!)).Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.NotModified,
            (await world.Anonymous.Send(HttpMethod.Get, made.Location!, null, ("If-None-Match", shown.Tag!))).Status);
    }

    [Fact]
    public async Task Whoever_asks_again_gets_what_has_been_written_since_and_nothing_is_missed()
    {
        await Enter("Före");
        var (next, _) = await Seen(null, "Före");
        var made = await Enter("Efter");
        (await world.Operator.Act($"{made.Location}/confirmation", made.Tag)).Is(HttpStatusCode.OK);
        var (later, fresh) = await Seen(next, "Efter");
        Assert.Equal(["Efter"], fresh);
        Assert.Empty((await All(later)).Titles);
        (await world.Anonymous.Get("/registry/v1/changes?since=igår")).Refuses(HttpStatusCode.BadRequest, "request.invalid");

        await using var open = await world.AsSystem.OpenConnectionAsync();
        await using var writing = await open.BeginTransactionAsync();
        await using (var write = open.CreateCommand())
        {
            (write.CommandText, write.Transaction) = ("UPDATE entry SET renewals = 1 WHERE title = 'Före'", writing);
            await write.ExecuteNonQueryAsync();
        }
        await Enter("Skriven under tiden");
        var (during, _) = await All(later);
        await writing.CommitAsync();
        await Seen(during, "Före");
    }

    // The feed ends where the oldest writing of the whole server is still under way, and other tests write beside this one.
    private async Task<(string? Next, IReadOnlyList<string> Titles)> Seen(string? since, string title)
    {
        (string? Next, IReadOnlyList<string> Titles) found = default;
        await Eventually.Holds($"{title} is in the feed", async () => (found = await All(since)).Titles.Contains(title),
            TimeSpan.FromMinutes(1));
        return found;
    }

    [Fact]
    public async Task A_day_that_has_been_kept_never_changes()
    {
        await Enter("Bevarad");
        var keeper = world.Services.GetServices<IHostedService>().OfType<TakeSnapshot>().Single();
        await keeper.Once(CancellationToken.None);
        var kept = (await world.Anonymous.Get("/registry/v1/snapshots")).Is(HttpStatusCode.OK).Body.GetProperty("items");
        Assert.Equal(3, kept.GetArrayLength());
        var entries = kept.EnumerateArray().Single(one => one.GetProperty("name").GetString() == "entries.csv");
        var address = entries.GetProperty("address").GetString()!;
        var before = (await world.Anonymous.Get(address)).Is(HttpStatusCode.OK);
        Assert.Contains("Bevarad", before.Text, StringComparison.Ordinal);
        await Enter("Senare");
        await keeper.Once(CancellationToken.None);
        Assert.Equal(before.Text, (await world.Anonymous.Get(address)).Text);
        var bytes = await (await world.Anonymous.Get(address)).Message.Content.ReadAsByteArrayAsync();
        Assert.Equal(entries.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal(HttpStatusCode.NotModified,
            (await world.Anonymous.Send(HttpMethod.Get, address, null, ("If-None-Match", before.Tag!))).Status);
        (await world.Anonymous.Get("/registry/v1/snapshots/2020-01-01/entries.csv"))
            .Refuses(HttpStatusCode.NotFound, "request.not-found");
        await using var change = world.AsSystem.CreateCommand("UPDATE snapshot SET rows = 0");
        var no = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => change.ExecuteNonQueryAsync());
        Assert.Equal("42501", no.SqlState);
    }

    private async Task<(string Next, List<string> Titles)> All(string? since)
    {
        var titles = new List<string>();
        for (var (more, next) = (true, since); ;)
        {
            var page = (await world.Anonymous.Get("/registry/v1/changes" + (next is null ? "" : $"?since={next}")))
                .Is(HttpStatusCode.OK).Body;
            titles.AddRange(page.GetProperty("items").EnumerateArray()
                .Select(one => one.GetProperty("entry").GetProperty("title").GetString()!));
            (more, next) = (page.GetProperty("isMore").GetBoolean(), page.GetProperty("next").GetString()!);
            if (!more) return (next, titles);
        }
    }

    private async Task<Reply> Enter(string title) => (await world.Operator.Create("/registry/v1/entries",
        KeepingTests.Partnership(title, "Hedemora kommun", title + " förening"))).Is(HttpStatusCode.Created);

    private static IEnumerable<string> Links(JsonElement node, string predicate) =>
        node.GetProperty(predicate).EnumerateArray().Select(link => link.GetProperty("@id").GetString()!);

    private static void Demands(JsonElement node, params string[] predicates) =>
        Assert.All(predicates, predicate =>
            Assert.True(node.TryGetProperty(predicate, out _), $"{node.GetProperty("@id")} lacks {predicate}"));
}
