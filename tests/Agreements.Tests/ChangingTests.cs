using System.Net;
using System.Text.Json;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>An agreement in force is changed, and the version in force stays until the new one takes over.</summary>
public abstract class ChangingTests
{
    public sealed class Renegotiation(AgreementsWorld world) : IClassFixture<AgreementsWorld>
    {
        [Fact]
        public async Task The_old_version_is_in_force_until_all_have_signed_the_new_one_and_its_day_has_come()
        {
            var of = await world.InForce();
            var first = await of.VersionHash();
            await of.Renegotiate(world);
            Assert.Equal(("in-force", "draft"), (await of.State(), await of.Working()));
            Assert.Equal(first, (await of.Term()).On("versionHash"));
            Assert.Equal(JsonValueKind.Null, (await of.Shown()).Body.GetProperty("versionHash").ValueKind);
            (await of.Write(world.AssociationOfficer, "targetGroup", "Också barn med funktionsnedsättning."))
                .Is(HttpStatusCode.OK);
            (await of.Open()).Refuses(HttpStatusCode.Conflict, "assessment.open");
            await of.ConfirmAll(world);
            (await of.Open()).Refuses(HttpStatusCode.Conflict, "assessment.not-approved");
            await of.ApproveOpenAndSign(world);
            Assert.Equal(("in-force", "signed"), (await of.State(), await of.Working()));
            Assert.Equal(first, (await of.Term()).On("versionHash"));

            world.Clock.SetTo(SwedishTime.StartOf(new DateOnly(2026, 6, 1)));
            await Eventually.Holds("the new version is in force",
                async () => (await of.Term()).On("versionHash") != first);
            Assert.Equal(("in-force", "none"), (await of.State(), await of.Working()));
            var told = Assert.Single(await world.Announced<AgreementChanged>(), said => said.AgreementId == of.Id);
            Assert.Equal(("renegotiation", first, new DateOnly(2026, 6, 1)),
                (told.Kind, told.PreviousVersionHash, told.EffectiveOn));
            Assert.Equal("Också barn med funktionsnedsättning.", told.TargetGroup);
            var versions = await of.Versions();
            Assert.Equal(["2026-01-01–2026-05-31", "2026-06-01–"],
                versions.Select(version => $"{version.On("inForceFrom")}–{version.On("inForceTo")}"));
            Assert.Equal(first, versions[1].On("previousHash"));
            Assert.Single(await world.Announced<AgreementEnteredIntoForce>(), said => said.AgreementId == of.Id);
        }

        [Fact]
        public async Task It_may_be_given_up_and_then_the_text_is_the_one_in_force_again()
        {
            var of = await world.InForce();
            var before = (await of.Shown()).Body;
            (await of.Do(world.Officer, "renegotiation", new { reason = "Prövar.", effectiveOn = "2027-01-01" }))
                .Is(HttpStatusCode.OK);
            (await of.Write(world.Officer, "goals", "Andra mål.")).Is(HttpStatusCode.OK);
            (await of.Write(world.Officer, "vision", "En vision.")).Is(HttpStatusCode.OK);
            (await world.Officer.Create($"{of.Path}/contributions",
                new { partyId = of.Partners.RegionParty, kind = "premises", description = "Lokal" }))
                .Is(HttpStatusCode.Created);
            (await world.Officer.Put($"{of.Path}/frame", (await of.Shown()).Tag,
                new { title = "Annan titel", startsOn = "2026-01-01", endsOn = "2030-12-31", autoRenews = false }))
                .Is(HttpStatusCode.OK);
            (await of.Do(world.Officer, "change/abandonment", new { reason = "Vi låter det vara." })).Is(HttpStatusCode.OK);
            var after = (await of.Shown()).Body;
            Assert.Equal(("in-force", "none"), (after.On("state"), after.On("working")));
            foreach (var same in new[] { "title", "endsOn", "versionHash", "contributions" })
                Assert.Equal(before.GetProperty(same).GetRawText(), after.GetProperty(same).GetRawText());
            Assert.Equal(Texts(before), Texts(after));
            Assert.Equal("Vi låter det vara.",
                Assert.Single(await world.Announced<AgreementChangeAbandoned>(), said => said.AgreementId == of.Id).Reason);
            (await of.Do(world.Officer, "change/abandonment", new { reason = "Igen." }))
                .Refuses(HttpStatusCode.Conflict, "life.no-change-under-way");
            // And another may begin, on approvals of its own.
            await of.Renegotiate(world, "2027-02-01");
            await of.ConfirmAll(world);
            (await of.Open()).Refuses(HttpStatusCode.Conflict, "assessment.not-approved");

            static IEnumerable<string?> Texts(JsonElement of) =>
                of.GetProperty("sections").EnumerateArray().Select(section => section.On("text"));
        }

        [Fact]
        public async Task An_opened_change_is_given_up_too_and_its_version_never_comes_into_force()
        {
            var of = await world.InForce();
            await of.Renegotiate(world, "2027-03-01");
            (await of.Write(world.Officer, "goals", "Andra mål.")).Is(HttpStatusCode.OK);
            await of.ConfirmAll(world);
            (await of.Approve()).Is(HttpStatusCode.OK);
            (await of.Open()).Is(HttpStatusCode.OK);
            (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
            (await of.Do(world.Officer, "change/abandonment", new { reason = "Styrelsen sade nej." })).Is(HttpStatusCode.OK);
            var versions = await of.Versions();
            Assert.Equal(2, versions.Length);
            Assert.Null(versions[1].On("inForceFrom"));
            (await of.Sign(world.AssociationSignatory)).Refuses(HttpStatusCode.Conflict, "agreement.not-open-for-signature");
        }

        [Fact]
        public async Task A_change_needs_an_agreement_in_force_a_day_to_come_a_party_and_no_other_change()
        {
            var drafted = await world.Written();
            (await drafted.Do(world.Officer, "renegotiation", new { reason = "Skäl.", effectiveOn = "2027-01-01" }))
                .Refuses(HttpStatusCode.Conflict, "life.not-in-force");
            var of = await world.InForce();
            (await of.Do(world.Officer, "renegotiation", new { reason = "Skäl.", effectiveOn = "2020-01-01" }))
                .Refuses(HttpStatusCode.Conflict, "life.day-has-passed");
            (await of.Do(world.Officer, "renegotiation", new { reason = "Skäl.", effectiveOn = "2029-01-02" }))
                .Refuses(HttpStatusCode.Conflict, "life.ends-before");
            (await of.Do(world.Officer, "renegotiation", new { reason = " ", effectiveOn = "2027-01-01" }))
                .Is(HttpStatusCode.BadRequest);
            (await of.Do(world.Lawyer, "renegotiation", new { reason = "Skäl.", effectiveOn = "2027-01-01" }))
                .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
            (await world.Officer.Act($"{of.Path}/renegotiation", "\"gammal\"",
                new { reason = "Skäl.", effectiveOn = "2027-01-01" }))
                .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
            Assert.Equal(HttpStatusCode.NotFound, (await world.Stranger.Get($"{of.Path}/life")).Status);
            await of.Renegotiate(world, "2027-01-01");
            (await of.Do(world.Officer, "renewal", new { reason = "Skäl.", endsOn = "2030-12-31" }))
                .Refuses(HttpStatusCode.Conflict, "life.change-under-way");
            (await of.Do(world.Officer, "renegotiation", new { reason = "Skäl.", effectiveOn = "2027-01-01" }))
                .Refuses(HttpStatusCode.Conflict, "life.change-under-way");
        }
    }

    public sealed class RenewalAndAdjustment(AgreementsWorld world) : IClassFixture<AgreementsWorld>
    {
        [Fact]
        public async Task All_sign_a_later_end_and_it_takes_over_on_the_day_after_the_old_one()
        {
            var of = await world.InForce(endsOn: new DateOnly(2026, 12, 31));
            (await of.Do(world.Officer, "renewal", new { reason = "Det går bra.", endsOn = "2026-12-31" }))
                .Refuses(HttpStatusCode.Conflict, "life.end-not-later");
            (await of.Do(world.Officer, "renewal", new { reason = "Det går bra.", endsOn = "2028-12-31" }))
                .Is(HttpStatusCode.OK);
            (await of.Write(world.Officer, "goals", "Smyger in nya mål.")).Is(HttpStatusCode.OK);
            await of.ConfirmAll(world);
            (await of.Approve()).Is(HttpStatusCode.OK);
            (await of.Open()).Refuses(HttpStatusCode.Conflict, "life.beyond-the-change");
            (await of.Write(world.Officer, "goals", "Text om goals.")).Is(HttpStatusCode.OK);
            await of.ApproveOpenAndSign(world);
            Assert.Equal("2026-12-31", (await of.Term()).On("to"));
            world.Clock.SetTo(SwedishTime.StartOf(new DateOnly(2027, 1, 1)));
            await Eventually.Holds("renewed", async () => (await of.Term()).On("to") == "2028-12-31");
            Assert.Equal("in-force", await of.State());
            Assert.Equal("2026-01-01", (await of.Term()).On("from"));
        }

        [Fact]
        public async Task A_body_adjusts_what_the_agreement_lets_it_adjust_and_nothing_else()
        {
            var of = await world.InForce(more: new
            {
                title = "Vårsol 2026–2028", startsOn = "2026-01-01", endsOn = "2028-12-31", autoRenews = false, noticeMonths = 6,
                area = "health", targetAge = "0-25", countyCode = "06",
                adjustedBy = "Styrgruppen", adjustedSections = new[] { "interventions", "targetGroup" },
            });
            var today = world.Clock.Today().ToString("O", System.Globalization.CultureInfo.InvariantCulture);
            (await Adjust("goals", "Styrgruppen")).Refuses(HttpStatusCode.Conflict, "life.section-outside-frame");
            (await Adjust("interventions", "Arbetsgruppen")).Refuses(HttpStatusCode.Conflict, "life.another-body");
            (await Adjust("interventions", "Styrgruppen", "Text om interventions."))
                .Refuses(HttpStatusCode.Conflict, "life.nothing-changed");
            (await Adjust("interventions", "Styrgruppen", decidedOn: "2099-01-01"))
                .Refuses(HttpStatusCode.Conflict, "mandate.decided-later");
            (await Adjust("interventions", "Styrgruppen")).Is(HttpStatusCode.OK);
            var versions = await of.Versions();
            Assert.Equal(("adjustment", "decision", today),
                (versions[1].On("kind"), versions[1].On("bindsBy"), versions[1].On("inForceFrom")));
            Assert.Empty((await of.Shown()).Body.GetProperty("signatures").EnumerateArray());
            var told = Assert.Single(await world.Announced<AgreementChanged>(), said => said.AgreementId == of.Id);
            Assert.Equal("decision", told.BindsBy);
            var change = (await of.Life(world.Officer)).GetProperty("changes")[1];
            Assert.Equal(("Styrgruppen", "§ 7", "done"), (change.On("body"), change.On("paragraph"), change.On("state")));

            Task<Reply> Adjust(string section, string body, string text = "Öppet på lördagar.",
                string decidedOn = "2026-02-20") => of.Do(world.Officer, "adjustment", new
                {
                    reason = "Fler kommer på helgen.", effectiveOn = today,
                    decision = new { body, decidedOn, paragraph = "§ 7" }, sections = new[] { new { key = section, text } },
                });
        }

        [Fact]
        public async Task Without_a_named_body_nothing_is_adjusted()
        {
            var of = await world.InForce();
            (await of.Do(world.Officer, "adjustment", new
            {
                reason = "Skäl.", effectiveOn = "2028-01-01",
                decision = new { body = "Styrgruppen", decidedOn = "2026-02-20", paragraph = "1" },
                sections = new[] { new { key = "interventions", text = "Annat." } },
            })).Refuses(HttpStatusCode.Conflict, "life.no-body-adjusts");
        }
    }

    public sealed class AccessionAndDeparture(AgreementsWorld world) : IClassFixture<AgreementsWorld>
    {
        private CallerClient Newcomer(params string[] roles) => world.As(Callers.Of(world.Elsewhere, roles));

        private Task<Reply> Join(Case of, Guid partyId, string reason, string effectiveOn) =>
            of.Do(world.Officer, "accession", new { partyId, reason, effectiveOn });

        [Fact]
        public async Task A_party_joins_when_all_have_signed_and_leaves_with_the_agreements_notice()
        {
            var of = await world.InForce();
            var invited = (await world.Officer.Create($"/agreements/v1/partnerships/{of.Partners.Id}/parties",
                new { organisationId = world.Elsewhere, requiredSignatures = 1 })).Is(HttpStatusCode.Created).Id;
            Assert.Equal(2, (await of.Shown()).Body.GetProperty("parties").GetArrayLength());
            (await Join(of, of.Partners.AssociationParty, "Är med.", "2026-05-01"))
                .Refuses(HttpStatusCode.Conflict, "life.already-in-the-agreement");
            (await Join(of, Guid.NewGuid(), "Vem?", "2026-05-01"))
                .Refuses(HttpStatusCode.Conflict, "agreement.unknown-party");
            (await Join(of, invited, "Vill vara med.", "2026-05-01"))
                .Is(HttpStatusCode.OK);
            Assert.Equal(3, (await of.Shown()).Body.GetProperty("parties").GetArrayLength());
            (await Newcomer(Roles.Officer).Create($"{of.Path}/contributions",
                new { partyId = invited, kind = "competence", description = "Kunskap om sorg" })).Is(HttpStatusCode.Created);
            await of.ConfirmAll(world);
            (await of.Write(world.Officer, "roles", "De nya håller i sorgegrupper.")).Is(HttpStatusCode.OK);
            await of.ApproveOpenAndSign(world);
            Assert.Equal("open-for-signature", await of.Working());
            (await of.Sign(Newcomer(Roles.Signatory))).Is(HttpStatusCode.OK);
            world.Clock.SetTo(SwedishTime.StartOf(new DateOnly(2026, 5, 1)));
            await Eventually.Holds("three parties", async () => await of.Working() == "none");
            var joined = Assert.Single(await world.Announced<AgreementChanged>(), said => said.AgreementId == of.Id);
            Assert.Equal(("accession", 3), (joined.Kind, joined.Parties.Count));

            // The region is the only public party: it cannot leave the others without it.
            (await of.Do(world.Signatory, "departure", new { reason = "Sparkrav." }))
                .Refuses(HttpStatusCode.Conflict, "life.side-would-be-missing");
            (await of.Do(Newcomer(Roles.Signatory), "departure", new { reason = "Vi räcker inte till." })).Is(HttpStatusCode.OK);
            (await of.Do(Newcomer(Roles.Signatory), "departure", new { reason = "Igen." }))
                .Refuses(HttpStatusCode.Conflict, "life.already-leaving");
            // With the newcomer gone the association is the only idea-driven party.
            (await of.Do(world.AssociationSignatory, "departure", new { reason = "Vi också." }))
                .Refuses(HttpStatusCode.Conflict, "life.side-would-be-missing");
            Assert.Contains((await of.Life(world.Officer)).GetProperty("dates").EnumerateArray(),
                date => (date.On("what"), date.On("on")) == ("party-leaves", "2026-11-02"));
            // Meanwhile the others renegotiate; the newcomer is still in the text.
            await of.Renegotiate(world, "2027-01-01");
            world.Clock.SetTo(SwedishTime.StartOf(new DateOnly(2026, 11, 2)));
            await Eventually.Holds("two parties", async () => (await of.Versions()).Length == 3);
            var left = (await world.Announced<AgreementChanged>())
                .Single(said => said.AgreementId == of.Id && said.Kind == "withdrawal");
            Assert.Equal((2, "departure", new DateOnly(2026, 11, 2)), (left.Parties.Count, left.BindsBy, left.EffectiveOn));
            Assert.Equal("draft", await of.Working());
            Assert.Equal(2, (await of.Shown()).Body.GetProperty("parties").GetArrayLength());
            Assert.Equal(2, (await of.Shown()).Body.GetProperty("contributions").GetArrayLength());
            await Eventually.Holds("the party that left sees it no more",
                async () => (await Newcomer(Roles.Officer).Get(of.Path)).Status == HttpStatusCode.NotFound);
        }

        [Fact]
        public async Task An_accession_only_adds()
        {
            var of = await world.InForce();
            var invited = (await world.Officer.Create($"/agreements/v1/partnerships/{of.Partners.Id}/parties",
                new { organisationId = world.Elsewhere, requiredSignatures = 1 })).Is(HttpStatusCode.Created).Id;
            (await Join(of, invited, "Vill vara med.", "2027-05-01"))
                .Is(HttpStatusCode.OK);
            (await Newcomer(Roles.Officer).Create($"{of.Path}/contributions",
                new { partyId = invited, kind = "competence", description = "Kunskap" })).Is(HttpStatusCode.Created);
            (await of.Write(world.Officer, "resources", "Mindre än förut.")).Is(HttpStatusCode.OK);
            await of.ConfirmAll(world);
            (await of.Approve()).Is(HttpStatusCode.OK);
            (await of.Open()).Refuses(HttpStatusCode.Conflict, "life.beyond-the-change");
            (await of.Write(world.Officer, "resources", "Text om resources. Och den nyas kunskap.")).Is(HttpStatusCode.OK);
            (await of.Approve()).Is(HttpStatusCode.OK);
            (await of.Open()).Is(HttpStatusCode.OK);
        }
    }
}
