using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.Platform.Sealing;
using Iop.TestKit;
using Npgsql;

namespace Iop.Agreements.Tests;

[Collection(nameof(Signed))]
public sealed class SigningTests(AgreementsWorld world)
{
    [Fact]
    public async Task The_version_hashes_to_its_name_and_the_seals_verify_and_chain()
    {
        var of = await world.Opened(associationSignatures: 2);
        foreach (var signatory in new[] { world.Signatory, world.AssociationSignatory,
            world.As(Callers.Of(world.Association, Roles.Signatory)) })
            (await of.Sign(signatory)).Is(HttpStatusCode.OK);
        Assert.Equal("signed", await of.State());
        var hash = await of.VersionHash();
        var version = (await world.AssociationOfficer.Get($"{of.Path}/versions/{hash}")).Is(HttpStatusCode.OK);
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version.Text))));
        Assert.Equal("iop-agreement/1", version.Body.GetProperty("format").GetString());

        var keys = (await world.Anonymous.Get("/agreements/v1/sealing-keys")).Is(HttpStatusCode.OK).Body.GetProperty("keys")
            .EnumerateArray().ToList();
        Assert.DoesNotContain(keys, key => key.TryGetProperty("d", out _));
        var signatures = (await of.Shown()).Body.GetProperty("signatures").EnumerateArray().ToList();
        Assert.Equal(3, signatures.Count);
        var previous = hash;
        foreach (var signature in signatures)
        {
            var seal = signature.GetProperty("seal").GetString()!;
            var statement = Sealer.Open(seal, keys);
            Assert.NotNull(statement);
            Assert.Equal(hash, (string?)statement["versionHash"]);
            Assert.Equal(previous, (string?)statement["prev"]);
            Assert.Equal(signature.GetProperty("personId").GetString(), (string?)statement["person"]);
            Assert.Equal("RJL 2026/123", (string?)statement["mandate"]!["caseNumber"]);
            previous = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(seal)));
        }
        var genuine = signatures[0].GetProperty("seal").GetString()!;
        for (var place = 0; place < genuine.Length; place++)
        {
            var changed = genuine.ToCharArray();
            changed[place] = changed[place] == 'A' ? 'B' : 'A';
            Assert.Null(Sealer.Open(new string(changed), keys));
        }
    }

    [Fact]
    public async Task Nobody_signs_twice_for_a_party_and_a_party_only_as_often_as_it_must()
    {
        var of = await world.Opened(associationSignatures: 2);
        var caller = Callers.Of(world.Association, Roles.Signatory);
        (await of.Sign(world.As(caller))).Is(HttpStatusCode.OK);
        (await of.Sign(world.As(caller))).Refuses(HttpStatusCode.Conflict, "agreement.already-signed");
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        (await of.Sign(world.Signatory)).Refuses(HttpStatusCode.Conflict, "agreement.party-has-signed");
        Assert.Equal("open-for-signature", await of.State());
        (await of.Sign(world.AssociationSignatory)).Is(HttpStatusCode.OK);
        Assert.Equal("signed", await of.State());
    }

    [Fact]
    public async Task Many_sign_at_once_and_each_counts_once()
    {
        var of = await world.Opened(associationSignatures: 2);
        var hash = $"\"{await of.VersionHash()}\"";
        var eager = Callers.Of(world.Association, Roles.Signatory);
        CallerClient[] crowd = [.. Enumerable.Range(0, 10).Select(_ => world.As(eager)), .. Enumerable.Range(0, 6)
            .Select(_ => world.Signatory), world.AssociationSignatory];
        var replies = await Task.WhenAll(crowd.Select(one => one.Act($"{of.Path}/signatures", hash, AgreementsWorld.Mandate)));
        Assert.Equal(3, replies.Count(reply => reply.Status == HttpStatusCode.OK));
        Assert.All(replies.Where(reply => reply.Status != HttpStatusCode.OK), reply => reply.Is(HttpStatusCode.Conflict));
        Assert.Equal("signed", await of.State());
        Assert.Equal([1, 2, 3], (await Numbers(of)).Order());
        Assert.Equal(1,
            await world.Scalar<long>("SELECT count(*) FROM signature WHERE agreement_id = $1 AND person = $2", of.Id,
            eager.Person));
    }

    [Fact]
    public async Task One_signs_what_one_saw_and_only_for_ones_own_party()
    {
        var of = await world.Opened();
        (await world.Signatory.Act($"{of.Path}/signatures", null, AgreementsWorld.Mandate))
            .Refuses(HttpStatusCode.PreconditionRequired, "request.version-missing");
        (await world.Signatory.Act($"{of.Path}/signatures", $"\"{new string('a', 64)}\"", AgreementsWorld.Mandate))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await of.Sign(world.Officer)).Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        var other = new { mandate = new { basis = "board", decidedOn = "2026-02-20" }, partyId = of.Partners.AssociationParty };
        (await world.Signatory.Act($"{of.Path}/signatures", $"\"{await of.VersionHash()}\"", other))
            .Refuses(HttpStatusCode.Forbidden, "partnership.not-a-party");
        var tomorrow = new { mandate = new { basis = "annual-meeting", decidedOn = "2026-03-03" } };
        (await world.Signatory.Act($"{of.Path}/signatures", $"\"{await of.VersionHash()}\"", tomorrow))
            .Refuses(HttpStatusCode.Conflict, "mandate.decided-later");
        // The agreement's own tag says what was seen just as well.
        (await world.Signatory.Act($"{of.Path}/signatures", (await of.Shown()).Tag, AgreementsWorld.Mandate))
            .Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_name_of_who_signed_is_kept_as_it_was()
    {
        var of = await world.Opened();
        var (person, membership) = (Guid.NewGuid(), Guid.NewGuid());
        await world.Named(person, "Karin Alm", world.Region, membership: membership);
        (await of.Sign(world.As(new Caller(person, world.Region, null, new HashSet<string> { Roles.Signatory }))))
            .Is(HttpStatusCode.OK);
        await world.Named(person, "Karin Berg", world.Region, sequence: 2, membership);
        Assert.Equal("Karin Alm", (await of.Shown()).Body.GetProperty("signatures")[0].GetProperty("personName").GetString());
        Assert.Equal("Karin Berg", await world.Scalar<string>("SELECT name FROM person WHERE person_id = $1", person));
    }

    [Fact]
    public async Task The_opening_waits_for_an_edit_under_way_and_then_sees_it()
    {
        var of = await world.Approved();
        var seen = await of.Shown();
        await using var connection =
            new NpgsqlConnection(world.Database.ConnectionStringFor("agreements_app", ServiceDatabase.Password));
        await connection.OpenAsync();
        await using var edit = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(
            $"""
             SELECT set_config('iop.org', '{world.Region}', true), set_config('iop.today', '2026-03-02', true);
             UPDATE section SET text = 'I sista stund.', version = version + 1 WHERE agreement_id = '{of.Id}' AND key = 'goals';
             """, connection, edit);
        await command.ExecuteNonQueryAsync();
        var opening = world.Officer.Act($"{of.Path}/opening", seen.Tag);
        await Task.WhenAny(opening, Task.Delay(TimeSpan.FromSeconds(1)));
        Assert.False(opening.IsCompleted);
        await edit.CommitAsync();
        (await opening).Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
    }

    [Fact]
    public async Task No_edit_slips_past_the_opening()
    {
        for (var round = Environment.GetEnvironmentVariable("IOP_LONG") == "1" ? 20 : 3; round > 0; round--)
        {
            var of = await world.Approved();
            var seen = await of.Shown();
            var edits = AgreementsWorld.RequiredSections.Select(key =>
                of.Write(world.AssociationOfficer, key, $"Sent ändrat {key}.")).ToList();
            var opening = await world.Officer.Act($"{of.Path}/opening", seen.Tag);
            var written = (await Task.WhenAll(edits)).Count(reply => reply.Status == HttpStatusCode.OK);
            Assert.All(edits, edit =>
                Assert.True(edit.Result.Status is HttpStatusCode.OK || edit.Result.Code == "agreement.not-a-draft",
                edit.Result.Text));
            if (opening.Status == HttpStatusCode.OK)
            {
                Assert.Equal(0, written);
                var version = (await world.Officer.Get($"{of.Path}/versions/{await of.VersionHash()}")).Text;
                Assert.DoesNotContain("Sent ändrat", version, StringComparison.Ordinal);
            }
            else
            {
                opening.Is(HttpStatusCode.PreconditionFailed);
                Assert.True(written > 0);
                Assert.Equal("assessment", await of.State());
            }
        }
    }

    [Fact]
    public async Task A_version_that_is_not_there_is_not_found()
    {
        var of = await world.Opened();
        (await world.Officer.Get($"{of.Path}/versions/{new string('b', 64)}")).Is(HttpStatusCode.NotFound);
        (await world.Officer.Get($"{of.Path}/versions/{new string('b', 64)}/pdf")).Is(HttpStatusCode.NotFound);
    }

    private static async Task<IEnumerable<int>> Numbers(Case of)
    {
        var seals = (await of.Shown()).Body.GetProperty("signatures").EnumerateArray()
            .Select(signature => signature.GetProperty("seal").GetString()!);
        return seals.Select(seal =>
            JsonSerializer.Deserialize<JsonElement>(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(
            seal.Split('.')[1]))
            .GetProperty("number").GetInt32());
    }
}

public sealed class WorldWithoutChromium(Servers servers) : AgreementsWorld(servers)
{
    protected override IEnumerable<(string, string)> Settings => [("Chromium:Path", "/nowhere/chromium")];
}

public sealed class WithoutChromiumTests(WorldWithoutChromium world) : IClassFixture<WorldWithoutChromium>
{
    [Fact]
    public async Task Without_chromium_there_is_no_pdf_but_signing_goes_on()
    {
        var of = await world.Opened();
        (await world.Officer.Get($"{of.Path}/versions/{await of.VersionHash()}/pdf"))
            .Refuses(HttpStatusCode.ServiceUnavailable, "printing.no-chromium");
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
    }
}
