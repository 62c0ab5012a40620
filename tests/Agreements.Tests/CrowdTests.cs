using System.Net;
using System.Text.Json;

namespace Iop.Agreements.Tests;

/// <summary>Two hundred people write while somebody opens the text for signature; then forty sign at once.</summary>
public sealed class CrowdTests(AgreementsWorld world) : IClassFixture<AgreementsWorld>
{
    [Fact]
    public async Task Nothing_written_is_lost_nothing_slips_past_the_opening_and_nobody_signs_twice()
    {
        var crowd = await Crowd.Gather(world);
        var of = crowd.Of;
        var before = await Versions(of);
        var edits = Enumerable.Range(0, Crowd.Editors).Select(crowd.Edit).ToList();
        var opened = await crowd.OpenAsSoonAsItGoes();
        var written = (await Task.WhenAll(edits)).Count(saved => saved);
        var after = await Versions(of);
        // Every edit that was told it was saved is one version more of its section: none has overwritten another.
        Assert.Equal(written, after.Values.Sum() - before.Values.Sum());
        var fixedText = JsonDocument.Parse((await world.Officer.Get($"{of.Path}/versions/{opened}")).Is(HttpStatusCode.OK).Text)
            .RootElement.GetProperty("text").GetProperty("sections").EnumerateArray()
            .ToDictionary(section => section.GetProperty("key").GetString()!, section => section.GetProperty("text").GetString());
        foreach (var section in (await of.Shown()).Body.GetProperty("sections").EnumerateArray()
            .Where(section => section.GetProperty("text").ValueKind is JsonValueKind.String))
            Assert.Equal(section.GetProperty("text").GetString(), fixedText[section.GetProperty("key").GetString()!]);

        // Each is impatient, and sends it twice.
        var people = crowd.Signatories;
        var replies = await Task.WhenAll(people.Concat(people).Select(person => crowd.Sign(person, opened)));
        Assert.Equal(people.Count, replies.Count(reply => reply.Status == HttpStatusCode.OK));
        Assert.Equal("signed", await of.State());
        Assert.Equal(people.Count, await world.Scalar<long>("SELECT count(*) FROM signature WHERE agreement_id = $1", of.Id));
        Assert.Equal(people.Count,
            await world.Scalar<long>("SELECT count(DISTINCT (party_id, person)) FROM signature WHERE agreement_id = $1", of.Id));
        Assert.Equal((long)people.Count,
            await world.Scalar<long>("SELECT max(number)::bigint FROM signature WHERE agreement_id = $1", of.Id));
    }

    private static async Task<Dictionary<string, long>> Versions(Case of) =>
        (await of.Shown()).Body.GetProperty("sections").EnumerateArray().ToDictionary(
            section => section.GetProperty("key").GetString()!, section => section.GetProperty("version").GetInt64());
}
