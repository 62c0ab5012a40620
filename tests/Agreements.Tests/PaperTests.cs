using System.Net;
using System.Net.Http.Headers;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>A running agreement that was signed on paper is confirmed by all its parties, and from then on like any
/// other.</summary>
[Collection(nameof(Signed))]
public sealed class PaperTests(AgreementsWorld world)
{
    private static readonly byte[] Pdf = "%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"u8.ToArray();

    [Fact]
    public async Task When_all_have_confirmed_the_same_the_agreement_is_in_force_and_tells_of_it()
    {
        var (paper, partners) = await Brought();
        (await world.Officer.Create($"{Agreement(paper)}/contributions",
            new { partyId = partners.RegionParty, kind = "money", description = "Driftstöd", kronorPerYear = "2400000" }))
            .Is(HttpStatusCode.Created);
        Assert.Contains("Bakgrund", paper.Body.GetProperty("sectionsMissing").EnumerateArray().Select(one => one.GetString()));
        paper = await Documented(paper);
        var path = Agreement(paper);
        var hash = Hash(paper);
        Assert.Equal(2, (await Asked(paper)).Single().Parties.Count);
        var first = (await Confirm(world.AssociationSignatory, paper)).Is(HttpStatusCode.OK);
        Assert.Equal("draft", first.Body.GetProperty("state").GetString());
        (await Confirm(world.AssociationSignatory, paper)).Refuses(HttpStatusCode.Conflict, "paper.already-confirmed");
        (await world.Stranger.Act($"{path}/paper/confirmations", hash, new { confirms = true }))
            .Is(HttpStatusCode.NotFound);
        var last = (await Confirm(world.Officer, paper)).Is(HttpStatusCode.OK);
        Assert.Equal("in-force", last.Body.GetProperty("state").GetString());
        Assert.True(last.Body.GetProperty("takenOver").GetBoolean());
        (await Confirm(world.Officer, paper)).Refuses(HttpStatusCode.Conflict, "paper.done");
        var told = Assert.Single(await world.Announced<AgreementEnteredIntoForce>(),
            said => said.PartnershipId == partners.Id);
        Assert.Equal((new DateOnly(2023, 1, 1), new DateOnly(2022, 12, 12)), (told.StartsOn, told.SignedOn));
        var version = (await world.Officer.Get($"{path}/versions/{told.VersionHash}")).Is(HttpStatusCode.OK);
        Assert.Equal(paper.Body.GetProperty("documentSha256").GetString(),
            version.Body.GetProperty("paper").GetProperty("documentSha256").GetString());
        Assert.Equal(2, version.Body.GetProperty("paper").GetProperty("confirmations").GetArrayLength());
        Assert.Equal("Driftstöd", Assert.Single(told.Contributions).Description);
        var printed = new PrintedPdf(await (await world.Officer.Get($"{path}/versions/{told.VersionHash}/pdf"))
            .Is(HttpStatusCode.OK).Message.Content.ReadAsByteArrayAsync());
        foreach (var said in new[] { "undertecknad på papper", "2022-12-12",
            paper.Body.GetProperty("documentSha256").GetString()! })
            Assert.Contains(PrintedPdf.Blankless(said), printed.Text, StringComparison.Ordinal);
        // From then on like any other: the text is fixed, and it can be renegotiated.
        (await world.Officer.Put($"{path}/paper", last.Body.GetProperty("paperTag").GetString(), new { signedOn = "2022-12-13" }))
            .Refuses(HttpStatusCode.Conflict, "paper.done");
        var shown = (await world.Officer.Get(path)).Is(HttpStatusCode.OK);
        Assert.Equal("2022-12-12", shown.Body.GetProperty("signedOn").GetString());
        await Eventually.Holds("the days ahead are known", async () => await world.Scalar<long>(
            $"SELECT count(*) FROM timer WHERE subject_id = '{told.AgreementId}' AND done_at IS NULL") > 0);
    }

    [Fact]
    public async Task A_change_of_what_stands_there_undoes_earlier_confirmations_and_a_decline_says_why()
    {
        var (brought, _) = await Brought();
        var paper = await Documented(brought);
        (await Confirm(world.AssociationOfficer, paper)).Is(HttpStatusCode.OK);
        var section = (await world.Officer.Get($"{Agreement(paper)}/sections/goals")).Is(HttpStatusCode.OK);
        (await world.Officer.Put($"{Agreement(paper)}/sections/goals", section.Tag, new { text = "Trygga barn." }))
            .Is(HttpStatusCode.OK);
        (await Confirm(world.Officer, paper)).Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        var now = (await world.Officer.Get($"{Agreement(paper)}/paper")).Is(HttpStatusCode.OK);
        Assert.Contains("changed", Answers(now));
        await Eventually.Holds("both are asked anew", async () => (await Asked(now)).Count == 2);
        Assert.Equal((2, 2), ((await Asked(now))[0].Parties.Count, (await Asked(now))[1].Parties.Count));
        Assert.True((await Asked(now))[1].Sequence > (await Asked(now))[0].Sequence);
        (await Confirm(world.Officer, now)).Is(HttpStatusCode.OK);
        Assert.Equal("draft", (await world.Officer.Get(Agreement(paper))).Is(HttpStatusCode.OK)
            .Body.GetProperty("state").GetString());
        (await world.AssociationOfficer.Act($"{Agreement(paper)}/paper/confirmations", Hash(now), new { confirms = false }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        var declined = (await world.AssociationOfficer.Act($"{Agreement(paper)}/paper/confirmations", Hash(now),
            new { confirms = false, reason = "Målen står inte i vårt papper." })).Is(HttpStatusCode.OK);
        Assert.Contains("declined", Answers(declined));
        Assert.Contains(await world.Announced<PaperAgreementAnswered>(),
            said => said is { Confirms: false, Reason: "Målen står inte i vårt papper." });
        (await Confirm(world.AssociationOfficer, now)).Is(HttpStatusCode.OK);
        Assert.Equal("in-force", (await world.Officer.Get(Agreement(paper))).Is(HttpStatusCode.OK)
            .Body.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Only_what_runs_and_has_its_document_is_taken_over()
    {
        var partners = await world.Partners();
        var path = $"/agreements/v1/partnerships/{partners.Id}/paper-agreements";
        foreach (var (signed, starts, ends, code) in new[]
        {
            ("2026-03-03", "2023-01-01", "2026-12-31", "paper.signed-later"),
            ("2022-12-12", "2026-03-03", "2026-12-31", "paper.starts-later"),
            ("2022-12-12", "2023-01-01", "2026-03-01", "paper.has-ended"),
        })
        {
            (await world.Officer.Create(path,
                new { title = "x", signedOn = signed, startsOn = starts, endsOn = ends, autoRenews = false }))
                .Refuses(HttpStatusCode.Conflict, code);
        }
        (await world.As(Callers.Of(world.Region, Roles.Reader)).Create(path,
            new { title = "x", signedOn = "2022-12-12", startsOn = "2023-01-01", autoRenews = true }))
                .Is(HttpStatusCode.Forbidden);
        var (paper, _) = await Brought();
        (await Confirm(world.Officer, paper)).Refuses(HttpStatusCode.Conflict, "paper.no-document");
        (await world.Officer.Put(paper.Location!, paper.Tag, new { signedOn = "2022-12-12", documentId = Guid.NewGuid() }))
            .Refuses(HttpStatusCode.Conflict, "paper.not-a-pdf");
        (await world.Officer.Put(paper.Location!, paper.Tag, new { signedOn = "2026-03-03" }))
            .Refuses(HttpStatusCode.Conflict, "paper.signed-later");
        paper = await Documented(paper);
        foreach (var role in AgreementsWorld.InPartnerships.Where(role => role is not (Roles.Officer or Roles.Signatory)))
            (await Confirm(world.As(Callers.Of(world.Region, role)), paper)).Is(HttpStatusCode.Forbidden);
        (await world.Officer.Act($"{Agreement(paper)}/paper/confirmations", Hash(paper),
            new { confirms = true, partyId = Guid.NewGuid() })).Refuses(HttpStatusCode.Forbidden, "partnership.not-a-party");
        var alone = (await world.Officer.Create("/agreements/v1/partnerships", new { title = "Ensam", challenge = "x" }))
            .Is(HttpStatusCode.Created);
        var single = (await world.Officer.Create($"/agreements/v1/partnerships/{alone.Id}/paper-agreements",
            new { title = "x", signedOn = "2022-12-12", startsOn = "2023-01-01", autoRenews = true })).Is(HttpStatusCode.Created);
        (await Confirm(world.Officer, single)).Refuses(HttpStatusCode.Conflict, "paper.one-sided");
        (await world.Officer.Get($"{(await world.Written()).Path}/paper")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_way_of_paper_lets_nothing_else_past_the_gate()
    {
        var draft = await world.Written();
        var (brought, _) = await Brought();
        var paper = await Documented(brought);
        (await Confirm(world.AssociationSignatory, paper)).Is(HttpStatusCode.OK);
        var (plain, id) = (draft.Id, paper.Body.GetProperty("agreementId").GetGuid());
        await AsLogin.Refused(world, $"UPDATE agreement SET taken_over = true WHERE agreement_id = '{plain}'", "42501");
        foreach (var agreement in new[] { plain, id })
        {
            await AsLogin.Refused(world, $"""
                INSERT INTO agreement_version (agreement_id, partnership_id, number, hash, assessed_hash, canonical, opened_by, opened_at,
                  kind, binds_by, change_id)
                SELECT agreement_id, partnership_id, 1, encode(sha256('x'), 'hex'), 'x', 'x', caller_person(), now(), 'First',
                  'Confirmation', change_id FROM agreement WHERE agreement_id = '{agreement}'
                """);
            await AsLogin.Refused(world, $"""
                UPDATE agreement SET state = 'InForce', working = 'None', term_from = starts_on, term_to = ends_on
                 WHERE agreement_id = '{agreement}'
                """);
        }
        await AsLogin.Refused(world, $"""
            INSERT INTO paper_answer (answer_id, agreement_id, partnership_id, number, party_id, organisation, person, confirms,
              content_hash, answered_at)
            SELECT gen_random_uuid(), p.agreement_id, p.partnership_id, 2, ap.party_id, pa.organisation, caller_person(), true, 'x', now()
              FROM paper p JOIN agreement_party ap USING (agreement_id) JOIN party pa ON pa.party_id = ap.party_id
             WHERE p.agreement_id = '{id}' AND pa.organisation <> caller_org()
            """); // for another
        await AsLogin.Refused(world, "UPDATE paper_answer SET confirms = true", "42501");
        Assert.Equal(0, await AsLogin.Sees(world, world.Elsewhere, "paper_answer"));
    }

    private static string Agreement(Reply paper) =>
        $"/agreements/v1/agreements/{paper.Body.GetProperty("agreementId").GetGuid()}";

    private async Task<IReadOnlyList<PaperAgreementReady>> Asked(Reply paper) =>
        [.. (await world.Announced<PaperAgreementReady>()).Where(said => said.AgreementId == IdOf(paper))];

    private static Guid IdOf(Reply paper) => paper.Body.GetProperty("agreementId").GetGuid();

    private static string Hash(Reply paper) => $"\"{paper.Body.GetProperty("contentHash").GetString()}\"";

    private static IEnumerable<string?> Answers(Reply paper) =>
        paper.Body.GetProperty("parties").EnumerateArray().Select(party => party.GetProperty("answer").GetString());

    private static Task<Reply> Confirm(CallerClient by, Reply paper) =>
        by.Act($"{Agreement(paper)}/paper/confirmations", Hash(paper), new { confirms = true });

    private async Task<(Reply Paper, Partners Partners)> Brought()
    {
        var partners = await world.Partners();
        return ((await world.Officer.Create($"/agreements/v1/partnerships/{partners.Id}/paper-agreements", new
        {
            title = "Vårsol 2023–2026", signedOn = "2022-12-12", startsOn = "2023-01-01", endsOn = "2026-12-31",
            autoRenews = false,
            noticeMonths = 6, area = "health",
        })).Is(HttpStatusCode.Created), partners);
    }

    private async Task<Reply> Documented(Reply paper)
    {
        using var content = new ByteArrayContent(Pdf);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = "avtal.pdf" };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Agreement(paper)}/attachments") { Content = content };
        var attached = (await world.Officer.Send(request, ("Idempotency-Key", Guid.NewGuid().ToString())))
            .Is(HttpStatusCode.Created);
        return (await world.Officer.Put($"{Agreement(paper)}/paper", $"\"{paper.Body.GetProperty("paperTag").GetString()}\"",
            new { signedOn = "2022-12-12", documentId = attached.Id })).Is(HttpStatusCode.OK);
    }
}
