using System.Net;
using System.Text.Json;
using Iop.Contracts.Agreements;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>From an idea to a signed agreement: what is told, listed and awaited on the way.</summary>
public sealed class StoryTests(AgreementsWorld world) : IClassFixture<AgreementsWorld>
{
    [Fact]
    public async Task Every_step_is_told_to_those_who_listen()
    {
        var of = await world.Opened();
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        (await of.Sign(world.AssociationSignatory)).Is(HttpStatusCode.OK);
        Assert.Equal(2, (await world.Announced<PartyJoinedPartnership>()).Count(said => said.PartnershipId == of.Partners.Id));
        var completed = Assert.Single(await world.Announced<AssessmentCompleted>(), said => said.AgreementId == of.Id);
        Assert.Equal(world.Region, Assert.Single(completed.Approvers).OrganisationId);
        Assert.Equal(0, Assert.Single(await world.Announced<AssessmentApproved>(), said => said.AgreementId == of.Id)
            .ApprovalsMissing);
        var opened = Assert.Single(await world.Announced<AgreementOpenedForSignature>(), said => said.AgreementId == of.Id);
        Assert.Equal(await of.VersionHash(), opened.VersionHash);
        Assert.Equal(2, (await world.Announced<AgreementSignatureGiven>())
            .Count(said => said.AgreementId == of.Id && said.PartySignaturesMissing == 0));
        var signed = Assert.Single(await world.Announced<AgreementSigned>(), said => said.AgreementId == of.Id);
        Assert.True(signed.Sequence > opened.Sequence && opened.Sequence > completed.Sequence);
    }

    [Fact]
    public async Task What_awaits_whom_follows_the_agreement()
    {
        var of = await world.Written();
        Assert.Equal("answers", What(await of.Shown()));
        await of.AnswerAll();
        Assert.Equal("approval", What((await world.Lawyer.Get(of.Path)).Is(HttpStatusCode.OK)));
        Assert.True(Awaited((await world.Lawyer.Get(of.Path)).Body).GetProperty("mine").GetBoolean());
        Assert.False(Awaited((await world.AssociationOfficer.Get(of.Path)).Body).GetProperty("mine").GetBoolean());
        await of.Approve();
        Assert.Equal("opening", What(await of.Shown()));
        await of.Open();
        Assert.Equal(2, (await of.Shown()).Body.GetProperty("awaits").GetArrayLength());
        await of.Sign(world.Signatory);
        var left = Awaited((await world.AssociationSignatory.Get(of.Path)).Body);
        Assert.Equal("Frälsningsarmén", left.GetProperty("organisationName").GetString());
        Assert.True(left.GetProperty("mine").GetBoolean());
        await of.Sign(world.AssociationSignatory);
        Assert.Equal("start-date", What(await of.Shown()));
    }

    [Fact]
    public async Task Partnerships_are_listed_with_what_awaits_the_caller_and_the_steps_name_what_is_missing()
    {
        var partners = await world.Partners();
        var listed = (await world.AssociationOfficer.Get("/agreements/v1/partnerships?limit=100")).Is(HttpStatusCode.OK).Body;
        var line = Assert.Single(listed.GetProperty("items").EnumerateArray(), item =>
            item.GetProperty("id").GetGuid() == partners.Id);
        Assert.Equal("dialogue", line.GetProperty("state").GetString());
        var steps = (await world.Officer.Get($"/agreements/v1/partnerships/{partners.Id}")).Is(HttpStatusCode.OK)
            .Body.GetProperty("steps");
        Assert.Equal(7, steps.GetArrayLength());
        Assert.Equal("current", steps[0].GetProperty("state").GetString());
        Assert.Equal("Bakgrund", steps[0].GetProperty("missing")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Pages_of_partnerships_hang_together()
    {
        for (var count = 0; count < 3; count++) await world.Partners();
        var seen = new List<Guid>();
        var path = "/agreements/v1/partnerships?limit=2";
        while (path.Length > 0)
        {
            var page = (await world.Officer.Get(path)).Is(HttpStatusCode.OK);
            seen.AddRange(page.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()));
            path = page.Message.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : "";
        }
        Assert.Equal(seen.Distinct().Count(), seen.Count);
        Assert.Equal(await world.Scalar<long>("SELECT count(*) FROM partnership"), seen.Count);
    }

    [Fact]
    public async Task A_draft_may_be_withdrawn_and_then_nothing_more_happens_to_it()
    {
        var of = await world.Opened();
        var shown = await of.Shown();
        (await world.Officer.Act($"{of.Path}/withdrawal", shown.Tag, new { reason = "Nämnden vill vänta." }))
            .Is(HttpStatusCode.OK);
        Assert.Equal("withdrawn", await of.State());
        Assert.Equal("Nämnden vill vänta.",
            Assert.Single(await world.Announced<AgreementWithdrawn>(), said => said.AgreementId == of.Id).Reason);
        (await of.Sign(world.Signatory)).Refuses(HttpStatusCode.Conflict, "agreement.not-open-for-signature");
        (await world.Officer.Act($"{of.Path}/withdrawal", (await of.Shown()).Tag, new { reason = "Igen." }))
            .Refuses(HttpStatusCode.Conflict, "agreement.not-now");
    }

    private static JsonElement Awaited(JsonElement agreement) => agreement.GetProperty("awaits")[0];

    private static string? What(Reply agreement) => Awaited(agreement.Body).GetProperty("what").GetString();
}
