using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.Platform.Sealing;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

[Collection("outcome finance")]
public sealed class ContractTests(OutcomeFinanceWorld world)
{
    [Fact]
    public async Task A_draft_shows_its_terms_checked_and_what_awaits_whom()
    {
        var draft = await world.Drafted();
        Assert.Equal("draft", draft.Body.GetProperty("state").GetString());
        Assert.True(draft.Body.GetProperty("check").GetProperty("ok").GetBoolean(), draft.Text);
        var awaited = Assert.Single(draft.Body.GetProperty("awaits").EnumerateArray());
        Assert.Equal("legal-approval", awaited.GetProperty("what").GetString());
        Assert.Equal("Norrköpings kommun", awaited.GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_same_creating_request_twice_makes_one_contract()
    {
        var (key, request) = (Guid.NewGuid().ToString(), world.DraftRequest());
        var officer = world.As(world.Officer);
        var answers = await Task.WhenAll(
            officer.Create("/outcome-finance/v1/contracts", request, key),
            officer.Create("/outcome-finance/v1/contracts", request, key));
        var again = await officer.Create("/outcome-finance/v1/contracts", request, key);
        Assert.All(answers, answer => answer.Is(HttpStatusCode.Created));
        Assert.Equal(answers[0].Id, answers[1].Id);
        Assert.Equal(answers[0].Id, again.Id);
    }

    [Fact]
    public async Task The_verifier_is_never_a_party()
    {
        var refused = await world.As(world.Officer)
            .Create("/outcome-finance/v1/contracts", world.DraftRequest(verifier: world.Fund));
        refused.Refuses(HttpStatusCode.Conflict, "contract.verifier-is-a-party");
    }

    [Fact]
    public async Task A_faulty_text_can_be_saved_but_not_opened()
    {
        var draft = await world.Drafted();
        var faulty = (await world.As(world.Officer)
            .Put(OutcomeFinanceWorld.Path(draft.Id, "/terms"), draft.Tag, new { text = "villkor 1, SEK\nrad x = y" }))
            .Is(HttpStatusCode.OK);
        Assert.False(faulty.Body.GetProperty("check").GetProperty("ok").GetBoolean());
        var refused = await world.As(world.Officer).Act(OutcomeFinanceWorld.Path(draft.Id, "/opening"), faulty.Tag);
        refused.Refuses(HttpStatusCode.Conflict, "contract.terms-faulty");
    }

    [Fact]
    public async Task A_payer_in_the_terms_must_be_a_party()
    {
        var text = OutcomeFinanceWorld.NorrkopingTerms.Replace(
            "Norrköpings_kommun", "Linköpings_kommun", StringComparison.Ordinal);
        var draft = (await world.As(world.Officer).Create("/outcome-finance/v1/contracts", world.DraftRequest(text)))
            .Is(HttpStatusCode.Created);
        var diagnostics = draft.Body.GetProperty("check").GetProperty("diagnostics").EnumerateArray();
        Assert.Contains(diagnostics, one => one.GetProperty("code").GetString() == "contract.payer-unknown");
        (await world.As(world.Officer).Act(OutcomeFinanceWorld.Path(draft.Id, "/opening"), draft.Tag))
            .Refuses(HttpStatusCode.Conflict, "contract.payer-unknown");
    }

    [Fact]
    public async Task No_contract_opens_without_the_public_partys_lawyer()
    {
        var draft = await world.Drafted();
        (await world.As(world.Officer).Act(OutcomeFinanceWorld.Path(draft.Id, "/opening"), draft.Tag))
            .Refuses(HttpStatusCode.Conflict, "contract.legal-approval-missing");
    }

    [Fact]
    public async Task An_edit_voids_the_approval()
    {
        var draft = await world.Drafted();
        var approved = await world.Approved(draft.Id, draft.Tag, world.Lawyer);
        var text = OutcomeFinanceWorld.NorrkopingTerms.Replace("40 %", "45 %", StringComparison.Ordinal);
        var edited = (await world.As(world.Officer).Put(OutcomeFinanceWorld.Path(draft.Id, "/terms"), approved.Tag, new { text }))
            .Is(HttpStatusCode.OK);
        Assert.False(edited.Body.GetProperty("legalApprovals")[0].GetProperty("coversThisDraft").GetBoolean());
        (await world.As(world.Officer).Act(OutcomeFinanceWorld.Path(draft.Id, "/opening"), edited.Tag))
            .Refuses(HttpStatusCode.Conflict, "contract.legal-approval-missing");
    }

    [Fact]
    public async Task An_edit_cannot_slip_past_the_opening()
    {
        var open = await world.Opened();
        (await world.As(world.Officer)
            .Put(OutcomeFinanceWorld.Path(open.Id, "/terms"), open.Tag, new { text = "villkor 1, SEK" }))
            .Refuses(HttpStatusCode.Conflict, "contract.not-a-draft");
    }

    [Fact]
    public async Task One_says_which_version_one_has_seen()
    {
        var draft = await world.Drafted();
        (await world.As(world.Officer).Put(OutcomeFinanceWorld.Path(draft.Id, "/terms"), null, new { text = "x" }))
            .Refuses(HttpStatusCode.PreconditionRequired, "request.version-missing");
        (await world.As(world.Officer).Put(OutcomeFinanceWorld.Path(draft.Id, "/terms"), "\"99\"", new { text = "x" }))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
    }

    [Fact]
    public async Task The_contract_binds_when_all_have_signed_the_same_hash()
    {
        var open = await world.Opened();
        var hash = open.Body.GetProperty("versionHash").GetString()!;
        var signed = await Task.WhenAll(
            new[] { world.Municipality, world.Fund, world.Institute }.Select(one => world.Sign(open.Id, one, hash)));
        Assert.All(signed, answer => answer.Is(HttpStatusCode.OK));
        var contract = await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(open.Id));
        Assert.Equal("signed", contract.Body.GetProperty("state").GetString());
        var told = Assert.Single(await world.Announced<OutcomeContractSigned>(), one => one.ContractId == open.Id);
        Assert.Equal(["investerat", "besparing", "skolresultat_förbättrade"], told.Measures.Select(measure => measure.Path));
        Assert.Equal(["money", "money", "boolean"], told.Measures.Select(measure => measure.Type));
        Assert.Equal([false, true, false], told.Measures.Select(measure => measure.MayBeNegative));
    }

    [Fact]
    public async Task Nobody_signs_twice_and_nobody_signs_what_was_not_seen()
    {
        var open = await world.Opened();
        var hash = open.Body.GetProperty("versionHash").GetString();
        (await world.Sign(open.Id, world.Fund, "0000")).Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await world.Sign(open.Id, world.Fund, hash)).Is(HttpStatusCode.OK);
        (await world.Sign(open.Id, world.Fund, hash)).Refuses(HttpStatusCode.Conflict, "contract.already-signed");
    }

    [Fact]
    public async Task Whoever_holds_the_published_keys_can_verify_hash_and_seals()
    {
        var contract = await world.Signed();
        var view = (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(contract))).Body;
        var hash = view.GetProperty("versionHash").GetString()!;
        var version = (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(contract, $"/versions/{hash}")))
            .Is(HttpStatusCode.OK);
        var canonical = version.Body.GetProperty("canonical").GetString()!;
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var keys = (await world.Anonymous.Get("/outcome-finance/v1/sealing-keys")).Is(HttpStatusCode.OK).Body.GetProperty("keys")
            .EnumerateArray().ToList();
        var previous = hash;
        foreach (var signature in view.GetProperty("signatures").EnumerateArray())
        {
            var seal = signature.GetProperty("seal").GetString()!;
            var statement = Sealer.Open(seal, keys);
            Assert.NotNull(statement);
            Assert.Equal(hash, (string?)statement["versionHash"]);
            Assert.Equal(previous, (string?)statement["prev"]);
            previous = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(seal)));
        }
    }

    [Fact]
    public async Task A_stranger_finds_nothing()
    {
        var contract = await world.Signed();
        var stranger = world.As(world.Stranger);
        foreach (var path in new[] { "", "/ledger", "/periods/2016-2018/derivation" })
            (await stranger.Get(OutcomeFinanceWorld.Path(contract, path))).Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await stranger.Act(OutcomeFinanceWorld.Path(contract, "/opening"), "\"1\""))
            .Refuses(HttpStatusCode.NotFound, "request.not-found");
        Assert.Empty((await stranger.Get("/outcome-finance/v1/contracts")).Body.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task The_verifier_sees_the_contract_but_no_money()
    {
        var (contract, obligation, _) = await world.Triggered();
        var verifier = world.As(world.Verifier);
        (await verifier.Get(OutcomeFinanceWorld.Path(contract))).Is(HttpStatusCode.OK);
        (await verifier.Get($"/outcome-finance/v1/obligations/{obligation}")).Is(HttpStatusCode.NotFound);
        (await verifier.Get(OutcomeFinanceWorld.Path(contract, "/periods/2016-2018/derivation"))).Is(HttpStatusCode.NotFound);
        Assert.Empty((await verifier.Get(OutcomeFinanceWorld.Path(contract, "/ledger"))).Body.GetProperty("items")
            .EnumerateArray());
    }

    [Theory]
    [InlineData("""{"title":"x"}""")]
    [InlineData("""{"title":"x","parties":[],"periods":[],"terms":"x","surprise":1}""")]
    [InlineData("""{"title":"","parties":[],"periods":[],"terms":""}""")]
    [InlineData("""{"title":"x","parties":[null],"periods":[null],"terms":""}""")]
    [InlineData("""{"title":"x","parties":[{"organisationId":"7f3c6a8e-0000-4000-8000-000000000001","role":"king"}],"periods":[{"key":"a","from":"2026-13-01","to":"2026-01-01","final":true}],"terms":""}""")]
    [InlineData("""{"title""")]
    public async Task A_malformed_draft_is_a_clear_problem(string json)
    {
        var body = json.EndsWith('}') ? (object)JsonSerializer.Deserialize<JsonElement>(json) : json;
        (await world.As(world.Officer).Create("/outcome-finance/v1/contracts", body)).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_organisation_nobody_has_heard_of_is_no_party()
    {
        var refused = await world.As(world.Officer)
            .Create("/outcome-finance/v1/contracts", world.DraftRequest(verifier: Guid.NewGuid()));
        refused.Refuses(HttpStatusCode.Conflict, "contract.organisation-unknown");
    }

    [Fact]
    public async Task Only_an_officer_drafts() =>
        (await world.As(Callers.Of(world.Municipality, Roles.Reader))
            .Create("/outcome-finance/v1/contracts", world.DraftRequest()))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
}
