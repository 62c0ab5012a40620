using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Registry.Tests;

/// <summary>Lists brought in and taken out: every row is accounted for, all or nothing, and out and in again changes
/// nothing.</summary>
public sealed class ImportTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    private const string Imports = "/registry/v1/imports";

    [Fact]
    public async Task A_list_is_looked_at_row_by_row_and_written_only_when_confirmed()
    {
        var read = (await Upload(world.Operator, """
            Titel;Område;Startdatum;Slutdatum;Tills vidare;Offentlig part;Idéburen part;Kronor per år;Påhittad rubrik
            Jour i Orsa;crime;2019-03-01;;ja;Orsa kommun;Orsa jour #809999-9099 ^ Unizon;1 250 000,50;x
            "Arbete; och ""mod"" i Orsa";labour-integration;1 mars 2020;31 december 2023;nej;Orsa kommun / Socialnämnden | Region Dalarna;Orsa kooperativ;;
            """)).Is(HttpStatusCode.Created);
        Assert.Equal((2, 2, 0), (Number(read, "rows"), Number(read, "new"), Number(read, "faulty")));
        Assert.Equal("Påhittad rubrik", read.Body.GetProperty("unmapped")[0].GetString());
        Assert.Equal(0, await Found("Orsa"));
        var confirmed = (await world.Operator.Act($"{read.Location}/confirmation", read.Tag)).Is(HttpStatusCode.OK);
        Assert.Equal("written", confirmed.Body.GetProperty("state").GetString());
        Assert.Equal(2, await Found("Orsa"));
        Assert.Equal(1, await Found("\"mod\" Region Dalarna"));
        Assert.Equal(125_000_050L, await world.Scalar<long>("SELECT max(ore_per_year) FROM entry_resource"));
        Assert.Equal(new DateOnly(2020, 3, 1),
            await world.Scalar<DateOnly>("SELECT starts_on FROM entry WHERE area = 'labour-integration'"));
        (await world.Operator.Act($"{read.Location}/confirmation", confirmed.Tag))
            .Refuses(HttpStatusCode.Conflict, "import.already-written");
    }

    [Fact]
    public async Task One_faulty_row_and_nothing_is_written()
    {
        var read = (await Upload(world.Operator,
            "title,area,starts_on,public_parties\nSom ska falla,sport,i fjol,Falu kommun\nSom är rätt,health,2020-01-01,Falu kommun\n"))
            .Is(HttpStatusCode.Created);
        Assert.Equal((2, 1), (Number(read, "rows"), Number(read, "faulty")));
        var faults = read.Body.GetProperty("faults")[0];
        Assert.Equal(1, faults.GetProperty("number").GetInt32());
        Assert.Equal(["starts_on: import.unreadable", "area: field.not-one-of"],
            faults.GetProperty("faults").EnumerateArray().Select(one => one.GetString()));
        (await world.Operator.Act($"{read.Location}/confirmation", read.Tag))
            .Refuses(HttpStatusCode.Conflict, "import.has-faults");
        Assert.Equal(0, await Found("Som är rätt"));
    }

    [Fact]
    public async Task Taken_out_and_brought_in_again_nothing_changes()
    {
        (await world.Operator.Create("/registry/v1/entries",
            KeepingTests.Partnership("=Formel i Rättvik", "Rättviks kommun", "Rätt")))
            .Is(HttpStatusCode.Created);
        await world.Tell(RegistryWorld.InForce("Undertecknat; här"));
        var before = await world.Scalar<string>("SELECT string_agg(entry_id || ':' || version, ',' ORDER BY entry_id) FROM entry");
        var table = (await world.Anonymous.Get("/registry/v1/entries/csv")).Is(HttpStatusCode.OK).Text;
        Assert.Contains("\"'=Formel i Rättvik\"", table, StringComparison.Ordinal); // text to a spreadsheet, never a formula
        var read = (await Upload(world.Operator, table)).Is(HttpStatusCode.Created);
        Assert.True(Number(read, "faulty") == 0, read.Text);
        Assert.Equal(Number(read, "rows"), Number(read, "known"));
        (await world.Operator.Act($"{read.Location}/confirmation", read.Tag)).Is(HttpStatusCode.OK);
        Assert.Equal(before,
            await world.Scalar<string>("SELECT string_agg(entry_id || ':' || version, ',' ORDER BY entry_id) FROM entry"));
        var changed = (await Upload(world.Operator, table.Replace("Formel i", "Annat i", StringComparison.Ordinal)))
            .Is(HttpStatusCode.Created);
        Assert.Contains("id: import.differs", changed.Text, StringComparison.Ordinal);
    }

    /// <summary>The same said twice differs in its ids, in who brought it in, and in nothing else. (What an agreement told is not
    /// here: its parties are known by their ids, which a list does not have.)</summary>
    [Fact]
    public async Task An_entry_with_everything_in_it_is_the_same_when_brought_into_an_empty_register()
    {
        await Empty();
        (await world.Operator.Create("/registry/v1/entries", PageTests.Everything())).Is(HttpStatusCode.Created);
        var table = await Table();
        string[] ids = ["id", "provenance"];
        await Empty();
        var rows = table.ConvertAll(row => string.Join(';', row.Skip(1).Select(Statistics.CsvCell.Of)));
        var read = (await Upload(world.Operator, string.Join('\n', rows))).Is(HttpStatusCode.Created);
        Assert.True(Number(read, "faulty") == 0, read.Text);
        (await world.Operator.Act($"{read.Location}/confirmation", read.Tag)).Is(HttpStatusCode.OK);
        Assert.Equal(Without(table, ids), Without(await Table(), ids));
    }

    /// <summary>Ids and links come along: what continues another still does, counts once, and stands at its address.</summary>
    [Fact]
    public async Task Partnerships_that_hang_together_still_do_in_another_register()
    {
        await Empty();
        async Task<Guid> Enter(string title, object? additions = null) => (await world.Operator.Create("/registry/v1/entries",
            KeepingTests.Partnership(title, "Mora kommun", "Jouren", additions))).Is(HttpStatusCode.Created).Id;
        var first = await Enter("Jour 2014");
        await Enter("Jour 2020", new { followsEntryId = await Enter("Jour 2017", new { followsEntryId = first }) });
        await Enter("Ungdomsjour", new { grewOutOfEntryId = first });
        var (table, counted) = (await Table(), await Counted());
        Assert.Equal(2, counted); // a chain of three is one
        await Empty();
        // The last first: what a row leads to may come after it.
        var rows = table.Take(1).Concat(table.Skip(1).Reverse()).Select(row =>
            string.Join(';', row.Select(Statistics.CsvCell.Of)));
        var read = (await Upload(world.Operator, string.Join('\n', rows))).Is(HttpStatusCode.Created);
        Assert.True(Number(read, "faulty") == 0 && Number(read, "new") == 4, read.Text);
        (await world.Operator.Act($"{read.Location}/confirmation", read.Tag)).Is(HttpStatusCode.OK);
        Assert.Equal(Without(table, ["provenance"]), Without(await Table(), ["provenance"]));
        Assert.Equal(counted, await Counted());
        Assert.Equal(1, await world.Scalar<long>("SELECT count(DISTINCT chain_id) FROM entry WHERE title LIKE 'Jour %'"));
    }

    [Fact]
    public async Task Links_that_lead_nowhere_or_round_are_faults_and_only_the_operator_brings_ids()
    {
        var (one, other, gone) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var read = (await Upload(world.Operator, $"""
            id;title;offentlig part;follows;grew_out_of
            {one};Ring ett;Mora kommun;{other};
            {other};Ring två;Mora kommun;{one};
            ;Till intet;Mora kommun;{gone};{gone}
            ;Oläsligt;Mora kommun;i fjol;
            {one};Samma id;Mora kommun;;
            """)).Is(HttpStatusCode.Created);
        Assert.Equal((5, 0), (Number(read, "faulty"), Number(read, "new")));
        Assert.Equal(
        [
            "follows: entry.follows-itself", "follows: entry.follows-itself", "follows: entry.no-such-entry",
            "grew_out_of: entry.no-such-entry", "follows: import.unreadable", "id: import.differs",
        ], read.Body.GetProperty("faults").EnumerateArray().SelectMany(row => row.GetProperty("faults").EnumerateArray())
            .Select(fault => fault.GetString()));
        var body = await world.Registered("Älvdalens kommun", "public", "2039");
        var brought = (await Upload(world.As(Callers.Of(body.Id, Roles.Officer)),
            $"id;title;offentlig part\n{gone};Med eget id;Älvdalens kommun\n")).Is(HttpStatusCode.Created);
        Assert.Contains("id: import.differs", brought.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_the_register_has_overtaken_is_not_written()
    {
        var list = $"id;title;offentlig part\n{Guid.CreateVersion7()};Skriven två gånger;Mora kommun\n";
        var (first, second) = (await Upload(world.Operator, list), await Upload(world.Operator, list));
        (await world.Operator.Act($"{first.Location}/confirmation", first.Tag)).Is(HttpStatusCode.OK);
        var late = (await world.Operator.Act($"{second.Location}/confirmation", second.Tag)).Is(HttpStatusCode.OK);
        Assert.Equal("discarded", late.Body.GetProperty("state").GetString());
        Assert.Equal(1, await world.Scalar<long>("SELECT count(*) FROM entry WHERE title = 'Skriven två gånger'"));
    }

    private async Task<int> Counted() =>
        (await world.Anonymous.Get("/registry/v1/figures")).Is(HttpStatusCode.OK).Body.GetProperty("all").GetInt32();

    private async Task Empty()
    {
        await using var server = Npgsql.NpgsqlDataSource.Create(world.Database.ConnectionString);
        await using var clear = server.CreateCommand(
            "TRUNCATE entry, entry_agreement, entry_party, entry_resource, entry_change, entry_document, correction, proposal, counted_figures");
        await clear.ExecuteNonQueryAsync();
    }

    private async Task<List<List<string>>> Table()
    {
        var text = (await world.Anonymous.Get("/registry/v1/entries/csv")).Is(HttpStatusCode.OK).Text;
        var rows = new List<List<string>>();
        await foreach (var row in new Importing.CsvLines(new StringReader(text.TrimStart('\uFEFF'))).Read(CancellationToken.None))
            rows.Add([.. row]);
        return rows;
    }

    private static List<string> Without(List<List<string>> table, string[] columns) =>
    [
        .. table.Select(row => string.Join('\n', row.Where((_, at) => !columns.Contains(table[0][at]))))
        .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public async Task What_cannot_be_read_is_refused_and_says_why()
    {
        (await Upload(world.Operator, [0x74, 0x69, 0x74, 0x6C, 0x65, 0x0A, 0xE5, 0xE4, 0xF6]))
            .Refuses(HttpStatusCode.BadRequest, "import.not-utf-8");
        (await Upload(world.Operator, "title\n" + new string('x', 50_000)))
            .Refuses(HttpStatusCode.BadRequest, "import.field-too-large");
        (await Upload(world.Operator, "title\n\"aldrig slut")).Refuses(HttpStatusCode.BadRequest, "import.unclosed-quote");
        (await Upload(world.Operator, "rubrik\nvärde")).Refuses(HttpStatusCode.BadRequest, "import.no-title-column");
        (await Upload(world.Operator, "")).Refuses(HttpStatusCode.BadRequest, "import.no-title-column");
        var latin = (await Upload(world.Operator, Encoding.Latin1.GetBytes("titel;offentlig part\nMål på väg;Växjö kommun"),
            "latin-1"))
            .Is(HttpStatusCode.Created);
        Assert.Equal("Mål på väg", latin.Body.GetProperty("first")[0].GetProperty("title").GetString());
    }

    [Fact]
    public async Task An_officer_brings_in_its_own_list_with_its_own_headings_and_nobody_else_sees_it()
    {
        var body = await world.Registered("Vansbro kommun", "public", "2021");
        var officer = world.As(Callers.Of(body.Id, Roles.Officer));
        (await officer.Put("/registry/v1/import-headings", null,
            new { headings = new Dictionary<string, string> { ["Vad"] = "title" } }))
            .Is(HttpStatusCode.OK);
        var read = (await Upload(officer, "Vad;offentlig part\nVårt;Vansbro kommun\nAndras;Malungs kommun\n"))
            .Is(HttpStatusCode.Created);
        Assert.Equal("public_parties: entry.not-a-party",
            read.Body.GetProperty("faults")[0].GetProperty("faults")[0].GetString());
        var stranger = world.As(Callers.Of(Guid.NewGuid(), Roles.Officer));
        (await stranger.Get(read.Location!)).Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await stranger.Act($"{read.Location}/confirmation", read.Tag)).Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await Upload(stranger, "Vad\nX"))
            .Refuses(HttpStatusCode.BadRequest, "import.no-title-column"); // its headings are its own
        (await Upload(world.As(Callers.Of(body.Id, Roles.Reader)), "title\nX"))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
    }

    internal static Task<Reply> Upload(CallerClient caller, string csv) => Upload(caller, Encoding.UTF8.GetBytes(csv));

    internal static async Task<Reply> Upload(CallerClient caller, byte[] csv, string? encoding = null)
    {
        using var content = new ByteArrayContent(csv);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var request = new HttpRequestMessage(HttpMethod.Post,
            Imports + (encoding is null ? "" : $"?encoding={encoding}")) { Content = content };
        return await caller.Send(request, ("Idempotency-Key", Guid.NewGuid().ToString()));
    }

    private async Task<int> Found(string words) => (await world.Anonymous.Get(
        $"/registry/v1/entries?q={Uri.EscapeDataString(words)}")).Is(HttpStatusCode.OK).Body.GetProperty("total").GetInt32();

    private static int Number(Reply reply, string field) => reply.Body.GetProperty(field).GetInt32();
}
