using System.Net;
using System.Text.Json;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;
using Npgsql;

namespace Iop.Agreements.Tests;

/// <summary>In what order parties sign, and who must have read the text first.</summary>
[Collection(nameof(Joined))]
public sealed class CirculatingTests(AgreementsWorld world)
{
    [Fact]
    public async Task The_parties_sign_one_after_another_and_whoever_is_early_hears_who_is_next()
    {
        var of = await world.Approved(associationSignatures: 2);
        (await Order(of, (of.Partners.AssociationParty, 1), (of.Partners.RegionParty, 2))).Is(HttpStatusCode.OK);
        (await of.Open()).Is(HttpStatusCode.OK);
        var early = (await of.Sign(world.Signatory)).Refuses(HttpStatusCode.Conflict, "signing.not-your-turn");
        Assert.Equal("Frälsningsarmén", early.Body.GetProperty("arguments").GetProperty("next").GetString());
        Assert.Equal(["now", "waiting"], await States(of));
        (await of.Sign(world.AssociationSignatory)).Is(HttpStatusCode.OK);
        (await of.Sign(world.Signatory)).Refuses(HttpStatusCode.Conflict, "signing.not-your-turn");
        (await of.Sign(world.As(Callers.Of(world.Association, Roles.Signatory)))).Is(HttpStatusCode.OK);
        Assert.Equal(["signed", "now"], await States(of));
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        Assert.Equal("signed", await of.State());
        var told = (await world.Announced<SigningOpenedToParty>()).Where(fact => fact.AgreementId == of.Id).ToList();
        Assert.Equal([of.Partners.AssociationParty, of.Partners.RegionParty], told.Select(fact => fact.PartyId));
    }

    [Fact]
    public async Task The_order_is_part_of_what_is_opened_and_changes_no_approval()
    {
        var of = await world.Approved();
        (await Order(of, (of.Partners.RegionParty, 1), (of.Partners.AssociationParty, 2))).Is(HttpStatusCode.OK);
        Assert.Equal("approved", (await of.Assessment()).GetProperty("state").GetString());
        (await of.Open()).Is(HttpStatusCode.OK);
        var signing = (await world.Officer.Get($"{of.Path}/versions/{await of.VersionHash()}")).Body.GetProperty("signing");
        Assert.Equal("sequence", signing.GetProperty("order").GetString());
        Assert.Equal([of.Partners.RegionParty, of.Partners.AssociationParty],
            signing.GetProperty("turns").EnumerateArray().Select(turn => turn.GetProperty("partyId").GetGuid()));
        (await Order(of)).Refuses(HttpStatusCode.Conflict, "agreement.not-a-draft");
    }

    [Fact]
    public async Task Every_party_has_its_place_in_the_order_or_nobody_has()
    {
        var of = await world.Approved();
        (await Order(of, (of.Partners.RegionParty, 1))).Refuses(HttpStatusCode.Conflict, "signing.order-incomplete");
        (await Order(of, (Guid.NewGuid(), 1))).Refuses(HttpStatusCode.Conflict, "agreement.unknown-party");
        var twice = (await Order(of, (of.Partners.RegionParty, 1), (of.Partners.RegionParty, 0)))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Equal(["signing.party-twice", "field.out-of-range"], twice.Body.GetProperty("errors").EnumerateArray()
            .Select(error => error.GetProperty("code").GetString()));
        (await Order(of, (of.Partners.RegionParty, 1), (of.Partners.AssociationParty, 2))).Is(HttpStatusCode.OK);
        (await world.Officer.Create($"/agreements/v1/partnerships/{of.Partners.Id}/parties",
            new { organisationId = world.Elsewhere, requiredSignatures = 1 })).Is(HttpStatusCode.Created);
        var newcomer = (await of.Shown()).Body.GetProperty("parties").EnumerateArray()
            .Single(party => party.GetProperty("organisationId").GetGuid() == world.Elsewhere).GetProperty("id").GetGuid();
        (await world.As(Callers.Of(world.Elsewhere, Roles.Officer)).Create($"{of.Path}/contributions",
            new { partyId = newcomer, kind = "trust", description = "Förtroende" })).Is(HttpStatusCode.Created);
        (await of.Approve()).Is(HttpStatusCode.OK);
        (await of.Open()).Refuses(HttpStatusCode.Conflict, "signing.order-incomplete");
        (await Order(of)).Is(HttpStatusCode.OK);
        (await of.Open()).Is(HttpStatusCode.OK);
        Assert.Equal(["now", "now", "now"], await States(of));
    }

    [Fact]
    public async Task A_party_signs_when_its_reviewers_have_read_and_not_before()
    {
        var of = await world.Approved();
        var person = Guid.NewGuid();
        await world.Named(person, "Lena Ek", world.Region);
        var lena = world.As(new Caller(person, world.Region, null, new HashSet<string> { Roles.Reader }));
        (await Reviewers(of, new { personId = person }, new { role = "legal" })).Is(HttpStatusCode.OK);
        (await of.Open()).Is(HttpStatusCode.OK);
        Assert.Equal(2, (await world.Announced<VersionReviewAsked>()).Single(fact => fact.AgreementId == of.Id).Reviewers.Count);
        (await of.Sign(world.Signatory)).Refuses(HttpStatusCode.Conflict, "signing.reviewers-missing");
        (await of.Sign(world.AssociationSignatory)).Is(HttpStatusCode.OK); // their circulation is their own affair
        Assert.Contains((await of.Shown()).Body.GetProperty("awaits").EnumerateArray(),
            awaited => awaited.GetProperty("what").GetString() == "review" && awaited.GetProperty("count").GetInt32() == 2);
        (await Look(of, lena, "Bra.")).Is(HttpStatusCode.OK);
        (await of.Sign(world.Signatory)).Refuses(HttpStatusCode.Conflict, "signing.reviewers-missing");
        (await Look(of, world.Lawyer)).Is(HttpStatusCode.OK);
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        Assert.Equal("signed", await of.State());
        Assert.Equal(2, (await world.Announced<VersionReviewed>()).Count(fact => fact.AgreementId == of.Id));
        Assert.Contains((await world.Announced<SigningOpenedToParty>()).Where(fact => fact.AgreementId == of.Id),
            fact => fact.PartyId == of.Partners.RegionParty);
    }

    [Fact]
    public async Task A_reviewer_who_cannot_come_is_released_with_a_reason_that_stays()
    {
        var of = await world.Approved();
        (await Reviewers(of, new { role = "controller" })).Is(HttpStatusCode.OK);
        var reviewer = (await Signing(of)).GetProperty("parties").EnumerateArray()
            .Single(party => party.GetProperty("mine").GetBoolean()).GetProperty("reviewers")[0].GetProperty("id").GetGuid();
        var path = $"{of.Path}/reviewers/{reviewer}/release";
        (await world.Officer.Act(path, (await of.Shown()).Tag, new { reason = "Sjuk" }))
            .Refuses(HttpStatusCode.Conflict, "agreement.not-open-for-signature");
        (await of.Open()).Is(HttpStatusCode.OK);
        var tag = $"\"{await of.VersionHash()}\"";
        (await world.AssociationOfficer.Act(path, tag, new { reason = "Sjuk" }))
            .Refuses(HttpStatusCode.Forbidden, "partnership.not-a-party");
        (await world.Lawyer.Act(path, tag, new { reason = "Sjuk" })).Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await world.Officer.Act(path, tag, new { reason = " " })).Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Officer.Act(path, tag, new { reason = "Sjuk" })).Is(HttpStatusCode.OK);
        (await world.Officer.Act(path, tag, new { reason = "Sjuk" }))
            .Refuses(HttpStatusCode.Conflict, "signing.reviewer-has-passed");
        (await world.Officer.Act($"{of.Path}/reviewers/{Guid.NewGuid()}/release", tag, new { reason = "Sjuk" }))
            .Is(HttpStatusCode.NotFound);
        var shown = (await Signing(of)).GetProperty("parties").EnumerateArray()
            .Single(party => party.GetProperty("mine").GetBoolean()).GetProperty("reviewers")[0];
        Assert.Equal("Sjuk", shown.GetProperty("releasedBecause").GetString());
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Reviewers_are_ones_own_and_known()
    {
        var of = await world.Approved();
        (await Reviewers(of, new { personId = Guid.NewGuid() })).Refuses(HttpStatusCode.Conflict, "signing.unknown-reviewer");
        var wrong = (await Reviewers(of, new { role = "chef" }, new { }, new { }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Equal(["signing.reviewer-twice", "field.not-one-of", "signing.person-or-role", "signing.person-or-role"],
            wrong.Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString()));
        (await world.AssociationOfficer.Put($"{of.Path}/parties/{of.Partners.RegionParty}/reviewers", (await of.Shown()).Tag,
            new { reviewers = new[] { new { role = "legal" } } })).Refuses(HttpStatusCode.Forbidden, "partnership.not-a-party");
        (await Reviewers(of, new { role = "legal" })).Is(HttpStatusCode.OK);
        (await Reviewers(of)).Is(HttpStatusCode.OK);
        (await Reviewers(of, new { role = "legal" })).Is(HttpStatusCode.OK);
        var theirs = (await world.AssociationOfficer.Get($"{of.Path}/signing")).Is(HttpStatusCode.OK).Body;
        Assert.All(theirs.GetProperty("parties").EnumerateArray().Where(party => !party.GetProperty("mine").GetBoolean()),
            party => Assert.Equal(JsonValueKind.Null, party.GetProperty("reviewers").ValueKind));
        (await of.Open()).Is(HttpStatusCode.OK);
        (await Reviewers(of)).Refuses(HttpStatusCode.Conflict, "agreement.not-a-draft");
    }

    [Fact]
    public async Task What_one_has_read_is_remembered_for_oneself_and_ones_own_organisation()
    {
        var of = await world.Written();
        var anna = world.As(Callers.Of(world.Association, Roles.Signatory));
        var seen = (await anna.Get(of.Path)).Tag;
        (await anna.Act($"{of.Path}/looks", seen, new { comment = "Målen är otydliga." })).Is(HttpStatusCode.OK);
        (await anna.Act($"{of.Path}/looks", seen, new { })).Refuses(HttpStatusCode.Conflict, "signing.looked-already");
        (await of.Write(world.Officer, "goals", "Tydliga mål.")).Is(HttpStatusCode.OK);
        (await anna.Act($"{of.Path}/looks", seen, new { })).Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        var mine = (await anna.Get($"{of.Path}/signing")).Is(HttpStatusCode.OK).Body;
        var last = mine.GetProperty("lastLook").GetProperty("hash").GetString();
        Assert.False(mine.GetProperty("lookIsNoted").GetBoolean());
        var difference = (await anna.Get($"{of.Path}/versions/{last}/difference/current")).Is(HttpStatusCode.OK).Body;
        var section = Assert.Single(difference.GetProperty("parts").EnumerateArray());
        Assert.Equal("goals", Assert.Single(section.GetProperty("items").EnumerateArray()).GetProperty("key").GetString());
        Assert.Equal(0, (await world.Officer.Get($"{of.Path}/signing")).Body.GetProperty("looks").GetArrayLength());
        (await world.Officer.Get($"{of.Path}/versions/{last}/difference/current")).Is(HttpStatusCode.NotFound);
        (await world.Stranger.Act($"{of.Path}/looks", seen, new { })).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Sql_as_the_applications_login_cannot_sign_out_of_turn_or_unread()
    {
        var of = await world.Approved();
        (await Order(of, (of.Partners.AssociationParty, 1), (of.Partners.RegionParty, 2))).Is(HttpStatusCode.OK);
        (await Reviewers(of, new { role = "legal" })).Is(HttpStatusCode.OK);
        (await of.Open()).Is(HttpStatusCode.OK);
        await Refused(Signature(of, await of.VersionHash()), "another party signs first");
        (await of.Sign(world.AssociationSignatory)).Is(HttpStatusCode.OK);
        await Refused(Signature(of, await of.VersionHash()), "reviewers have yet to look");
        await Refused($"DELETE FROM signing_turn WHERE agreement_id = '{of.Id}'", "the text is fixed");
        await Refused($"DELETE FROM signing_reviewer WHERE agreement_id = '{of.Id}'", "the text is fixed");
        await Refused($"UPDATE signing_reviewer SET passed_hash = 'x', passed_by = '{Someone}', passed_at = now() WHERE agreement_id = '{of.Id}'",
            "not open");
        await Refused($"UPDATE signing_reviewer SET passed_hash = '{await of.VersionHash()}', passed_by = gen_random_uuid(), passed_at = now() WHERE agreement_id = '{of.Id}'",
            "nobody looks for another");
        await Refused($"INSERT INTO signing_reviewer (reviewer_id, agreement_id, partnership_id, party_id, organisation, role) VALUES (gen_random_uuid(), '{of.Id}', '{of.Partners.Id}', '{of.Partners.AssociationParty}', '{world.Association}', 'legal')",
            "the text is fixed");
    }

    private static readonly Guid Someone = Guid.NewGuid();

    private async Task Refused(string sql, string why)
    {
        await using var connection =
            new NpgsqlConnection(world.Database.ConnectionStringFor("agreements_app", ServiceDatabase.Password));
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(
            $"""
             SELECT set_config('iop.org', '{world.Region}', true), set_config('iop.person', '{Someone}', true),
                    set_config('iop.today', '2026-03-02', true);
             {sql}
             """, connection, transaction);
        var trouble = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
        Assert.Contains(why, trouble.MessageText, StringComparison.Ordinal);
    }

    private string Signature(Case of, string hash) => $"""
        INSERT INTO signature (signature_id, agreement_id, partnership_id, version_hash, number, party_id, organisation, person, basis, decided_on, signed_at, previous, seal)
        VALUES (gen_random_uuid(), '{of.Id}', '{of.Partners.Id}', '{hash}', 9, '{of.Partners.RegionParty}', '{world.Region}', '{Someone}', 'Board', '2026-01-01', now(), 'p', 's')
        """;

    private async Task<JsonElement> Signing(Case of) =>
        (await world.Officer.Get($"{of.Path}/signing")).Is(HttpStatusCode.OK).Body;

    private async Task<IEnumerable<string?>> States(Case of) =>
        (await Signing(of)).GetProperty("parties").EnumerateArray().Select(party => party.GetProperty("state").GetString());

    private async Task<Reply> Order(Case of, params (Guid Party, int Turn)[] turns) =>
        await world.Officer.Put($"{of.Path}/signing-order", (await of.Shown()).Tag,
            new { turns = turns.Select(turn => new { partyId = turn.Party, turn = turn.Turn }) });

    private async Task<Reply> Reviewers(Case of, params object[] reviewers) =>
        await world.Officer.Put($"{of.Path}/parties/{of.Partners.RegionParty}/reviewers", (await of.Shown()).Tag,
            new { reviewers });

    private static async Task<Reply> Look(Case of, CallerClient by, string? comment = null) =>
        await by.Act($"{of.Path}/looks", $"\"{await of.VersionHash()}\"", new { comment });
}
