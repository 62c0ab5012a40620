using System.Net;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;
using Npgsql;

namespace Iop.Agreements.Tests;

/// <summary>How an agreement goes on by itself, or ends: the last date of notice, the talk before it, notice and
/// rescission.</summary>
public abstract class EndingTests
{
    public sealed class Renewing(AgreementsWorld world) : IClassFixture<AgreementsWorld>
    {
        [Fact]
        public async Task Unless_somebody_gives_notice_in_time_it_goes_on_once_however_many_replicas_there_are()
        {
            using var second = world.AnotherReplica();
            using var third = world.AnotherReplica();
            foreach (var replica in new[] { second, third }) (await replica.GetAsync("/health/live")).EnsureSuccessStatusCode();
            var of = await world.InForce(endsOn: new DateOnly(2026, 12, 31), autoRenews: true);
            Assert.Equal("2026-06-30", (await of.Term()).On("lastDateOfNotice"));
            // 120 days left when it entered into force: the reminder of 180 days speaks at once, and no other.
            await Eventually.Holds("reminded", async () => (await Reminders(of)).Count == 1);
            world.Clock.SetTo(SwedishTime.StartOf(new DateOnly(2026, 4, 1)));
            await Eventually.Holds("reminded again", async () => (await Reminders(of)).Count == 2);
            var asked = Assert.Single(await world.Announced<JointTalkDue>(), said => said.AgreementId == of.Id);
            Assert.Equal(("book", new DateOnly(2026, 6, 30)), (asked.What, asked.Before));

            world.Clock.SetTo(SwedishTime.StartOf(new DateOnly(2026, 7, 1)).AddSeconds(-1));
            await Task.Delay(TimeSpan.FromSeconds(1.5));
            Assert.Equal("2026-12-31", (await of.Term()).On("to"));
            world.Clock.SetTo(SwedishTime.StartOf(new DateOnly(2026, 7, 1)));
            await Eventually.Holds("renewed", async () => (await of.Term()).On("to") == "2027-12-31");
            await Task.Delay(TimeSpan.FromSeconds(1.5));
            var told = Assert.Single(await world.Announced<AgreementChanged>(), said => said.AgreementId == of.Id);
            Assert.Equal(("renewal", "term", true), (told.Kind, told.BindsBy, told.WithoutTalk));
            Assert.Equal(("2027-06-30", 2), ((await of.Term()).On("lastDateOfNotice"), (await of.Versions()).Length));
            Assert.Equal("2027-12-31", (await of.Shown()).Body.On("endsOn"));

            // A talk that is held: the next renewal is not flagged.
            (await of.Do(world.Officer, "joint-talks", new { on = "2027-07-01" }))
                .Refuses(HttpStatusCode.Conflict, "life.talk-too-late");
            (await of.Do(world.Officer, "joint-talks", new { on = "2026-09-01" })).Is(HttpStatusCode.OK);
            (await of.Do(world.AssociationOfficer, "joint-talks", new { on = "2026-09-02" }))
                .Refuses(HttpStatusCode.Conflict, "life.talk-booked");
            world.Clock.SetTo(SwedishTime.StartOf(new DateOnly(2026, 9, 2)));
            await Eventually.Holds("asked whether it was held", async () => (await world.Announced<JointTalkDue>())
                .Any(said => said.AgreementId == of.Id && said.What == "was-it-held"));
            var talk = (await of.Life(world.Officer)).GetProperty("talks")[0];
            Assert.Equal("past", talk.On("state"));
            var account = $"joint-talks/{talk.On("id")}/account";
            (await of.Do(world.AssociationOfficer, account, new { held = true, outcome = "go-on", note = "Vi fortsätter." }))
                .Is(HttpStatusCode.OK);
            (await of.Do(world.Officer, account, new { held = false })).Refuses(HttpStatusCode.Conflict, "life.talk-noted");
            world.Clock.SetTo(SwedishTime.StartOf(new DateOnly(2027, 7, 1)));
            await Eventually.Holds("renewed again", async () => (await of.Term()).On("to") == "2028-12-31");
            Assert.False((await world.Announced<AgreementChanged>())
                .Single(said => said.AgreementId == of.Id && said.EffectiveOn.Year == 2027).WithoutTalk);
        }

        private async Task<List<NoticeDateApproaches>> Reminders(Case of) =>
            [.. (await world.Announced<NoticeDateApproaches>()).Where(said => said.AgreementId == of.Id)];
    }

    public sealed class Ending(AgreementsWorld world) : IClassFixture<AgreementsWorld>
    {
        [Fact]
        public async Task Notice_ends_it_for_all_on_the_right_day_and_a_change_that_is_written_is_given_up()
        {
            var of = await world.InForce();
            await of.Renegotiate(world);
            (await of.Write(world.Officer, "goals", "Andra mål.")).Is(HttpStatusCode.OK);
            (await of.Do(world.AssociationOfficer, "notice", new { reason = "Vi orkar inte." }))
                .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
            (await of.Do(world.AssociationSignatory, "notice", new { reason = "Vi orkar inte." })).Is(HttpStatusCode.OK);
            Assert.Equal(("notice-given", "none"), (await of.State(), await of.Working()));
            Assert.Contains((await of.Shown()).Body.GetProperty("sections").EnumerateArray(),
                section => section.On("text") == "Text om goals.");
            var told = Assert.Single(await world.Announced<AgreementNoticeGiven>(), said => said.AgreementId == of.Id);
            Assert.Equal((world.Association, new DateOnly(2026, 9, 2)), (told.OrganisationId, told.LastDay));
            (await of.Do(world.Signatory, "notice", new { reason = "Vi också." }))
                .Refuses(HttpStatusCode.Conflict, "life.not-in-force");
            (await of.Do(world.Officer, "renewal", new { reason = "Ändå.", endsOn = "2030-12-31" }))
                .Refuses(HttpStatusCode.Conflict, "life.not-in-force");
            world.Clock.SetTo(SwedishTime.StartOf(new DateOnly(2026, 9, 3)));
            await of.Becomes(world, "ended");
            var ended = Assert.Single(await world.Announced<AgreementEnded>(), said => said.AgreementId == of.Id);
            Assert.Equal((new DateOnly(2026, 9, 2), "notice"), (ended.EndedOn, ended.How));
            Assert.Equal("2026-09-02", (await of.Versions())[0].On("inForceTo"));
        }

        [Fact]
        public async Task A_rescission_ends_it_at_once_and_may_be_disputed()
        {
            var of = await world.InForce();
            (await of.Do(world.Officer, "rescission/disputes", new { reason = "Nej." }))
                .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
            (await of.Do(world.AssociationSignatory, "rescission/disputes", new { reason = "Nej." }))
                .Refuses(HttpStatusCode.Conflict, "life.not-rescinded");
            (await of.Do(world.Signatory, "rescission",
                new { reason = "Lokalen står tom.", ground = "material-breach", clause = "" }))
                .Is(HttpStatusCode.BadRequest);
            (await of.Do(world.Signatory, "rescission",
                new { reason = "Lokalen står tom.", ground = "material-breach", clause = "Uppsägning, stycke 2" }))
                .Is(HttpStatusCode.OK);
            Assert.Equal("rescinded", await of.State());
            Assert.Equal("rescinded",
                Assert.Single(await world.Announced<AgreementEnded>(), said => said.AgreementId == of.Id).How);
            (await of.Do(world.AssociationSignatory, "rescission/disputes", new { reason = "Den har aldrig stått tom." }))
                .Is(HttpStatusCode.OK);
            var ending = (await of.Life(world.Officer)).GetProperty("endings")[0];
            Assert.Equal(("rescission", "material-breach", "Uppsägning, stycke 2"),
                (ending.On("kind"), ending.On("ground"), ending.On("clause")));
            Assert.Equal("Frälsningsarmén", ending.GetProperty("disputes")[0].On("organisationName"));
            Assert.Equal("rescinded", await of.State());
            (await of.Do(world.Signatory, "rescission",
                new { reason = "Igen.", ground = "as-agreed", clause = "Uppsägning" }))
                .Refuses(HttpStatusCode.Conflict, "life.not-in-force");
        }

        [Fact]
        public async Task Sql_as_the_applications_login_gets_no_further()
        {
            var of = await world.InForce();
            var hash = await of.VersionHash();
            foreach (var wish in new[]
            {
                $"UPDATE agreement SET state = 'NoticeGiven' WHERE agreement_id = '{of.Id}'",
                $"UPDATE agreement SET state = 'Rescinded', working = 'None' WHERE agreement_id = '{of.Id}'",
                $"UPDATE agreement SET working = 'Signed' WHERE agreement_id = '{of.Id}'",
                $"UPDATE agreement SET working = 'OpenForSignature' WHERE agreement_id = '{of.Id}'",
                $"UPDATE agreement SET version_hash = NULL WHERE agreement_id = '{of.Id}'",
                $"UPDATE agreement SET title = 'Annat' WHERE agreement_id = '{of.Id}'",
                $"""
                 INSERT INTO agreement_version (agreement_id, partnership_id, number, hash, previous_hash, assessed_hash,
                   canonical, opened_at, kind, binds_by, effective_on)
                 VALUES ('{of.Id}', '{of.Partners.Id}', 2, encode(sha256('x'), 'hex'), '{hash}', 'h',
                   'x', now(), 'Renewal', 'Term', '2026-06-01')
                 """,
                $"""
                 INSERT INTO in_force (agreement_id, partnership_id, hash, from_day)
                 VALUES ('{of.Id}', '{of.Partners.Id}', '{hash}', '2030-01-01')
                 """,
                $"""
                 INSERT INTO termination (termination_id, agreement_id, partnership_id, kind, party_id, organisation, person,
                   reason, given_at, last_day)
                 VALUES (gen_random_uuid(), '{of.Id}', '{of.Partners.Id}', 'Notice', '{of.Partners.AssociationParty}',
                   '{world.Association}', gen_random_uuid(), 'x', now(), '2026-06-01')
                 """,
            })
                await AsLogin.Refused(world, wish);
            // Two versions on one day: not even with every trigger silenced.
            await using var server = new NpgsqlConnection(world.Database.ConnectionString);
            await server.OpenAsync();
            await using var overlap = new NpgsqlCommand($"""
                SET session_replication_role = replica;
                INSERT INTO in_force (agreement_id, partnership_id, hash, from_day)
                VALUES ('{of.Id}', '{of.Partners.Id}', 'another', '2030-01-01')
                """, server);
            var trouble = await Assert.ThrowsAsync<PostgresException>(() => overlap.ExecuteNonQueryAsync());
            Assert.Equal("one_version_on_any_day", trouble.ConstraintName);
        }
    }

    public sealed class Several(AgreementsWorld world) : IClassFixture<AgreementsWorld>
    {
        [Fact]
        public async Task A_partnership_has_several_agreements_each_with_a_life_of_its_own()
        {
            var first = await world.InForce();
            var drafted = (await world.Officer.Create($"/agreements/v1/partnerships/{first.Partners.Id}/agreements",
                new { title = "Boende 2", startsOn = "2026-05-01", endsOn = "2026-12-31", autoRenews = false }))
                .Is(HttpStatusCode.Created);
            var second = new Case(world, drafted.Id, first.Partners);
            (await first.Do(world.Signatory, "rescission",
                new { reason = "Skäl.", ground = "as-agreed", clause = "Uppsägning" }))
                .Is(HttpStatusCode.OK);
            Assert.Equal(("rescinded", "draft"), (await first.State(), await second.State()));
            var partnership = (await world.Officer.Get($"/agreements/v1/partnerships/{first.Partners.Id}")).Is(HttpStatusCode.OK);
            Assert.Equal(2, partnership.Body.GetProperty("agreements").GetArrayLength());
            Assert.Equal("drafting", partnership.Body.On("state"));
            Assert.Equal(HttpStatusCode.OK, (await world.AssociationOfficer.Get(second.Path)).Status);
        }
    }
}
