using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.History;
using Iop.Agreements.History;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.TestKit;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Agreements.Tests;

/// <summary>No reader of the history meets a code: every field that is shown has its word, and so has everything a field can
/// say, in Swedish and in English.</summary>
[Collection(nameof(DrawnUp))]
public sealed partial class HistoryWordsTests(AgreementsWorld world)
{
    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public void Everything_that_a_field_can_say_has_its_word(string language)
    {
        var texts = world.Services.GetRequiredService<Texts>();
        var walked = 0;
        var raw = new List<string>();
        foreach (var (thing, property) in Shown(texts))
        {
            var field = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            if (texts.Find(language, $"history.field.{thing}.{field}") is null
                && texts.Find(language, $"history.field.{field}") is null)
                raw.Add($"history.field.{field} ({thing})");
            foreach (var code in CodesOf(thing, field, property))
            {
                walked++;
                if (HistoryWords.Codes(thing, field, code).All(text => texts.Find(language, text) is null))
                    raw.Add($"history.value.{thing}.{field}.{code}");
            }
        }
        Assert.True(walked > 150, $"only {walked} values were looked at");
        Assert.True(raw.Count == 0, $"no word for: {string.Join(", ", raw.Order(StringComparer.Ordinal))}");
    }

    /// <summary>Who leaves departs (utträde); what is taken back before all have signed is withdrawn (återkallad).</summary>
    [Fact]
    public void Leaving_an_agreement_and_taking_one_back_are_two_words()
    {
        var texts = world.Services.GetRequiredService<Texts>();
        foreach (var (language, back) in new[] { ("sv", "återkal"), ("en", "withdr") })
        {
            foreach (var code in texts.Codes(language).Where(code => code.EndsWith(".withdrawal", StringComparison.Ordinal)))
                Assert.DoesNotContain(back, texts.Find(language, code), StringComparison.OrdinalIgnoreCase);
            Assert.Contains(back, texts.Find(language, "history.agreement.state.withdrawn"), StringComparison.Ordinal);
        }
    }

    /// <summary>Not one id, date of the wire or code in the whole history of an agreement that has lived a little.</summary>
    [Theory]
    [InlineData("sv", "Styrgruppen", "20 februari 2026", "uppsägning")]
    [InlineData("en", "Styrgruppen", "20 February 2026", "notice")]
    public async Task Nothing_but_words_is_read_in_the_history_of_a_living_agreement(string language, params string[] among)
    {
        var living = await LivingCase.InForce(world);
        await living.Pool();
        (await living.Deposit("500.00")).Is(HttpStatusCode.Created);
        (await living.Grant("100.00")).Is(HttpStatusCode.Created);
        (await world.Officer.Create($"{living.Path}/plans", living.Plan())).Is(HttpStatusCode.Created);
        var bodies = $"/agreements/v1/partnerships/{living.Of.Partners.Id}/bodies";
        var chair = (await world.Officer.Create($"{bodies}/{living.Steering}/members",
            new { role = "chair", fromOn = "2026-01-01", partyId = living.Region, name = "Ann Ek" })).Is(HttpStatusCode.Created);
        (await world.Officer.Create($"{bodies}/{living.Steering}/members", new
        {
            role = "deputy", fromOn = "2026-01-01", partyId = living.Region, name = "Bo Alm", deputyFor = chair.Id,
        })).Is(HttpStatusCode.Created);
        (await world.Officer.Create($"{bodies}/{living.Steering}/items", new { title = "Lokalen", text = "Räcker den?" }))
            .Is(HttpStatusCode.Created);
        (await living.Of.Do(world.Signatory, "notice", new { reason = "Vi slutar." })).Is(HttpStatusCode.OK);
        var by = world.As(Callers.Of(world.Region, Roles.Officer), language);
        var read = new List<string>();
        foreach (var path in new[] { living.Path, $"/agreements/v1/partnerships/{living.Of.Partners.Id}" })
        {
            for (var page = 1; ; page++)
            {
                var items = (await by.Get($"{path}/history?limit=100&page={page}")).Is(HttpStatusCode.OK).Body
                    .GetProperty("items").EnumerateArray().ToList();
                if (items.Count == 0) break;
                read.AddRange(items.Select(item => item.On("sentence")!));
                read.AddRange(items.SelectMany(item => item.GetProperty("fields").EnumerateArray())
                    .SelectMany(field => new[] { field.On("from"), field.On("to") }).OfType<string>());
            }
        }
        Assert.DoesNotContain(read, text => Raw().IsMatch(text) && text != "idea-driven"); // which is English, too
        Assert.All(among, word => Assert.Contains(read, text => text.Contains(word, StringComparison.Ordinal)));
        Assert.Contains(read, text => text == "Region Jönköpings län, Frälsningsarmén"
            || text == "Frälsningsarmén, Region Jönköpings län");
        Assert.Contains("Ann Ek", read); // for whom the deputy sits
    }

    [Theory]
    [InlineData("sv", "31 december 2028")]
    [InlineData("en", "31 December 2028")]
    public async Task A_refusal_speaks_of_days_as_people_do(string language, string day)
    {
        var of = await world.InForce();
        var refused = await of.Do(world.As(Callers.Of(world.Region, Roles.Officer), language), "renegotiation",
            new { reason = "Skäl.", effectiveOn = "2029-01-02" });
        Assert.Contains(day, refused.Body.On("detail"), StringComparison.Ordinal);
        Assert.Equal("2028-12-31", refused.Body.GetProperty("arguments").On("end")); // for programs
    }

    /// <summary>Ids, dates and instants as on the wire, and words of two with a dash that stand alone.</summary>
    [GeneratedRegex(@"[0-9a-f]{8}-[0-9a-f]{4}-|\d{4}-\d{2}-\d{2}|^[a-z]+(-[a-z]+)+$|history\.|\{\w", RegexOptions.None, 1000)]
    private static partial Regex Raw();

    private static IEnumerable<string> CodesOf(string thing, string field, IProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<Enum>().Select(word => JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString()));
        return (thing, field) switch
        {
            ("agreement", "area") => Frame.Areas,
            ("agreement", "targetAge") => Frame.TargetAges,
            (_, "adjustedSections" or "sectionKey") => SectionKeys.All,
            ("participation", "step") =>
                ["challenge", "goals", "interventions", "roles", "agreement", "follow-up", "evaluation"],
            ("change", "abandonedBecause") => ["over", "notice", "not-a-party", "signed-again"],
            ("reviewer", "role") => Roles.All,
            _ => [],
        };
    }

    private IEnumerable<(string Thing, IProperty Property)> Shown(Texts texts)
    {
        using var scope = world.Services.CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<Storage.AgreementsDb>().Model;
        return [.. from entity in model.GetEntityTypes()
                   where entity.FindProperty("PartnershipId") is not null && ChangeLog.IsTold(entity.ClrType)
                       && entity.ClrType != typeof(ChangeEntry)
                   let thing = JsonNamingPolicy.KebabCaseLower.ConvertName(entity.ClrType.Name)
                   from property in entity.GetProperties()
                   where ChangeLog.IsTold(property)
                   let field = JsonNamingPolicy.CamelCase.ConvertName(property.Name)
                   where texts.Find("sv", $"history.field.{thing}.{field}") is not null
                       || texts.Find("sv", $"history.field.{field}") is not null
                   select (thing, property)];
    }
}
