using System.Net;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;
using Npgsql;

namespace Iop.Agreements.Tests;

/// <summary>A signatory says no; the text becomes a draft again by an act of its own; what was signed stays and counts no
/// more.</summary>
[Collection(nameof(Signed))]
public sealed class DecliningTests(AgreementsWorld world)
{
    [Fact]
    public async Task A_declined_version_is_signed_by_nobody()
    {
        var of = await world.Opened(associationSignatures: 2);
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        var declined = await Decline(of, world.AssociationSignatory);
        declined.Is(HttpStatusCode.OK);
        Assert.Equal("redrafting",
            Assert.Single(declined.Body.GetProperty("awaits").EnumerateArray()).GetProperty("what").GetString());
        (await of.Sign(world.AssociationSignatory)).Refuses(HttpStatusCode.Conflict, "signing.declined");
        (await Decline(of, world.AssociationSignatory)).Refuses(HttpStatusCode.Conflict, "signing.declined");
        Assert.Equal("open-for-signature", await of.State());
        var shown = (await world.Officer.Get($"{of.Path}/signing")).Body.GetProperty("declined");
        Assert.Equal(("Frälsningsarmén", "Målen är för låga."),
            (shown.GetProperty("partyName").GetString(), shown.GetProperty("reason").GetString()));
        var told = Assert.Single(await world.Announced<AgreementVersionDeclined>(), fact => fact.AgreementId == of.Id);
        Assert.Equal((of.Partners.AssociationParty, "Målen är för låga."), (told.PartyId, told.Reason));
    }

    [Fact]
    public async Task The_text_is_redrafted_opened_anew_and_signed_from_the_beginning()
    {
        var of = await world.Opened();
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        var first = await of.VersionHash();
        (await Redraft(of, world.Officer)).Refuses(HttpStatusCode.Conflict, "signing.not-declined");
        (await Decline(of, world.AssociationSignatory)).Is(HttpStatusCode.OK);
        (await Redraft(of, world.Signatory)).Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await of.Write(world.Officer, "goals", "Högre mål.")).Refuses(HttpStatusCode.Conflict, "agreement.not-a-draft");
        var redrafted = (await Redraft(of, world.Officer)).Is(HttpStatusCode.OK).Body;
        Assert.Equal("assessment", redrafted.GetProperty("state").GetString());
        Assert.Equal(0, redrafted.GetProperty("signatures").GetArrayLength());
        Assert.Single(await world.Announced<AgreementRedrafted>(), fact => fact.AgreementId == of.Id);
        (await Redraft(of, world.Officer)).Refuses(HttpStatusCode.Conflict, "agreement.not-now");
        (await of.Write(world.Officer, "goals", "Högre mål.")).Is(HttpStatusCode.OK);
        (await of.Approve()).Is(HttpStatusCode.OK);
        (await of.Open()).Is(HttpStatusCode.OK);
        var second = await of.VersionHash();
        Assert.NotEqual(first, second);
        (await world.AssociationSignatory.Act($"{of.Path}/signatures", $"\"{first}\"", AgreementsWorld.Mandate))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await of.Sign(world.AssociationSignatory)).Is(HttpStatusCode.OK);
        Assert.Equal("open-for-signature", await of.State());
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        Assert.Equal("signed", await of.State());

        var versions = (await world.Officer.Get($"{of.Path}/versions")).Is(HttpStatusCode.OK).Body.GetProperty("items")
            .EnumerateArray()
            .Select(version => (version.GetProperty("number").GetInt32(), version.GetProperty("hash").GetString(),
                version.GetProperty("signatures").GetInt32(), version.GetProperty("declinedBecause").GetString(),
                version.GetProperty("current").GetBoolean()));
        Assert.Equal([(2, second, 2, null, true), (1, first, 1, "Målen är för låga.", false)], versions);
        Assert.Equal(first,
            (await world.Officer.Get($"{of.Path}/versions/{second}")).Body.GetProperty("previousHash").GetString());
    }

    [Fact]
    public async Task One_declines_what_one_saw_before_one_has_signed_and_only_for_ones_own()
    {
        var of = await world.Opened(associationSignatures: 2);
        (await Decline(of, world.AssociationSignatory, reason: " ")).Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await world.AssociationSignatory.Act($"{of.Path}/declines", null, new { reason = "Nej" }))
            .Refuses(HttpStatusCode.PreconditionRequired, "request.version-missing");
        (await world.AssociationSignatory.Act($"{of.Path}/declines", $"\"{new string('a', 64)}\"", new { reason = "Nej" }))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await Decline(of, world.AssociationOfficer)).Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await world.Signatory.Act($"{of.Path}/declines", $"\"{await of.VersionHash()}\"",
            new { reason = "Nej", partyId = of.Partners.AssociationParty }))
            .Refuses(HttpStatusCode.Forbidden, "partnership.not-a-party");
        var one = Callers.Of(world.Association, Roles.Signatory);
        (await of.Sign(world.As(one))).Is(HttpStatusCode.OK);
        (await Decline(of, world.As(one))).Refuses(HttpStatusCode.Conflict, "agreement.already-signed");
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        (await Decline(of, world.Signatory)).Refuses(HttpStatusCode.Conflict, "agreement.party-has-signed");
        (await Decline(of, world.AssociationSignatory)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_need_not_wait_for_ones_turn_to_say_no_nor_can_a_draft_be_declined()
    {
        var of = await world.Approved();
        (await Decline(of, world.AssociationSignatory, tag: (await of.Shown()).Tag))
            .Refuses(HttpStatusCode.Conflict, "agreement.not-open-for-signature");
        (await world.Officer.Put($"{of.Path}/signing-order", (await of.Shown()).Tag, new
        {
            turns = new[] { new { partyId = of.Partners.RegionParty, turn = 1 },
                new { partyId = of.Partners.AssociationParty, turn = 2 } },
        })).Is(HttpStatusCode.OK);
        (await of.Open()).Is(HttpStatusCode.OK);
        (await Decline(of, world.AssociationSignatory)).Is(HttpStatusCode.OK);
        (await of.Sign(world.Signatory)).Refuses(HttpStatusCode.Conflict, "signing.declined");
    }

    [Fact]
    public async Task A_declined_agreement_can_be_withdrawn_instead()
    {
        var of = await world.Opened();
        (await Decline(of, world.AssociationSignatory)).Is(HttpStatusCode.OK);
        (await world.Officer.Act($"{of.Path}/withdrawal", (await of.Shown()).Tag, new { reason = "Vi kom inte överens." }))
            .Is(HttpStatusCode.OK);
        Assert.Equal("withdrawn", await of.State());
    }

    [Fact]
    public async Task Signing_and_declining_at_once_end_in_one_of_them()
    {
        var of = await world.Opened();
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        var hash = $"\"{await of.VersionHash()}\"";
        var (signed, declined) = (world.AssociationSignatory.Act($"{of.Path}/signatures", hash, AgreementsWorld.Mandate),
            world.AssociationSignatory.Act($"{of.Path}/declines", hash, new { reason = "Nej" }));
        var replies = await Task.WhenAll(signed, declined);
        Assert.Single(replies, reply => reply.Status == HttpStatusCode.OK);
        Assert.Equal(replies[0].Status == HttpStatusCode.OK ? "signed" : "open-for-signature", await of.State());
    }

    [Fact]
    public async Task Sql_as_the_applications_login_cannot_sign_a_declined_version_nor_redraft_another()
    {
        var (of, open) = (await world.Opened(), await world.Opened());
        await Refused($"UPDATE agreement SET state = 'Assessment', working = 'Assessment', version_hash = NULL WHERE agreement_id = '{open.Id}'");
        await Refused(No(open, await open.VersionHash(), Guid.NewGuid()));
        (await Decline(of, world.AssociationSignatory)).Is(HttpStatusCode.OK);
        await Refused($"""
            INSERT INTO signature (signature_id, agreement_id, partnership_id, version_hash, number, party_id, organisation, person, basis, decided_on, signed_at, previous, seal)
            VALUES (gen_random_uuid(), '{of.Id}', '{of.Partners.Id}', '{await of.VersionHash()}', 1, '{of.Partners.RegionParty}', '{world.Region}', '{Someone}', 'Board', '2026-01-01', now(), 'p', 's')
            """);
        await Refused($"UPDATE agreement SET state = 'Signed' WHERE agreement_id = '{of.Id}'");
        await Refused($"UPDATE decline SET reason = 'x' WHERE agreement_id = '{of.Id}'",
            PostgresErrorCodes.InsufficientPrivilege);
        await Refused($"DELETE FROM decline WHERE agreement_id = '{of.Id}'", PostgresErrorCodes.InsufficientPrivilege);
    }

    private static readonly Guid Someone = Guid.NewGuid();

    private static string No(Case of, string hash, Guid person) => $"""
        INSERT INTO decline (agreement_id, version_hash, partnership_id, party_id, organisation, person, reason, declined_at)
        SELECT '{of.Id}', '{hash}', '{of.Partners.Id}', party_id, organisation, '{person}', 'x', now() FROM party WHERE party_id = '{of.Partners.RegionParty}'
        """;

    private async Task Refused(string sql, string state = PostgresErrorCodes.CheckViolation)
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
        Assert.Equal(state, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
    }

    private static async Task<Reply> Decline(Case of, CallerClient by, string reason = "Målen är för låga.",
        string? tag = null) =>
        await by.Act($"{of.Path}/declines", tag ?? $"\"{await of.VersionHash()}\"", new { reason });

    private static async Task<Reply> Redraft(Case of, CallerClient by) =>
        await by.Act($"{of.Path}/redrafting", (await of.Shown()).Tag);
}
