using System.Net;
using System.Text.Json;
using Iop.Agreements.Domain.History;
using Iop.Agreements.History;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.TestKit;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Agreements.Tests;

/// <summary>Who did what when, field by field, in sentences; and the agreement as it stood.</summary>
[Collection(nameof(DrawnUp))]
public sealed class HistoryTests(AgreementsWorld world)
{
    private const string Service = "/agreements/v1";

    [Fact]
    public async Task Every_act_on_the_way_to_a_signed_agreement_is_told_in_a_sentence()
    {
        var of = await world.Opened();
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        (await of.Sign(world.AssociationSignatory)).Is(HttpStatusCode.OK);
        var told = await Sentences(world.Officer, $"{Service}/partnerships/{of.Partners.Id}");
        foreach (var ending in new[]
        {
            "startade partnerskapet Vårsol", "tog in Frälsningsarmén som part",
            "började skriva överenskommelsen Vårsol 2026–2028",
            "blev part i överenskommelsen", "skrev avsnittet Mål och delmål",
            "lade till en insats av Region Jönköpings län: Driftstöd",
            "Alla frågor i den rättsliga bedömningen är besvarade", "godkände bedömningen och utkastet",
            "låste texten i en version", "öppnade överenskommelsen för underskrift", "skrev under för Frälsningsarmén",
            "Alla har skrivit under",
        }) Assert.Contains(told, sentence => sentence.EndsWith(ending, StringComparison.Ordinal));
        Assert.Contains(told, sentence => sentence.Contains("besvarade frågan ”", StringComparison.Ordinal));
        Assert.All(told, sentence => Assert.DoesNotContain("history.", sentence, StringComparison.Ordinal));
        Assert.All(told, sentence => Assert.DoesNotContain("{", sentence, StringComparison.Ordinal));
        var english = await Sentences(world.As(Callers.Of(world.Region, Roles.Officer), "en"), of.Path);
        Assert.Contains(english, sentence => sentence.EndsWith("signed for Frälsningsarmén", StringComparison.Ordinal));
        Assert.All(english, sentence => Assert.DoesNotContain("history.", sentence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_shows_what_stood_there_before_and_who_it_was()
    {
        var of = await world.Written();
        var anna = new Caller(Guid.NewGuid(), world.Region, null, new HashSet<string> { Roles.Officer, Roles.Legal });
        await world.Named(anna.Person, "Anna Ek", world.Region);
        var by = world.As(anna);
        (await of.Write(by, "goals", "Nya mål.")).Is(HttpStatusCode.OK);
        var section = await Latest(of, "section");
        Assert.Equal("Anna Ek ändrade avsnittet Mål och delmål", section.GetProperty("sentence").GetString());
        var text = section.GetProperty("fields").EnumerateArray().Single();
        Assert.Equal(("Text om goals.", "Nya mål."), (text.GetProperty("from").GetString(), text.GetProperty("to").GetString()));
        Assert.True(text.GetProperty("prose").GetBoolean());

        (await by.Put($"{of.Path}/frame", (await by.Get(of.Path)).Tag, new
        {
            title = "Vårsol", startsOn = "2026-05-01", endsOn = "2028-12-31", autoRenews = true, noticeMonths = 3,
            area = "health",
            targetAge = "0-25", countyCode = "06",
        })).Is(HttpStatusCode.OK);
        var frame = await Latest(of, "agreement");
        Assert.Equal(
            ["Börjar: 1 april 2026 → 1 maj 2026", "Förlängs automatiskt: nej → ja", "Titel: Vårsol 2026–2028 → Vårsol",
                "Uppsägningstid, månader: 6 → 3"],
            frame.GetProperty("fields").EnumerateArray().Select(Written).Order(StringComparer.Ordinal));

        var money = (await by.Get(of.Path)).Body.GetProperty("contributions").EnumerateArray()
            .Single(offer => offer.GetProperty("kind").GetString() == "money");
        var path = $"{of.Path}/contributions/{money.GetProperty("id").GetGuid()}";
        (await by.Put(path, $"\"{money.GetProperty("contributionTag").GetString()}\"",
            new { kind = "money", description = "Driftstöd", kronorPerYear = "1400000.00" })).Is(HttpStatusCode.OK);
        var offered = await Latest(of, "contribution");
        Assert.Equal("Anna Ek ändrade en insats av Region Jönköpings län: Driftstöd",
            offered.GetProperty("sentence").GetString());
        Assert.Equal("Värde per år: 1 250 000 kr → 1 400 000 kr",
            Written(offered.GetProperty("fields")[0]).Replace('\u00A0', ' '));

        var mine = (await by.Get($"{of.Path}/history?person={anna.Person}")).Body;
        Assert.Equal(3, mine.GetProperty("items").GetArrayLength());
        Assert.Contains(mine.GetProperty("people").EnumerateArray(), person =>
            person.GetProperty("name").GetString() == "Anna Ek");
        Assert.Equal(2, (await by.Get($"{of.Path}/history?section=goals")).Body.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task It_is_read_page_by_page_and_nothing_is_told_twice()
    {
        var of = await world.Written();
        var all = await Positions(of, $"{of.Path}/history?limit=100");
        var (paged, next) = (new List<string>(), (string?)$"{of.Path}/history?limit=5");
        while (next is not null)
        {
            var page = (await world.Officer.Get(next)).Is(HttpStatusCode.OK);
            paged.AddRange(page.Body.GetProperty("items").EnumerateArray().Select(line => line.GetProperty("id").GetString()!));
            next = page.Message.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }
        Assert.Equal(all, paged);
        Assert.Equal(paged.Count, paged.Distinct().Count());
    }

    [Fact]
    public async Task Nobody_writes_it_by_hand_in_anothers_name_or_takes_it_away()
    {
        var of = await world.Written();
        const string columns = "act_id, partnership_id, at, thing, subject, change, fields, circle";
        var values = $"gen_random_uuid(), '{of.Partners.Id}', '2026-03-02', 'section', 'goals', 'Changed', '{{}}', 'all'";
        await AsLogin.Refused(world, $"INSERT INTO change_log ({columns}, person) VALUES ({values}, gen_random_uuid())", "42501");
        await AsLogin.Refused(world,
            $"INSERT INTO change_log ({columns}) VALUES ({values.Replace("'all'", "'idea-driven'", StringComparison.Ordinal)})",
            "42501");
        await AsLogin.Refused(world, "UPDATE change_log SET fields = '{}'", "42501");
        await AsLogin.Refused(world, "DELETE FROM change_log", "42501");
        Assert.Equal(0, await AsLogin.Sees(world, world.Elsewhere, "change_log"));
    }

    [Fact]
    public void Every_kind_of_thing_in_a_partnership_has_its_word_and_its_sentence()
    {
        var texts = world.Services.GetRequiredService<Texts>();
        var silent = Told().Select(entity => ThingOf(entity)).Where(thing =>
            texts.Find("sv", $"history.thing.{thing}") is null || texts.Find("sv", $"history.{thing}.added") is null
            && thing is not "agreement-party").Order(StringComparer.Ordinal).ToList();
        Assert.True(silent.Count == 0, $"history.thing.* or history.*.added is missing for: {string.Join(", ", silent)}");
    }

    /// <summary>A field without a word is kept and not shown: only what says nothing to a reader.</summary>
    [Fact]
    public void Every_field_that_says_something_has_its_word()
    {
        var texts = world.Services.GetRequiredService<Texts>();
        var wordless = from entity in Told()
                       from property in entity.GetProperties()
                       where ChangeLog.IsTold(property)
                       let field = JsonNamingPolicy.CamelCase.ConvertName(property.Name)
                       where !SaysNothing.Contains(field)
                       where texts.Find("sv", $"history.field.{ThingOf(entity)}.{field}") is null
                           && texts.Find("sv", $"history.field.{field}") is null
                       select $"{ThingOf(entity)}.{field}";
        Assert.True(!wordless.Any(), $"history.field.* is missing for: {string.Join(", ", wordless)}");
    }

    private static readonly HashSet<string> SaysNothing = new(StringComparer.Ordinal)
    {
        // where it stands in its life, which the sentence tells
        "state", "stateSince", "working", "workingSince", "changeKind", "bindsBy", "inText", "round", "setNumber", "position",
        // hashes and other things' ids
        "id", "catalogue", "changeId", "inForceHash", "versionHash", "assessedHash", "previousHash", "passedHash", "fileId",
        "bodyId",
        "successorId", "decisionId", "threadId", "itemId", "groupId", "subjectId", "poolId", "grantId", "rateId",
        "releaseDecisionId",
        "planVersion", "reverses", "partOf",
        "contributionId", "terminationId", "contentHash", "sectionVersion", "euroCent", "rateMillionths",
        // the term in force, told when it is agreed
        "termFrom", "termNoticeMonths", "termRenewalMonths", "termRenews",
        // who and when, which every line has anyway
        "answeredAt", "answeredBy", "approvedAt", "author", "begunAt", "begunBy", "begunFor", "closedAt", "confirmedAt",
        "confirmedBy",
        "addedAt", "addedBy", "addedFor", "acceptedAt", "acceptedBy", "at", "bookedAt", "givenAt", "listedAt", "listedBy",
        "listedFor",
        "reportedAt", "reportedBy",
        "declinedAt", "joinedAt", "notedAt", "notedBy", "openedAt", "openedBy", "passedAt", "passedBy", "recordedAt",
        "recordedBy",
        "recordedFor", "releasedAt", "resolvedAt", "resolvedBy", "saidAt", "settledAt", "signedAt", "startedAt", "writtenAt",
        "writtenBy", "endedAt", "inviter", "invitationExpiresAt", "organisationId", "personId",
    };

    private IEnumerable<IEntityType> Told()
    {
        using var scope = world.Services.CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<Storage.AgreementsDb>().Model;
        return [.. model.GetEntityTypes().Where(entity => entity.FindProperty("PartnershipId") is not null
            && ChangeLog.IsTold(entity.ClrType) && entity.ClrType != typeof(ChangeEntry))];
    }

    private static string ThingOf(IEntityType entity) => JsonNamingPolicy.KebabCaseLower.ConvertName(entity.ClrType.Name);

    private static string Written(JsonElement field) =>
        $"{field.GetProperty("name").GetString()}: {field.GetProperty("from").GetString()} → {field.GetProperty("to").GetString()}";

    private async Task<JsonElement> Latest(Case of, string thing) =>
        (await world.Officer.Get($"{of.Path}/history?thing={thing}&limit=1")).Is(HttpStatusCode.OK).Body.GetProperty("items")[0];

    private async Task<List<string>> Positions(Case of, string path) =>
        [.. (await world.Officer.Get(path)).Body.GetProperty("items").EnumerateArray()
            .Select(line => line.GetProperty("id").GetString()!)];

    private static async Task<List<string>> Sentences(CallerClient by, string path)
    {
        var said = new List<string>();
        for (var page = 1; ; page++)
        {
            var items = (await by.Get($"{path}/history?limit=100&page={page}")).Is(HttpStatusCode.OK).Body.GetProperty("items");
            if (items.GetArrayLength() == 0) return said;
            said.AddRange(items.EnumerateArray().Select(line => line.GetProperty("sentence").GetString()!));
        }
    }
}
