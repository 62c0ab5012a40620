using System.Net;
using System.Net.Http.Headers;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>Two act on one agreement at the same moment, each having seen the same. One of them holds, or both in an order that
/// is lawful; never both against each other, and never an agreement with one side.</summary>
public abstract class RaceTests
{
    private static readonly int Times = Environment.GetEnvironmentVariable("IOP_LONG") == "1" ? 40 : 6;

    /// <summary>Both say it at once, on what both have seen. How each was answered.</summary>
    private static async Task<(Reply First, Reply Second)> AtOnce(Case of, (CallerClient By, string Act, object Body) first,
        (CallerClient By, string Act, object Body) second)
    {
        var tag = (await of.Shown()).Tag;
        using var go = new Barrier(2);
        Task<Reply> Say((CallerClient By, string Act, object Body) what) => Task.Run(async () =>
        {
            go.SignalAndWait();
            return await what.By.Act($"{of.Path}/{what.Act}", tag, what.Body);
        });
        var (one, other) = (Say(first), Say(second));
        return (await one, await other);
    }

    /// <summary>Who was second had not seen what the first did.</summary>
    private static void OneHolds(Reply first, Reply second)
    {
        var answers = new[] { first, second };
        Assert.True(answers.Count(one => one.Status == HttpStatusCode.OK) == 1, $"{first.Text}\n{second.Text}");
        answers.Single(one => one.Status != HttpStatusCode.OK).Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
    }

    /// <summary>In force in a few steps: taken over from paper, and confirmed by all.</summary>
    private static async Task<Case> TakenOver(AgreementsWorld world, bool withAThird = false)
    {
        var partners = await world.Partners();
        var partnership = $"/agreements/v1/partnerships/{partners.Id}";
        if (withAThird) await Third(world, partnership);
        var paper = (await world.Officer.Create($"{partnership}/paper-agreements", new
        {
            title = "Vårsol", signedOn = "2022-12-12", startsOn = "2023-01-01", endsOn = "2029-12-31", autoRenews = false,
            noticeMonths = 6,
        })).Is(HttpStatusCode.Created);
        var of = new Case(world, paper.Body.GetProperty("agreementId").GetGuid(), partners);
        using var content = new ByteArrayContent("%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"u8.ToArray());
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = "avtal.pdf" };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{of.Path}/attachments") { Content = content };
        var attached = (await world.Officer.Send(request, ("Idempotency-Key", Guid.NewGuid().ToString())))
            .Is(HttpStatusCode.Created);
        var named = (await world.Officer.Put($"{of.Path}/paper", $"\"{paper.Body.On("paperTag")}\"",
            new { signedOn = "2022-12-12", documentId = attached.Id })).Is(HttpStatusCode.OK);
        CallerClient[] all = [world.Officer, world.AssociationOfficer, world.As(Callers.Of(world.Elsewhere, Roles.Officer))];
        foreach (var by in all.Take(withAThird ? 3 : 2))
            (await by.Act($"{of.Path}/paper/confirmations", $"\"{named.Body.On("contentHash")}\"", new { confirms = true }))
                .Is(HttpStatusCode.OK);
        await of.Becomes(world, "in-force");
        return of;
    }

    private static async Task<Guid> Third(AgreementsWorld world, string partnership) =>
        (await world.Officer.Create($"{partnership}/parties",
            new { organisationId = world.Elsewhere, requiredSignatures = 1 })).Is(HttpStatusCode.Created).Id;

    private static async Task GivenUp(AgreementsWorld world, Case of) =>
        (await of.Do(world.Officer, "change/abandonment", new { reason = "Vi börjar om." })).Is(HttpStatusCode.OK);

    private static async Task BothSidesRemain(AgreementsWorld world, Case of) => Assert.Equal(2, await world.Scalar<long>(
        $"""
         SELECT count(DISTINCT p.kind) FROM agreement_party l JOIN party p USING (party_id)
         WHERE l.agreement_id = '{of.Id}' AND l.in_text AND p.kind IN ('Public', 'IdeaDriven')
           AND NOT EXISTS (SELECT FROM change c WHERE c.agreement_id = l.agreement_id AND c.party_id = l.party_id
                             AND c.kind = 'Withdrawal' AND c.state = 'UnderWay')
         """));

    public sealed class Ending(AgreementsWorld world) : IClassFixture<AgreementsWorld>
    {
        private static object Rescission =>
            new { reason = "Lokalen står tom.", ground = "material-breach", clause = "Uppsägning, stycke 2" };

        [Fact]
        public async Task Notice_by_one_and_rescission_by_the_other()
        {
            for (var time = 0; time < Times; time++)
            {
                var of = await TakenOver(world);
                var (notice, rescission) = await AtOnce(of,
                    (world.AssociationSignatory, "notice", new { reason = "Vi orkar inte." }),
                    (world.Signatory, "rescission", Rescission));
                OneHolds(notice, rescission);
                Assert.Equal(notice.Status == HttpStatusCode.OK ? "notice-given" : "rescinded", await of.State());
                Assert.Equal(1, await Endings(of));
                // Who looks again may still rescind what has been given notice of; nothing is done to what is over.
                var again = notice.Status == HttpStatusCode.OK
                    ? await of.Do(world.Signatory, "rescission", Rescission)
                    : await of.Do(world.AssociationSignatory, "notice", new { reason = "Vi orkar inte." });
                if (notice.Status == HttpStatusCode.OK) again.Is(HttpStatusCode.OK);
                else again.Refuses(HttpStatusCode.Conflict, "life.not-in-force");
                Assert.Equal("rescinded", await of.State());
                Assert.Equal(1, await world.Scalar<long>($"SELECT count(*) FROM in_force WHERE agreement_id = '{of.Id}'"));
            }
        }

        [Fact]
        public async Task Notice_by_both()
        {
            for (var time = 0; time < Times; time++)
            {
                var of = await TakenOver(world);
                var (one, other) = await AtOnce(of, (world.AssociationSignatory, "notice", new { reason = "Vi orkar inte." }),
                    (world.Signatory, "notice", new { reason = "Vi slutar." }));
                OneHolds(one, other);
                Assert.Equal(("notice-given", 1L), (await of.State(), await Endings(of)));
            }
        }

        private Task<long> Endings(Case of) =>
            world.Scalar<long>($"SELECT count(*) FROM termination WHERE agreement_id = '{of.Id}'");
    }

    public sealed class Leaving(AgreementsWorld world) : IClassFixture<AgreementsWorld>
    {
        [Fact]
        public async Task The_last_two_idea_driven_parties_at_once()
        {
            for (var time = 0; time < Times; time++)
            {
                var of = await TakenOver(world, withAThird: true);
                var other = world.As(Callers.Of(world.Elsewhere, Roles.Signatory));
                var (first, second) = await AtOnce(of,
                    (world.AssociationSignatory, "departure", new { reason = "Vi orkar inte." }),
                    (other, "departure", new { reason = "Vi räcker inte till." }));
                OneHolds(first, second);
                await BothSidesRemain(world, of);
                // Looking again does not help: then one side would be missing.
                var left = first.Status == HttpStatusCode.OK ? other : world.AssociationSignatory;
                (await of.Do(left, "departure", new { reason = "Vi också." }))
                    .Refuses(HttpStatusCode.Conflict, "life.side-would-be-missing");
            }
        }
    }

    public sealed class Joining(AgreementsWorld world) : IClassFixture<AgreementsWorld>
    {
        [Fact]
        public async Task One_admits_a_party_while_the_other_opens_the_text_for_another_reason()
        {
            var (of, party) = await WithOneBeside();
            for (var time = 0; time < Times; time++)
            {
                var (joining, renewing) = await AtOnce(of,
                    (world.Officer, "accession", new { partyId = party, reason = "De vill med.", effectiveOn = "2026-06-01" }),
                    (world.AssociationOfficer, "renegotiation", new { reason = "Ny målgrupp.", effectiveOn = "2026-06-01" }));
                OneHolds(joining, renewing);
                await OneChange(of, joining.Status == HttpStatusCode.OK ? "Accession" : "Renegotiation");
                Assert.Equal(joining.Status == HttpStatusCode.OK ? 3 : 2, await InText(of));
                await GivenUp(world, of);
            }
        }

        [Fact]
        public async Task One_admits_a_party_while_another_leaves()
        {
            var (of, party) = await WithOneBeside();
            for (var time = 0; time < Times; time++)
            {
                var (joining, leaving) = await AtOnce(of,
                    (world.Officer, "accession", new { partyId = party, reason = "De vill med.", effectiveOn = "2026-06-01" }),
                    (world.AssociationSignatory, "departure", new { reason = "Vi orkar inte." }));
                // The newcomer has signed nothing yet: the only idea-driven party cannot leave, whoever was first.
                joining.Is(HttpStatusCode.OK);
                Assert.Contains(leaving.Code, new[] { "request.stale", "life.side-would-be-missing" });
                await OneChange(of, "Accession");
                await BothSidesRemain(world, of);
                await GivenUp(world, of);
            }
        }

        [Fact]
        public async Task The_change_is_opened_for_signature_while_it_is_given_up()
        {
            var of = await world.InForce();
            for (var time = 0; time < Times; time++)
            {
                await of.Renegotiate(world);
                await of.ConfirmAll(world);
                (await of.Approve()).Is(HttpStatusCode.OK);
                var (opening, abandoning) = await AtOnce(of, (world.Officer, "opening", new { }),
                    (world.AssociationOfficer, "change/abandonment", new { reason = "Vi låter det vara." }));
                OneHolds(opening, abandoning);
                Assert.Equal(("in-force", opening.Status == HttpStatusCode.OK ? "open-for-signature" : "none"),
                    (await of.State(), await of.Working()));
                if (opening.Status == HttpStatusCode.OK) await GivenUp(world, of);
            }
        }

        private Task<long> InText(Case of) =>
            world.Scalar<long>($"SELECT count(*) FROM agreement_party WHERE agreement_id = '{of.Id}' AND in_text");

        private async Task OneChange(Case of, string kind) => Assert.Equal(kind, await world.Scalar<string>(
            $"SELECT string_agg(kind, ' ') FROM change WHERE agreement_id = '{of.Id}' AND state = 'UnderWay'"));

        /// <summary>In force between two, and a third in the partnership that is not in the agreement.</summary>
        private async Task<(Case Of, Guid Party)> WithOneBeside()
        {
            var of = await TakenOver(world);
            return (of, await Third(world, $"/agreements/v1/partnerships/{of.Partners.Id}"));
        }
    }
}
