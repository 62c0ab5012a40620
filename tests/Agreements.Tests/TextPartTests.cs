using System.Net;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

[Collection(nameof(DrawnUp))]
public sealed class TextPartTests(AgreementsWorld world)
{
    [Fact]
    public async Task Goals_with_their_parts_and_learning_goals_are_written_reworded_and_removed()
    {
        var of = await world.Written();
        var whole = await Goal(of, new { kind = "overall", text = "Barn som anhöriga mår bra" });
        var part = await Goal(of, new { kind = "partial", text = "Fler får stöd tidigt", partOf = whole.Id });
        await Goal(of, new { kind = "learning", text = "Hur vi når fäder" });
        await Goal(of, new { kind = "learning", text = "Hur vi mäter", partyId = of.Partners.RegionParty });
        (await world.Officer.Create($"{of.Path}/goals", new { kind = "overall", text = "x", partyId = of.Partners.RegionParty }))
            .Refuses(HttpStatusCode.Conflict, "goal.owned-jointly");
        (await world.Officer.Create($"{of.Path}/goals", new { kind = "partial", text = "x" }))
            .Refuses(HttpStatusCode.Conflict, "goal.part-of-what");
        (await world.Officer.Create($"{of.Path}/goals", new { kind = "learning", text = "x", partyId = Guid.NewGuid() }))
            .Refuses(HttpStatusCode.Conflict, "agreement.unknown-party");
        (await world.Officer.Put(part.Location!, "\"9\"", new { text = "y" }))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await world.Officer.Put(part.Location!, part.Tag, new { text = "Alla får stöd tidigt" })).Is(HttpStatusCode.OK);
        (await world.Officer.Delete(whole.Location!, whole.Tag)).Refuses(HttpStatusCode.Conflict, "goal.has-parts");
        (await world.Officer.Delete(part.Location!, "\"2\"")).Is(HttpStatusCode.OK);
        (await world.Officer.Delete(whole.Location!, whole.Tag)).Is(HttpStatusCode.OK);
        var left = (await of.Shown()).Body.GetProperty("parts").GetProperty("goals").EnumerateArray();
        Assert.Equal(["Hur vi mäter", "Hur vi når fäder"], left.Select(goal => goal.GetProperty("text").GetString())
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_activity_has_one_legal_person_that_books_its_cost()
    {
        var of = await world.Written();
        var planned = (await world.Officer.Create($"{of.Path}/activities", Activity(of, world.Association)))
            .Is(HttpStatusCode.Created);
        Assert.Equal("Frälsningsarmén", planned.Body.GetProperty("bookedByName").GetString());
        Assert.Equal(2, planned.Body.GetProperty("partyNames").GetArrayLength());
        Assert.Equal("detail", planned.Body.GetProperty("warnings")[0].GetProperty("kind").GetString());
        (await world.Officer.Create($"{of.Path}/activities", Activity(of, world.Elsewhere)))
            .Refuses(HttpStatusCode.Conflict, "activity.booked-by-a-party");
        (await world.Officer.Create($"{of.Path}/activities",
            new { name = "x", bookedBy = world.Association, partyIds = new[] { of.Partners.RegionParty } }))
            .Refuses(HttpStatusCode.Conflict, "activity.owner-takes-part");
        (await world.Officer.Create($"{of.Path}/activities", new
        {
            name = "x", bookedBy = world.Region, partyIds = Array.Empty<Guid>(), fromOn = "2026-05-01", toOn = "2026-04-01",
        })).Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Officer.Put(planned.Location!, "\"9\"", Activity(of, world.Region)))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        var moved = (await world.Officer.Put(planned.Location!, planned.Tag, Activity(of, world.Region))).Is(HttpStatusCode.OK);
        Assert.Equal("Region Jönköpings län", moved.Body.GetProperty("bookedByName").GetString());
        await AsLogin.Refused(world, $"UPDATE activity SET booked_by = '{world.Elsewhere}' WHERE activity_id = '{planned.Id}'");
        await AsLogin.Refused(world,
            $"UPDATE activity SET party_ids = ARRAY[gen_random_uuid()] WHERE activity_id = '{planned.Id}'");
        (await world.Officer.Delete(planned.Location!, moved.Tag)).Is(HttpStatusCode.OK);
        (await world.Officer.Get(planned.Location!)).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Everything_agreed_voids_an_approval_when_it_changes_and_is_fixed_with_the_version()
    {
        var of = await world.Approved();
        var goal = await Goal(of, new { kind = "overall", text = "Barn som anhöriga mår bra" });
        Assert.Equal("voided", (await of.Assessment()).GetProperty("state").GetString());
        (await of.Approve()).Is(HttpStatusCode.OK);
        var activity = (await world.Officer.Create($"{of.Path}/activities", Activity(of, world.Association)))
            .Is(HttpStatusCode.Created);
        (await of.Open()).Refuses(HttpStatusCode.Conflict, "assessment.approval-voided");
        (await of.Approve()).Is(HttpStatusCode.OK);
        (await of.Open()).Is(HttpStatusCode.OK);
        var text = (await world.Officer.Get($"{of.Path}/versions/{await of.VersionHash()}")).Is(HttpStatusCode.OK)
            .Body.GetProperty("text");
        Assert.Equal("Samtalscenter", text.GetProperty("activities")[0].GetProperty("name").GetString());
        Assert.Equal("overall", text.GetProperty("goals")[0].GetProperty("kind").GetString());
        foreach (var (path, tag, body) in new (string, string?, object)[]
        {
            (goal.Location!, goal.Tag, new { text = "x" }), (activity.Location!, activity.Tag, Activity(of, world.Region)),
        })
        {
            (await world.Officer.Put(path, tag, body)).Refuses(HttpStatusCode.Conflict, "agreement.not-a-draft");
            (await world.Officer.Delete(path, tag)).Refuses(HttpStatusCode.Conflict, "agreement.not-a-draft");
        }
        (await world.Officer.Create($"{of.Path}/goals", new { kind = "overall", text = "x" }))
            .Refuses(HttpStatusCode.Conflict, "agreement.not-a-draft");
        await AsLogin.Refused(world, $"UPDATE goal SET text = 'x' WHERE agreement_id = '{of.Id}'");
        await AsLogin.Refused(world, $"DELETE FROM activity WHERE agreement_id = '{of.Id}'");
        foreach (var table in new[] { "goal", "activity", "body", "body_member", "delivery", "role_acceptance" })
            Assert.Equal(0, await AsLogin.Sees(world, world.Elsewhere, table));
    }

    [Fact]
    public async Task Each_party_accepts_its_role_as_it_stands()
    {
        var of = await world.Written();
        var path = $"{of.Path}/sections/roles/acceptances";
        (await world.Officer.Act(path, "\"1\"", new { partyId = of.Partners.RegionParty }))
            .Refuses(HttpStatusCode.Conflict, "roles.nothing-to-accept");
        (await of.Write(world.Officer, "roles", "Regionen hänvisar, Frälsningsarmén möter barnen.")).Is(HttpStatusCode.OK);
        (await world.Officer.Act(path, "\"1\"", new { partyId = of.Partners.RegionParty }))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await world.Officer.Act(path, "\"2\"", new { partyId = of.Partners.AssociationParty }))
            .Refuses(HttpStatusCode.Forbidden, "partnership.not-a-party");
        var accepted = (await world.Officer.Act(path, "\"2\"", new { partyId = of.Partners.RegionParty })).Is(HttpStatusCode.OK);
        Assert.Equal([true, false], Accepted(accepted));
        (await world.Officer.Act(path, "\"2\"", new { partyId = of.Partners.RegionParty }))
            .Refuses(HttpStatusCode.Conflict, "roles.already-accepted");
        (await of.Write(world.AssociationOfficer, "roles", "Frälsningsarmén gör allt.")).Is(HttpStatusCode.OK);
        var shown = await of.Shown();
        Assert.Equal([false, false], Accepted(shown));

        bool[] Accepted(Reply shown) => [.. shown.Body.GetProperty("parts").GetProperty("roleAcceptances").EnumerateArray()
            .OrderByDescending(one => one.GetProperty("partyId").GetGuid() == of.Partners.RegionParty)
            .Select(one => one.GetProperty("accepted").GetBoolean())];
    }

    [Fact]
    public async Task A_section_that_drifts_is_kept_and_says_where_and_why()
    {
        var of = await world.Written();
        var written = (await of.Write(world.Officer, "interventions", "Stöd ges. Vid försening utgår vite."))
            .Is(HttpStatusCode.OK);
        var warning = written.Body.GetProperty("warnings")[0];
        Assert.Equal(("sanction", "vite", 30), (warning.GetProperty("kind").GetString(), warning.GetProperty("found").GetString(),
            warning.GetProperty("start").GetInt32()));
        Assert.NotEqual("drift.sanction", warning.GetProperty("why").GetString());
        Assert.Contains((await of.Shown()).Body.GetProperty("sections").EnumerateArray(),
            section => section.GetProperty("warnings").GetArrayLength() == 1);
    }

    private static object Activity(Case of, Guid bookedBy) => new
    {
        name = "Samtalscenter", description = "Minst 12 samtal per vecka.", bookedBy,
        partyIds = new[] { of.Partners.RegionParty, of.Partners.AssociationParty }, fromOn = "2026-04-01",
        targetGroup = "Barn från 4 år",
    };

    private async Task<Reply> Goal(Case of, object goal) =>
        (await world.Officer.Create($"{of.Path}/goals", goal)).Is(HttpStatusCode.Created);
}
