using System.Net;
using System.Text.Json;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>Two hundred people write while somebody opens the text for signature; then forty sign at once.</summary>
public sealed class CrowdTests(AgreementsWorld world) : IClassFixture<AgreementsWorld>
{
    private const int Parties = 21;
    private const int Editors = 200;

    [Fact]
    public async Task Nothing_written_is_lost_nothing_slips_past_the_opening_and_nobody_signs_twice()
    {
        var (of, associations) = await Together();
        var before = await Versions(of);
        var edits = Enumerable.Range(0, Editors).Select(editor => Edit(of, editor)).ToList();
        var opened = await OpenAsSoonAsItGoes(of);
        var written = (await Task.WhenAll(edits)).Where(edit => edit.Written).ToList();
        var after = await Versions(of);
        // Every edit that was told it was saved is one version more of its section: none has overwritten another.
        Assert.Equal(written.Count, after.Values.Sum() - before.Values.Sum());
        var fixedText = JsonDocument.Parse((await world.Officer.Get($"{of.Path}/versions/{opened}")).Is(HttpStatusCode.OK).Text)
            .RootElement.GetProperty("text").GetProperty("sections").EnumerateArray()
            .ToDictionary(section => section.GetProperty("key").GetString()!, section => section.GetProperty("text").GetString());
        foreach (var section in (await of.Shown()).Body.GetProperty("sections").EnumerateArray()
            .Where(section => section.GetProperty("text").ValueKind is JsonValueKind.String))
            Assert.Equal(section.GetProperty("text").GetString(), fixedText[section.GetProperty("key").GetString()!]);

        var people = associations.SelectMany(organisation => new[]
        {
            Callers.Of(organisation, Roles.Signatory), Callers.Of(organisation, Roles.Signatory),
        }).Append(Callers.Of(world.Region, Roles.Signatory)).ToList();
        // Each is impatient, and sends it twice.
        var replies = await Task.WhenAll(people.Concat(people).Select(person =>
            world.As(person).Act($"{of.Path}/signatures", $"\"{opened}\"", AgreementsWorld.Mandate)));
        Assert.Equal(people.Count, replies.Count(reply => reply.Status == HttpStatusCode.OK));
        Assert.Equal("signed", await of.State());
        Assert.Equal(people.Count, await world.Scalar<long>("SELECT count(*) FROM signature WHERE agreement_id = $1", of.Id));
        Assert.Equal(people.Count,
            await world.Scalar<long>("SELECT count(DISTINCT (party_id, person)) FROM signature WHERE agreement_id = $1", of.Id));
        Assert.Equal((long)people.Count,
            await world.Scalar<long>("SELECT max(number)::bigint FROM signature WHERE agreement_id = $1", of.Id));
    }

    /// <summary>Twenty associations whose people sign two together, and the region: forty-one in all.</summary>
    private async Task<(Case Of, IReadOnlyList<Guid> Associations)> Together()
    {
        var of = await world.Written(associationSignatures: 2);
        var associations = new List<Guid> { world.Association };
        while (associations.Count < Parties - 1)
        {
            var organisation = Guid.NewGuid();
            await world.Known(organisation, $"Förening {associations.Count}", "idea-driven");
            var party = (await world.Officer.Create($"/agreements/v1/partnerships/{of.Partners.Id}/parties",
                new { organisationId = organisation, requiredSignatures = 2 })).Is(HttpStatusCode.Created).Id;
            (await world.Officer.Create($"{of.Path}/contributions",
                new { partyId = party, kind = "trust", description = "Förtroende" })).Is(HttpStatusCode.Created);
            associations.Add(organisation);
        }
        await of.AnswerAll();
        return (of, associations);
    }

    private async Task<(bool Written, string Key)> Edit(Case of, int editor)
    {
        var key = AgreementsWorld.RequiredSections[editor % AgreementsWorld.RequiredSections.Length];
        var by = editor % 2 == 0 ? world.Officer : world.AssociationOfficer;
        var reply = await of.Write(by, key, $"Skrivet av {editor}.");
        Assert.True(reply.Status is HttpStatusCode.OK or HttpStatusCode.PreconditionFailed
            || reply.Code == "agreement.not-a-draft", reply.Text);
        return (reply.Status == HttpStatusCode.OK, key);
    }

    /// <summary>Approves and opens until nobody has written in between.</summary>
    private async Task<string> OpenAsSoonAsItGoes(Case of)
    {
        string[] waiting = ["assessment.not-approved", "assessment.approval-voided", "request.stale"];
        for (var attempt = 0; attempt < 500; attempt++)
        {
            var approval = await of.Approve();
            Assert.True(approval.Status is HttpStatusCode.OK or HttpStatusCode.PreconditionFailed
                || approval.Code == "assessment.already-approved", approval.Text);
            var opening = await of.Open();
            if (opening.Status == HttpStatusCode.OK) return opening.Body.GetProperty("versionHash").GetString()!;
            Assert.Contains(opening.Code, waiting);
        }
        throw new InvalidOperationException("Somebody wrote all the time.");
    }

    private static async Task<Dictionary<string, long>> Versions(Case of) =>
        (await of.Shown()).Body.GetProperty("sections").EnumerateArray().ToDictionary(
            section => section.GetProperty("key").GetString()!, section => section.GetProperty("version").GetInt64());
}
