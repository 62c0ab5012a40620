using System.Net;
using Iop.TestKit;
using Npgsql;

namespace Iop.Agreements.Tests;

/// <summary>No way to signature with an open, voided or blocking test: not by the API, and not by SQL as the application's
/// login.</summary>
[Collection(nameof(Joined))]
public sealed class GateTests(AgreementsWorld world)
{
    [Fact]
    public async Task An_open_assessment_keeps_the_agreement_closed()
    {
        var of = await world.Written();
        (await of.Open()).Refuses(HttpStatusCode.Conflict, "assessment.open");
        (await of.Approve()).Refuses(HttpStatusCode.Conflict, "assessment.open");
        (await of.Answer("def-parties", "yes", "\"0\"")).Is(HttpStatusCode.OK);
        (await of.Open()).Refuses(HttpStatusCode.Conflict, "assessment.open");
    }

    [Fact]
    public async Task Without_the_public_partys_approval_it_stays_closed()
    {
        var of = await world.Assessed();
        (await of.Open()).Refuses(HttpStatusCode.Conflict, "assessment.not-approved");
        (await of.Approve(world.As(Callers.Of(world.Association, "legal"))))
            .Refuses(HttpStatusCode.Forbidden, "assessment.only-public-parties-approve");
        (await of.Approve(world.Officer)).Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await of.Approve()).Is(HttpStatusCode.OK);
        (await of.Approve()).Refuses(HttpStatusCode.Conflict, "assessment.already-approved");
        (await of.Open()).Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("section")]
    [InlineData("answer")]
    [InlineData("contribution")]
    [InlineData("frame")]
    public async Task A_later_edit_voids_the_approval(string what)
    {
        var of = await world.Approved();
        var shown = await of.Shown();
        _ = what switch
        {
            "section" => (await of.Write(world.AssociationOfficer, "goals", "Andra mål.")).Is(HttpStatusCode.OK),
            "answer" => (await of.Answer("pc-before", "yes", "\"1\"")).Is(HttpStatusCode.OK),
            "frame" =>
                (await world.Officer.Put($"{of.Path}/frame", shown.Tag,
                new { title = "Ny titel", startsOn = "2026-04-01", autoRenews = false })).Is(HttpStatusCode.OK),
            _ => (await world.Officer.Create($"{of.Path}/contributions",
                new { partyId = of.Partners.RegionParty, kind = "premises", description = "Lokal" })).Is(HttpStatusCode.Created),
        };
        Assert.Equal("voided", (await of.Assessment()).GetProperty("state").GetString());
        (await of.Open()).Refuses(HttpStatusCode.Conflict, "assessment.approval-voided");
        (await of.Approve()).Is(HttpStatusCode.OK);
        (await of.Open()).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_newcomer_among_the_parties_voids_the_approval_and_must_contribute()
    {
        var of = await world.Approved();
        (await world.Officer.Create($"/agreements/v1/partnerships/{of.Partners.Id}/parties",
            new { organisationId = world.Elsewhere, requiredSignatures = 1 })).Is(HttpStatusCode.Created);
        Assert.Equal(3, (await of.Shown()).Body.GetProperty("parties").GetArrayLength());
        (await of.Open()).Refuses(HttpStatusCode.Conflict, "agreement.incomplete");
        Assert.Equal("voided", (await of.Assessment()).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("public-contract", "pc-obligations", "yes")]
    [InlineData("unlawful-aid", "sa-advantage", "yes")]
    [InlineData("not-an-iop", "def-purpose", "no")]
    [InlineData("beyond-powers", "ml-not-individual", "no")]
    public async Task A_blocking_outcome_cannot_be_approved_or_opened_and_says_why(string outcome, string question, string answer)
    {
        var of = await world.Written();
        await of.AnswerAll((question, answer));
        var assessment = await of.Assessment();
        Assert.Equal("blocked", assessment.GetProperty("state").GetString());
        Assert.Equal(outcome, assessment.GetProperty("outcome").GetProperty("code").GetString());
        Assert.NotEqual($"outcome.{outcome}", assessment.GetProperty("outcome").GetProperty("why").GetString());
        (await of.Approve()).Refuses(HttpStatusCode.Conflict, "assessment.blocks");
        (await of.Open()).Refuses(HttpStatusCode.Conflict, "assessment.blocks");
    }

    [Fact]
    public async Task Aid_that_is_compatible_on_a_stated_ground_passes()
    {
        var of = await world.Written();
        await of.AnswerAll(("sa-advantage", "yes"), ("sa-compatible", "yes"));
        Assert.Equal("may-be-iop-with-aid", (await of.Assessment()).GetProperty("outcome").GetProperty("code").GetString());
        (await of.Approve()).Is(HttpStatusCode.OK);
        (await of.Open()).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_incomplete_draft_is_not_opened_and_required_sections_cannot_be_set_aside()
    {
        var of = await world.Approved();
        (await world.Officer.Put($"{of.Path}/sections/surplus", "\"2\"", new { notNeededReason = "Inget överskott." }))
            .Refuses(HttpStatusCode.Conflict, "agreement.section-required");
        (await of.Write(world.Officer, "surplus", "")).Is(HttpStatusCode.OK);
        (await of.Open()).Refuses(HttpStatusCode.Conflict, "agreement.incomplete");
        (await world.Officer.Put($"{of.Path}/sections/vision", "\"1\"", new { notNeededReason = "Står i målen." }))
            .Is(HttpStatusCode.OK);
        var sections = (await of.Shown()).Body.GetProperty("sections").EnumerateArray()
            .ToDictionary(one => one.GetProperty("key").GetString()!, one => one.GetProperty("status").GetString());
        Assert.Equal(("missing", "not-needed"), (sections["surplus"], sections["vision"]));
    }

    [Fact]
    public async Task Sql_as_the_applications_login_gets_no_further()
    {
        var (assessed, written) = (await world.Assessed(), await world.Written());
        var blocked = await world.Written();
        await blocked.AnswerAll(("pc-obligations", "yes"));
        // No version without approval; no forged approval of an open or blocking assessment, or in another's name.
        await Refused(Version(assessed));
        await Refused(Version(written));
        await Refused(ApprovalOf(written, world.Region));
        await Refused(ApprovalOf(blocked, world.Region));
        await Refused(ApprovalOf(assessed, world.Association));
        // No signature without an opened version, no state without what it needs.
        await Refused(Signature(assessed, new string('a', 64)));
        await Refused($"UPDATE agreement SET state = 'OpenForSignature' WHERE agreement_id = '{assessed.Id}'");
        await Refused($"UPDATE agreement SET state = 'Signed' WHERE agreement_id = '{assessed.Id}'");
        // What the database would take is a true approval, voided by any later edit.
        (await assessed.Approve()).Is(HttpStatusCode.OK);
        await Refused(
            $"UPDATE section SET text = 'Annat' WHERE agreement_id = '{assessed.Id}' AND key = 'goals'; {Version(assessed)}");
    }

    [Fact]
    public async Task An_opened_version_cannot_be_changed_by_sql_either()
    {
        var of = await world.Opened();
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        await Refused($"UPDATE section SET text = 'Annat' WHERE agreement_id = '{of.Id}'");
        await Refused($"DELETE FROM contribution WHERE agreement_id = '{of.Id}'");
        await Refused($"UPDATE legal_answer SET reply = 'No' WHERE agreement_id = '{of.Id}'");
        await Refused($"UPDATE agreement SET title = 'Annat' WHERE agreement_id = '{of.Id}'");
        await Refused($"UPDATE agreement SET state = 'Draft' WHERE agreement_id = '{of.Id}'");
        await Refused($"UPDATE agreement SET state = 'Signed' WHERE agreement_id = '{of.Id}'");
        await Refused($"UPDATE agreement_version SET number = 2 WHERE agreement_id = '{of.Id}'",
            PostgresErrorCodes.InsufficientPrivilege);
        await Refused($"DELETE FROM agreement_version WHERE agreement_id = '{of.Id}'", PostgresErrorCodes.InsufficientPrivilege);
        await Refused($"UPDATE signature SET seal = 'x' WHERE agreement_id = '{of.Id}'",
            PostgresErrorCodes.InsufficientPrivilege);
        await Refused($"DELETE FROM signature WHERE agreement_id = '{of.Id}'", PostgresErrorCodes.InsufficientPrivilege);
        await Refused($"DELETE FROM approval WHERE agreement_id = '{of.Id}'", PostgresErrorCodes.InsufficientPrivilege);
        // Nobody signs in another party's name, and the party that has signed needs no more.
        await Refused(Signature(of, await of.VersionHash()));
        await using var system = await world.AsSystem.OpenConnectionAsync();
        await using var delete = new NpgsqlCommand($"DELETE FROM signature WHERE agreement_id = '{of.Id}'", system);
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege,
            (await Assert.ThrowsAsync<PostgresException>(() => delete.ExecuteNonQueryAsync())).SqlState);
    }

    private async Task Refused(string sql, string state = PostgresErrorCodes.CheckViolation)
    {
        await using var connection =
            new NpgsqlConnection(world.Database.ConnectionStringFor("agreements_app", ServiceDatabase.Password));
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var caller = new NpgsqlCommand(
            $"""
             SELECT set_config('iop.org', '{world.Region}', true), set_config('iop.person', '{Someone}', true),
                    set_config('iop.today', '2026-03-02', true)
             """,
            connection, transaction);
        await caller.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        var trouble = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
        Assert.Equal(state, trouble.SqlState);
    }

    private static readonly Guid Someone = Guid.NewGuid();

    private static string Version(Case of) => $"""
        INSERT INTO agreement_version (agreement_id, partnership_id, number, hash, assessed_hash, canonical, opened_by, opened_at)
        SELECT agreement_id, partnership_id, 1, encode(sha256(convert_to('x', 'UTF8')), 'hex'),
               coalesce((SELECT assessed_hash FROM approval a WHERE a.agreement_id = agreement.agreement_id), 'h'), convert_to('x', 'UTF8'), gen_random_uuid(), now()
        FROM agreement WHERE agreement_id = '{of.Id}'
        """;

    private static string ApprovalOf(Case of, Guid organisation) => $"""
        INSERT INTO approval (approval_id, agreement_id, partnership_id, organisation, person, assessed_hash, fingerprint, approved_at)
        VALUES (gen_random_uuid(), '{of.Id}', '{of.Partners.Id}', '{organisation}', '{Someone}', 'h', 'f', now())
        """;

    private string Signature(Case of, string hash) => $"""
        INSERT INTO signature (signature_id, agreement_id, partnership_id, version_hash, number, party_id, organisation, person, basis, decided_on, signed_at, previous, seal)
        VALUES (gen_random_uuid(), '{of.Id}', '{of.Partners.Id}', '{hash}', 9, '{of.Partners.RegionParty}', '{world.Region}', '{Someone}', 'Board', '2026-01-01', now(), 'p', 's')
        """;
}
