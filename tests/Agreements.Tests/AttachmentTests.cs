using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Iop.Kernel;
using Iop.TestKit;
using Npgsql;

namespace Iop.Agreements.Tests;

public sealed class AttachmentTests(AgreementsWorld world) : IClassFixture<AgreementsWorld>
{
    private static readonly byte[] Pdf = "%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"u8.ToArray();

    [Fact]
    public async Task A_file_is_attached_by_its_hash_and_comes_back_byte_for_byte_to_be_saved()
    {
        var of = await world.Written();
        byte[] large = [.. Pdf, .. RandomNumberGenerator.GetBytes(700_000)]; // several pieces
        var attached = (await Attach(of, "Villkor för stödet.pdf", large, "?section=interventions")).Is(HttpStatusCode.Created);
        var hash = Convert.ToHexStringLower(SHA256.HashData(large));
        Assert.Equal(hash, attached.Body.GetProperty("sha256").GetString());
        Assert.Equal("interventions", attached.Body.GetProperty("sectionKey").GetString());
        var got = await world.AssociationOfficer.Get(attached.Body.GetProperty("path").GetString()!);
        Assert.Equal(HttpStatusCode.OK, got.Status);
        Assert.Equal(large, await got.Message.Content.ReadAsByteArrayAsync());
        var (headers, content) = (got.Message.Headers, got.Message.Content.Headers);
        Assert.Equal("application/pdf", content.ContentType?.ToString());
        Assert.Equal("attachment", content.ContentDisposition?.DispositionType);
        Assert.Equal("Villkor för stödet.pdf", content.ContentDisposition?.FileNameStar);
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("sandbox; default-src 'none'", Assert.Single(headers.GetValues("Content-Security-Policy")));
        Assert.Equal(large.Length, content.ContentLength);
    }

    [Fact]
    public async Task An_attachment_is_part_of_what_is_approved_and_its_file_stays_with_the_version()
    {
        var of = await world.Approved();
        var attached = (await Attach(of, "villkor.pdf", Pdf)).Is(HttpStatusCode.Created);
        Assert.Equal("voided", (await of.Assessment()).GetProperty("state").GetString());
        (await of.Open()).Refuses(HttpStatusCode.Conflict, "assessment.approval-voided");
        var named = (await world.Officer.Put(attached.Location!, attached.Tag, new { title = "Villkor", sectionKey = "roles" }))
            .Is(HttpStatusCode.OK);
        (await of.Approve()).Is(HttpStatusCode.OK);
        (await of.Open()).Is(HttpStatusCode.OK);
        var hash = attached.Body.GetProperty("sha256").GetString()!;
        var version = (await world.Officer.Get($"{of.Path}/versions/{await of.VersionHash()}")).Is(HttpStatusCode.OK);
        var held = version.Body.GetProperty("text").GetProperty("attachments")[0];
        Assert.Equal((hash, "Villkor"), (held.GetProperty("sha256").GetString(), held.GetProperty("title").GetString()));
        Assert.Equal(1, await world.Scalar<long>("SELECT count(*) FROM version_file WHERE agreement_id = $1", of.Id));
        (await Attach(of, "ny.pdf", Pdf)).Refuses(HttpStatusCode.Conflict, "agreement.not-a-draft");
        (await world.Officer.Put(attached.Location!, named.Tag, new { title = "Annat" }))
            .Refuses(HttpStatusCode.Conflict, "agreement.not-a-draft");
        (await world.Officer.Delete(attached.Location!, named.Tag)).Refuses(HttpStatusCode.Conflict, "agreement.not-a-draft");
        await AsLogin.Refused(world, $"DELETE FROM attachment WHERE agreement_id = '{of.Id}'");
        await AsLogin.Refused(world, $"UPDATE attachment SET title = 'x' WHERE agreement_id = '{of.Id}'");
        await AsLogin.Refused(world, $"UPDATE stored_file SET name = 'x' WHERE partnership_id = '{of.Partners.Id}'",
            PostgresErrorCodes.InsufficientPrivilege);
        await AsLogin.Refused(world, $"DELETE FROM stored_file WHERE partnership_id = '{of.Partners.Id}'",
            PostgresErrorCodes.ForeignKeyViolation);
        await AsLogin.Refused(world, $"DELETE FROM version_file WHERE partnership_id = '{of.Partners.Id}'",
            PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task What_is_taken_out_of_a_draft_is_gone()
    {
        var of = await world.Written();
        var attached = (await Attach(of, "av misstag.txt", "Ett namn som inte skulle stå här."u8.ToArray()))
            .Is(HttpStatusCode.Created);
        (await world.Officer.Delete(attached.Location!, "\"7\"")).Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await world.Officer.Delete(attached.Location!, attached.Tag)).Is(HttpStatusCode.OK);
        (await world.Officer.Get(attached.Body.GetProperty("path").GetString()!)).Is(HttpStatusCode.NotFound);
        (await world.Officer.Get(attached.Location!)).Is(HttpStatusCode.NotFound);
        Assert.Equal(0,
            await world.Scalar<long>("SELECT count(*) FROM stored_file_piece WHERE partnership_id = $1", of.Partners.Id));
    }

    [Fact]
    public async Task Nobody_else_reaches_a_file_by_address_or_by_sql()
    {
        var (of, other) = (await world.Written(), await world.Written());
        var attached = (await Attach(of, "villkor.pdf", Pdf)).Is(HttpStatusCode.Created);
        var path = attached.Body.GetProperty("path").GetString()!;
        (await world.Stranger.Get(path)).Is(HttpStatusCode.NotFound);
        (await world.Stranger.Get(attached.Location!)).Is(HttpStatusCode.NotFound);
        (await world.Anonymous.Get(path)).Is(HttpStatusCode.Unauthorized);
        // The hash alone opens nothing in another agreement.
        (await world.Officer.Get(path.Replace(of.Id.ToString(), other.Id.ToString(), StringComparison.Ordinal)))
            .Is(HttpStatusCode.NotFound);
        foreach (var table in new[] { "stored_file", "stored_file_piece", "attachment", "version_file" })
            Assert.Equal(0, await AsLogin.Sees(world, world.Elsewhere, table));
        Assert.NotEqual(0, await AsLogin.Sees(world, world.Region, "stored_file_piece"));
        (await Attach(of, "villkor.pdf", Pdf, by: world.As(Callers.Of(world.Region, Roles.Reader))))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
    }

    [Fact]
    public async Task The_database_keeps_no_file_that_is_not_its_hash_and_adds_nothing_to_one()
    {
        var of = await world.Written();
        var attached = (await Attach(of, "villkor.pdf", Pdf)).Is(HttpStatusCode.Created);
        var file = await world.Scalar<Guid>("SELECT file_id FROM attachment WHERE attachment_id = $1", attached.Id);
        await AsLogin.Refused(world, $"""
            INSERT INTO stored_file_piece (file_id, number, partnership_id, content) VALUES ('{file}', 1, '{of.Partners.Id}', 'x')
            """);
        await AsLogin.Refused(world, $"""
            WITH f AS (INSERT INTO stored_file (file_id, partnership_id, name, kind, bytes, sha256, stored_by, stored_at)
              VALUES (gen_random_uuid(), '{of.Partners.Id}', 'x.pdf', 'Pdf', 1, repeat('a', 64), gen_random_uuid(), now()) RETURNING 1)
            SELECT 1 FROM f; SET CONSTRAINTS ALL IMMEDIATE
            """);
    }

    [Fact]
    public async Task The_same_sending_again_attaches_once()
    {
        var of = await world.Written();
        var (key, by) = (Guid.NewGuid().ToString(), world.Officer.Hold());
        var first = (await Attach(of, "villkor.pdf", Pdf, by: by, key: key)).Is(HttpStatusCode.Created);
        Assert.Equal(first.Id, (await Attach(of, "villkor.pdf", Pdf, by: by, key: key)).Is(HttpStatusCode.Created).Id);
        (await Attach(of, "villkor.pdf", [.. Pdf, 10], by: by, key: key))
            .Refuses(HttpStatusCode.Conflict, "idempotency.key-reused");
        Assert.Equal(1, await world.Scalar<long>("SELECT count(*) FROM attachment WHERE agreement_id = $1", of.Id));
        (await Attach(of, "villkor.pdf", Pdf, "?section=hemligt")).Refuses(HttpStatusCode.Conflict, "attachment.unknown-section");
    }

    [Theory]
    [InlineData("verktyg.pdf", "MZ", "file.content-differs")]
    [InlineData("verktyg.exe", "MZ", "file.kind-not-taken")]
    [InlineData("bild.svg", "<svg/>", "file.kind-not-taken")]
    [InlineData("avtal.exe.pdf", "%PDF-1.7", "file.two-endings")]
    [InlineData("tom.txt", "", "file.empty")]
    [InlineData("../../avtal.pdf", "%PDF-1.7", "file.name-is-a-path")]
    [InlineData("..\\avtal.pdf", "%PDF-1.7", "file.name-is-a-path")]
    [InlineData("", "%PDF-1.7", "file.name-missing")]
    [InlineData("trasig.docx", "PK\u0003\u0004 resten saknas", "file.unreadable")]
    public async Task What_is_not_taken_is_refused_and_nothing_is_kept(string name, string content, string code)
    {
        var of = await world.Written();
        var reply = await Attach(of, name, System.Text.Encoding.Latin1.GetBytes(content));
        Assert.Equal(code, reply.Code);
        Assert.Equal(0, await world.Scalar<long>("SELECT count(*) FROM stored_file WHERE partnership_id = $1", of.Partners.Id));
    }

    [Theory]
    [InlineData("docx", null)]
    [InlineData("macro", "file.has-macros")]
    [InlineData("hidden-macro", "file.has-macros")]
    [InlineData("bomb", "file.packed-too-hard")]
    [InlineData("many", "file.packed-too-hard")]
    [InlineData("slip", "file.unreadable")]
    [InlineData("twice", "file.unreadable")]
    [InlineData("entity", "file.unreadable")]
    public async Task A_document_is_looked_into_with_a_limit_on_everything(string what, string? code)
    {
        var of = await world.Written();
        var reply = await Attach(of, "plan.docx", Documents.Docx(what));
        if (code is null) reply.Is(HttpStatusCode.Created);
        else reply.Refuses(HttpStatusCode.Conflict, code);
    }

    [Fact]
    public async Task A_gigabyte_is_refused_without_being_taken_in()
    {
        var of = await world.Written();
        await Attach(of, "villkor.pdf", Pdf); // everything that is made once is made
        var before = GC.GetTotalAllocatedBytes(precise: true);
        using var gigabyte = new Generated(Pdf, 1L << 30);
        using var content = new StreamContent(gigabyte, 64 * 1024);
        var reply = await Attach(of, "stor.pdf", content);
        reply.Refuses(HttpStatusCode.BadRequest, "request.too-large");
        Assert.InRange(gigabyte.Position, 1, 64L << 20); // most of it was never read
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 96L << 20);
        Assert.Equal(1, await world.Scalar<long>("SELECT count(*) FROM stored_file WHERE partnership_id = $1", of.Partners.Id));
    }

    [Fact]
    public async Task Ten_megabytes_are_taken_and_one_byte_more_is_not()
    {
        var of = await world.Written();
        byte[] full = [.. Pdf, .. new byte[(10 * 1024 * 1024) - Pdf.Length]];
        (await Attach(of, "full.pdf", full)).Is(HttpStatusCode.Created);
        (await Attach(of, "mer.pdf", [.. full, 0])).Refuses(HttpStatusCode.BadRequest, "file.too-large");
    }

    private async Task<Reply> Attach(
        Case of, string name, byte[] file, string query = "", CallerClient? by = null, string? key = null)
    {
        using var content = new ByteArrayContent(file);
        return await Attach(of, name, content, query, by, key);
    }

    private async Task<Reply> Attach(
        Case of, string name, HttpContent content, string query = "", CallerClient? by = null, string? key = null)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        if (name.Length > 0)
            content.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = name };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{of.Path}/attachments{query}") { Content = content };
        return await (by ?? world.Officer).Send(request, ("Idempotency-Key", key ?? Guid.NewGuid().ToString()));
    }

    /// <summary>Bytes that nobody has: a head, and zeros as long as wanted.</summary>
    private sealed class Generated(byte[] head, long length) : MemoryStream
    {
        private long _position;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var read = (int)Math.Min(buffer.Length, length - _position);
            buffer[..read].Clear();
            if (_position == 0) head.AsSpan(0, Math.Min(read, head.Length)).CopyTo(buffer);
            _position += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromResult(Read(buffer.AsSpan(offset, count)));

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            var buffer = new byte[bufferSize];
            int read;
            while ((read = Read(buffer)) > 0) await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }
}
