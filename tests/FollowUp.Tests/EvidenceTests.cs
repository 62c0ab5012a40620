using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Iop.Contracts.FollowUp;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.FollowUp.Tests;

[Collection("follow-up")]
public sealed class EvidenceTests(FollowUpWorld world)
{
    private const string Denied = "42501";
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7 underlag");
    private static readonly byte[] Table = Encoding.UTF8.GetBytes("grupp;antal\nnorr;12\n");

    [Fact]
    public async Task What_was_verified_rests_on_exactly_the_files_it_had()
    {
        var (contract, reported) = await Reported();
        var first = (await Attach(reported.Id, "före.pdf", Pdf)).Is(HttpStatusCode.Created);
        (await world.As(world.Verifier).Act(Path(reported.Id, "/verification"), reported.Tag))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        var second = (await Attach(reported.Id, "efter.csv", Table)).Is(HttpStatusCode.Created);
        Assert.Equal(2, second.Body.GetProperty("files").GetArrayLength());
        var verified = (await world.As(world.Verifier).Act(Path(reported.Id, "/verification"), second.Tag))
            .Is(HttpStatusCode.OK);
        var hashes = new[] { Pdf, Table }.Select(file => Convert.ToHexStringLower(SHA256.HashData(file)))
            .Order(StringComparer.Ordinal);
        var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', hashes))));
        Assert.Equal(expected, verified.Body.GetProperty("evidenceHash").GetString());
        Assert.Equal(expected,
            Assert.Single(await world.Announced<MeasurementVerified>(), one => one.ContractId == contract).EvidenceHash);

        (await Attach(reported.Id, "sent.pdf", [.. Pdf, 1])).Refuses(HttpStatusCode.Conflict, "measurement.not-reported");
        var file = first.Body.GetProperty("files")[0].GetProperty("id").GetGuid();
        (await world.As(world.Reporter).Delete(Path(reported.Id, $"/evidence-files/{file}"), verified.Tag))
            .Refuses(HttpStatusCode.Conflict, "measurement.not-reported");
        foreach (var sql in new[] { "DELETE FROM evidence_file WHERE contract_id = $1",
            "UPDATE evidence_file SET name = 'x' WHERE contract_id = $1",
            """
            INSERT INTO evidence_file SELECT gen_random_uuid(), measurement_id, contract_id, 'x.txt', 'Text', 1, encode(sha256('x'), 'hex'), 'x', caller_person(), now()
            FROM measurement WHERE contract_id = $1
            """ })
            Assert.Contains(await world.AsApplication(world.Reporter, sql, contract), new[] { Denied, "no rows" });
        Assert.Equal(2, await world.Scalar<long>("SELECT count(*) FROM evidence_file WHERE contract_id = $1", contract));
    }

    [Fact]
    public async Task Everybody_in_the_contract_reads_it_as_it_came_and_a_stranger_finds_nothing()
    {
        var (_, reported) = await Reported();
        var attached = (await Attach(reported.Id, "före.pdf", Pdf)).Is(HttpStatusCode.Created);
        var path = attached.Body.GetProperty("files")[0].GetProperty("path").GetString()!;
        foreach (var organisation in new[] { world.Municipality, world.Fund, world.Institute })
        {
            var file = (await world.As(Callers.Of(organisation, Roles.Officer)).Get(path)).Is(HttpStatusCode.OK);
            Assert.Equal(Encoding.ASCII.GetString(Pdf), file.Text);
            Assert.Contains("attachment", file.Message.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        }
        (await world.As(world.Stranger).Get(path)).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Only_who_reported_attaches_and_may_take_it_back_until_it_is_decided()
    {
        var (_, reported) = await Reported();
        (await Attach(reported.Id, "a.pdf", Pdf, Callers.Of(world.Fund, Roles.Reporter)))
            .Refuses(HttpStatusCode.Forbidden, "evidence.not-yours");
        (await Attach(reported.Id, "a.pdf", Pdf, world.Verifier)).Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        var attached = (await Attach(reported.Id, "a.pdf", Pdf)).Is(HttpStatusCode.Created);
        (await Attach(reported.Id, "b.pdf", Pdf)).Refuses(HttpStatusCode.Conflict, "evidence.has-it");
        var file = Path(reported.Id, $"/evidence-files/{attached.Body.GetProperty("files")[0].GetProperty("id").GetGuid()}");
        (await world.As(world.Reporter).Delete(file, reported.Tag)).Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        var removed = (await world.As(world.Reporter).Delete(file, attached.Tag)).Is(HttpStatusCode.OK);
        Assert.Equal(0, removed.Body.GetProperty("files").GetArrayLength());
        var without = (await world.As(world.Verifier).Act(Path(reported.Id, "/verification"), removed.Tag)).Is(HttpStatusCode.OK);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, without.Body.GetProperty("evidenceHash").ValueKind);
    }

    [Theory]
    [InlineData("bild.png", "%PDF-1.7", "evidence.content-differs")]
    [InlineData("tabell.csv", "PK\u0003\u0004", "evidence.content-differs")]
    [InlineData("tabell.csv", "namn;nummer\nx;19121212-1212", "participant.identity-number")]
    [InlineData("121212-1212.pdf", "%PDF-1.7", "participant.identity-number")]
    [InlineData("kalkyl.xlsm", "PK", "evidence.kind-not-taken")]
    [InlineData("../../x.pdf", "%PDF-1.7", "evidence.name-unfit")]
    [InlineData("tom.txt", "", "evidence.empty")]
    public async Task A_file_is_what_it_contains(string name, string content, string code)
    {
        var (_, reported) = await Reported();
        (await Attach(reported.Id, name, Encoding.UTF8.GetBytes(content))).Refuses(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Files_have_limits()
    {
        var (_, reported) = await Reported();
        (await Attach(reported.Id, "stor.pdf", [.. Pdf, .. new byte[5 * 1024 * 1024]]))
            .Refuses(HttpStatusCode.BadRequest, "evidence.too-large");
        for (var at = 0; at < 20; at++) (await Attach(reported.Id, $"{at}.pdf", [.. Pdf, (byte)at])).Is(HttpStatusCode.Created);
        (await Attach(reported.Id, "till.pdf", [.. Pdf, 99])).Refuses(HttpStatusCode.Conflict, "evidence.too-many");
    }

    private async Task<(Guid Contract, Reply Reported)> Reported()
    {
        var contract = await world.SignedContract();
        return (contract, (await world.Measure(contract, FollowUpWorld.Report())).Is(HttpStatusCode.Created));
    }

    private Task<Reply> Attach(Guid measurement, string name, byte[] content, Caller? by = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Path(measurement, "/evidence-files"))
        {
            Content = new ByteArrayContent(content),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Content.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = name };
        return world.As(by ?? world.Reporter).Send(request, ("Idempotency-Key", Guid.NewGuid().ToString()));
    }

    private static string Path(Guid measurement, string rest = "") => $"/follow-up/v1/measurements/{measurement}{rest}";
}
