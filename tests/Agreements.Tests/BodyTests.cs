using System.Net;
using System.Text.Json;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

[Collection(nameof(DrawnUp))]
public sealed class BodyTests(AgreementsWorld world)
{
    private static string Bodies(Case of) => $"/agreements/v1/partnerships/{of.Partners.Id}/bodies";

    [Fact]
    public async Task A_body_of_the_agreement_has_members_with_deputies_and_somebody_who_links_it_to_another()
    {
        var of = await world.Written();
        var steering = await Formed(of, new
        {
            kind = "steering", name = "Styrgruppen", agreementId = of.Id, mandate = "Beslutar om verksamhetsplanen.",
            rhythm = new { everyWeeks = 2, forMonths = 6, thenEveryWeeks = 8 },
            handover = "Den som lämnar presenterar sin efterträdare.",
        });
        Assert.True(steering.Body.GetProperty("agreed").GetBoolean());
        Assert.Equal(8, steering.Body.GetProperty("rhythm").GetProperty("thenEveryWeeks").GetInt32());
        var operational = await Formed(of, new { kind = "operational", name = "Arbetsgruppen", agreementId = of.Id });
        var person = Guid.NewGuid();
        await world.Named(person, "Karin Ek", world.Region);
        var chair = (await world.Officer.Create($"{Bodies(of)}/{steering.Id}/members", new
        {
            role = "chair", fromOn = "2026-04-01", partyId = of.Partners.RegionParty, personId = person, linksTo = operational.Id,
        })).Is(HttpStatusCode.Created);
        Assert.Equal("Karin Ek", chair.Body.GetProperty("personName").GetString());
        var deputy = (await world.AssociationOfficer.Create($"{Bodies(of)}/{steering.Id}/members", new
        {
            role = "deputy", fromOn = "2026-04-01", partyId = of.Partners.AssociationParty, name = "Olle Berg",
            deputyFor = chair.Id,
        })).Is(HttpStatusCode.Created);
        (await world.Officer.Delete(operational.Location!, operational.Tag)).Refuses(HttpStatusCode.Conflict, "body.in-use");
        var left = (await world.Officer.Put(chair.Location!, chair.Tag,
            new { role = "chair", toOn = "2027-01-31", handover = "Allt lämnat till Olle Berg." })).Is(HttpStatusCode.OK);
        (await world.Officer.Delete(operational.Location!, operational.Tag)).Is(HttpStatusCode.OK);
        Assert.Equal("2027-01-31", left.Body.GetProperty("toOn").GetString());
        (await world.Officer.Put(chair.Location!, chair.Tag, new { role = "chair" }))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        Assert.Equal("Olle Berg", (await world.Officer.Get(deputy.Location!)).Is(HttpStatusCode.OK)
            .Body.GetProperty("personName").GetString());
        Assert.Equal(2, (await world.Officer.Get($"{Bodies(of)}/{steering.Id}")).Is(HttpStatusCode.OK)
            .Body.GetProperty("members").GetArrayLength());
        (await world.Officer.Delete($"{Bodies(of)}/{steering.Id}", steering.Tag)).Refuses(HttpStatusCode.Conflict, "body.in-use");
    }

    [Fact]
    public async Task The_own_sides_body_is_known_to_all_and_seen_into_by_its_side_alone()
    {
        var of = await world.Written();
        var ours = (await world.AssociationOfficer.Create(Bodies(of), new
        {
            kind = "idea-driven", name = "De idéburnas grupp", agreementId = of.Id, visibility = "own-side",
            ownerPartyId = of.Partners.AssociationParty,
        })).Is(HttpStatusCode.Created);
        var seat = (await world.AssociationOfficer.Create($"{Bodies(of)}/{ours.Id}/members",
            new { role = "member", fromOn = "2026-03-01", partyId = of.Partners.AssociationParty, name = "Olle Berg" }))
            .Is(HttpStatusCode.Created);
        (await world.Officer.Create($"{Bodies(of)}/{ours.Id}/members",
            new { role = "member", fromOn = "2026-03-01", partyId = of.Partners.RegionParty, name = "Karin Ek" }))
            .Refuses(HttpStatusCode.Forbidden, "body.not-for-you");
        (await world.Officer.Put($"{Bodies(of)}/{ours.Id}", ours.Tag, new { name = "Annat" }))
            .Refuses(HttpStatusCode.Forbidden, "body.not-for-you");
        (await world.Officer.Get(seat.Location!)).Is(HttpStatusCode.NotFound);
        var seen = (await world.Officer.Get($"{Bodies(of)}/{ours.Id}")).Is(HttpStatusCode.OK).Body;
        Assert.Equal("De idéburnas grupp", seen.GetProperty("name").GetString());
        Assert.False(seen.GetProperty("seenInto").GetBoolean());
        Assert.Empty(seen.GetProperty("members").EnumerateArray());
        Assert.Single((await world.AssociationOfficer.Get($"{Bodies(of)}/{ours.Id}")).Body.GetProperty("members")
            .EnumerateArray());
    }

    [Fact]
    public async Task Agreed_bodies_are_fixed_with_the_text_and_temporary_ones_are_formed_when_needed()
    {
        var of = await world.Written();
        var steering = await Formed(of, new { kind = "steering", name = "Styrgruppen", agreementId = of.Id });
        await of.AnswerAll();
        (await of.Approve()).Is(HttpStatusCode.OK);
        (await of.Open()).Is(HttpStatusCode.OK);
        (await world.Officer.Put(steering.Location!, steering.Tag, new { name = "Ledningsgruppen" }))
            .Refuses(HttpStatusCode.Conflict, "agreement.not-a-draft");
        (await world.Officer.Delete(steering.Location!, steering.Tag)).Refuses(HttpStatusCode.Conflict, "agreement.not-a-draft");
        (await world.Officer.Create(Bodies(of), new { kind = "operational", name = "Arbetsgruppen", agreementId = of.Id }))
            .Refuses(HttpStatusCode.Conflict, "agreement.not-a-draft");
        var group = await Formed(of, new
        {
            kind = "temporary", name = "Förhandlingsgruppen", agreementId = of.Id, endsOn = "2026-06-30",
        });
        (await world.Officer.Create($"{Bodies(of)}/{group.Id}/members",
            new { role = "member", fromOn = "2026-04-01", partyId = of.Partners.RegionParty, name = "Karin Ek" }))
            .Refuses(HttpStatusCode.Conflict, "body.mandate-needed");
        (await world.Officer.Create($"{Bodies(of)}/{group.Id}/members", new
        {
            role = "member", fromOn = "2026-04-01", partyId = of.Partners.RegionParty, name = "Karin Ek",
            mandate = "Till 500 000 kr.",
        })).Is(HttpStatusCode.Created);
        var strategic = await Formed(of, new { kind = "steering", name = "Strategisk grupp för alla boenden" });
        Assert.False(strategic.Body.GetProperty("agreed").GetBoolean());
        (await world.Officer.Put(strategic.Location!, strategic.Tag, new { name = "Strategiska gruppen" })).Is(HttpStatusCode.OK);
        await AsLogin.Refused(world, $"UPDATE body SET name = 'Annat' WHERE body_id = '{steering.Id}'");
        await AsLogin.Refused(world, $"DELETE FROM body WHERE body_id = '{steering.Id}'");
        await AsLogin.Refused(world, $"""
            INSERT INTO body (body_id, partnership_id, agreement_id, kind, name, visibility, version)
            VALUES (gen_random_uuid(), '{of.Partners.Id}', '{of.Id}', 'Steering', 'Ny', 'All', 1)
            """);
    }

    [Fact]
    public async Task An_item_is_referred_from_one_body_to_another_and_seen_where_it_lies()
    {
        var of = await world.Written();
        var own = (await world.AssociationOfficer.Create(Bodies(of), new
        {
            kind = "idea-driven", name = "De idéburnas grupp", agreementId = of.Id, visibility = "own-side",
            ownerPartyId = of.Partners.AssociationParty,
        })).Is(HttpStatusCode.Created);
        var steering = await Formed(of, new { kind = "steering", name = "Styrgruppen", agreementId = of.Id });
        var raised = (await world.AssociationOfficer.Create($"{Bodies(of)}/{own.Id}/items",
            new { title = "Ersättningen räcker inte" }))
            .Is(HttpStatusCode.Created);
        (await world.Officer.Get(raised.Location!)).Is(HttpStatusCode.NotFound);
        Assert.Empty((await world.Officer.Get($"{Bodies(of)}/{own.Id}/items")).Body.GetProperty("items").EnumerateArray());
        (await world.Officer.Create($"{Bodies(of)}/{own.Id}/items", new { title = "x" }))
            .Refuses(HttpStatusCode.Forbidden, "body.not-for-you");
        var onTheWay = new { toBodyId = steering.Id, reason = "Rör budgeten." };
        (await world.AssociationOfficer.Act($"{raised.Location}/referrals", "\"7\"", onTheWay))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await world.AssociationOfficer.Act($"{raised.Location}/referrals", raised.Tag, new { toBodyId = own.Id, reason = "x" }))
            .Refuses(HttpStatusCode.Conflict, "item.lies-there");
        (await world.AssociationOfficer.Act($"{raised.Location}/referrals", raised.Tag,
            new { toBodyId = Guid.NewGuid(), reason = "x" }))
            .Refuses(HttpStatusCode.Conflict, "body.unknown");
        (await world.AssociationOfficer.Act($"{raised.Location}/referrals", raised.Tag, onTheWay)).Is(HttpStatusCode.OK);
        // The steering group sees the item; why it came stays with those who sent it.
        var seen = (await world.Officer.Get(raised.Location!)).Is(HttpStatusCode.OK);
        Assert.Equal("Ersättningen räcker inte", seen.Body.GetProperty("title").GetString());
        Assert.Empty(seen.Body.GetProperty("steps").EnumerateArray());
        (await world.Officer.Act($"{raised.Location}/referrals", seen.Tag, new { toBodyId = own.Id, reason = "x" }))
            .Refuses(HttpStatusCode.Forbidden, "body.not-for-you");
        var closed = (await world.Officer.Act($"{raised.Location}/closure", seen.Tag, new { outcome = "Höjs till våren." }))
            .Is(HttpStatusCode.OK);
        (await world.Officer.Act($"{raised.Location}/closure", closed.Tag, new { outcome = "x" }))
            .Refuses(HttpStatusCode.Conflict, "item.closed");
        Assert.Equal(2, (await world.AssociationOfficer.Get(raised.Location!)).Body.GetProperty("steps").GetArrayLength());
        await AsLogin.Refused(world, $"UPDATE body_item SET state = 'Open' WHERE item_id = '{raised.Id}'");
        await AsLogin.Refused(world, $"DELETE FROM body_item_step WHERE item_id = '{raised.Id}'", "42501");
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { """{"kind":"steering","name":"x","visibility":"own-side"}""", "body.owner-when-not-for-all" },
        { """{"kind":"steering","name":"x","ownerPartyId":"REGION"}""", "body.owner-when-not-for-all" },
        { """{"kind":"idea-driven","name":"x","visibility":"own-side","ownerPartyId":"REGION"}""", "body.owner-of-another-side" },
        { """{"kind":"steering","name":"x","endsOn":"2026-12-31"}""", "body.only-temporary-ends" },
        { """{"kind":"steering","name":"x","agreementId":"00000000-0000-7000-8000-000000000009"}""", "body.unknown-agreement" },
        { """{"kind":"steering","name":"x","visibility":"own-side","ownerPartyId":"00000000-0000-7000-8000-000000000009"}""",
            "agreement.unknown-party" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_cannot_be_formed_is_refused_with_its_code(string body, string code)
    {
        var partners = await world.Partners();
        using var json = JsonDocument.Parse(body.Replace("REGION", partners.RegionParty.ToString(), StringComparison.Ordinal));
        (await world.Officer.Create($"/agreements/v1/partnerships/{partners.Id}/bodies", json.RootElement.Clone()))
            .Refuses(HttpStatusCode.Conflict, code);
    }

    [Fact]
    public async Task Seats_that_make_no_sense_are_refused()
    {
        var of = await world.Written();
        var body = await Formed(of, new { kind = "cooperation", name = "Samverkansgruppen" });
        var path = $"{Bodies(of)}/{body.Id}/members";
        var party = of.Partners.RegionParty;
        (await Seat(new { role = "member", fromOn = "2026-04-01", name = "x" }))
            .Refuses(HttpStatusCode.Conflict, "body.only-guests-from-outside");
        (await Seat(new { role = "deputy", fromOn = "2026-04-01", name = "x", partyId = party }))
            .Refuses(HttpStatusCode.Conflict, "body.deputy-for-whom");
        (await Seat(new { role = "deputy", fromOn = "2026-04-01", name = "x", partyId = party, deputyFor = Guid.NewGuid() }))
            .Refuses(HttpStatusCode.Conflict, "body.unknown-member");
        (await Seat(new { role = "member", fromOn = "2026-04-01", name = "x", partyId = party, linksTo = Guid.NewGuid() }))
            .Refuses(HttpStatusCode.Conflict, "body.unknown");
        (await Seat(new { role = "member", fromOn = "2026-04-01", name = "x", partyId = party, linksTo = body.Id }))
            .Refuses(HttpStatusCode.Conflict, "body.links-to-itself");
        (await Seat(new { role = "member", fromOn = "2026-04-01", toOn = "2026-03-01", name = "x", partyId = party }))
            .Refuses(HttpStatusCode.Conflict, "body.leaves-before-coming");
        (await Seat(new { role = "member", fromOn = "2026-04-01", personId = Guid.NewGuid(), partyId = party }))
            .Refuses(HttpStatusCode.Conflict, "body.unknown-person");
        (await Seat(new { role = "member", fromOn = "2026-04-01", partyId = party }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Officer.Create(Bodies(of),
            new { kind = "steering", name = "x", rhythm = new { everyWeeks = 2, forMonths = 3 } }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await Seat(new { role = "guest", fromOn = "2026-04-01", name = "Forskaren" })).Is(HttpStatusCode.Created);
        (await world.As(Callers.Of(world.Region, Roles.Reader))
            .Create(path, new { role = "guest", fromOn = "2026-04-01", name = "x" }))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");

        Task<Reply> Seat(object seat) => world.Officer.Create(path, seat);
    }

    private async Task<Reply> Formed(Case of, object body) =>
        (await world.Officer.Create(Bodies(of), body)).Is(HttpStatusCode.Created);
}
