using System.Net;
using System.Text.Json;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

[Collection("outcome finance")]
public sealed class AssessmentTests(OutcomeFinanceWorld world)
{
    private static string Path(Guid contract, string rest = "") => OutcomeFinanceWorld.Path(contract, "/assessment" + rest);

    [Fact]
    public async Task Payment_against_results_with_a_duty_to_perform_is_a_public_contract_and_cannot_be_approved()
    {
        var draft = await world.Drafted();
        var lawyer = world.As(world.Lawyer);
        await lawyer.Assess(draft.Id, Conditions("yes"));
        var shown = (await lawyer.Get(Path(draft.Id))).Is(HttpStatusCode.OK).Body;
        Assert.Equal("blocked", shown.GetProperty("state").GetString());
        var party = Assert.Single(shown.GetProperty("parties").EnumerateArray());
        Assert.Equal("public-contract", party.GetProperty("finding").GetString());
        (await Approve(draft.Id, draft.Tag)).Refuses(HttpStatusCode.Conflict, "contract.assessment-blocks");
        (await world.As(world.Officer).Act(OutcomeFinanceWorld.Path(draft.Id, "/opening"), draft.Tag))
            .Refuses(HttpStatusCode.Conflict, "contract.legal-approval-missing");
    }

    [Fact]
    public async Task What_has_been_procured_may_be_signed()
    {
        var draft = await world.Drafted();
        await world.As(world.Lawyer).Assess(draft.Id, [.. Conditions("yes"), ("pc-procured", "yes")]);
        var approved = (await Approve(draft.Id, draft.Tag)).Is(HttpStatusCode.OK);
        (await world.As(world.Officer).Act(OutcomeFinanceWorld.Path(draft.Id, "/opening"), approved.Tag))
            .Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task No_approval_while_a_question_is_open()
    {
        var draft = await world.Drafted();
        (await Approve(draft.Id, draft.Tag)).Refuses(HttpStatusCode.Conflict, "contract.assessment-open");
    }

    [Fact]
    public async Task Another_answer_voids_the_approval()
    {
        var draft = await world.Drafted();
        var approved = await world.Approved(draft.Id, draft.Tag, world.Lawyer);
        await world.As(world.Lawyer).Assess(draft.Id, ("pc-before", "yes"));
        var contract = (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(draft.Id))).Body;
        Assert.False(contract.GetProperty("legalApprovals")[0].GetProperty("coversThisDraft").GetBoolean());
        (await world.As(world.Officer).Act(OutcomeFinanceWorld.Path(draft.Id, "/opening"), approved.Tag))
            .Refuses(HttpStatusCode.Conflict, "contract.legal-approval-missing");
        var again = (await Approve(draft.Id, approved.Tag)).Is(HttpStatusCode.OK);
        (await world.As(world.Officer).Act(OutcomeFinanceWorld.Path(draft.Id, "/opening"), again.Tag)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_approval_keeps_what_was_approved_with_its_hash()
    {
        var draft = await world.Drafted();
        await world.Approved(draft.Id, draft.Tag, world.Lawyer);
        var kept = JsonDocument.Parse(await world.Scalar<byte[]>(
            "SELECT assessment FROM legal_approval WHERE contract_id = $1", draft.Id)).RootElement;
        Assert.Equal(draft.Body.GetProperty("draftHash").GetString(), kept.GetProperty("draft").GetString());
        Assert.Equal("lawful", kept.GetProperty("finding").GetString());
        Assert.Equal(26, kept.GetProperty("answers").GetArrayLength());
    }

    [Fact]
    public async Task Each_public_partys_lawyer_answers_for_it_and_nobody_else_does()
    {
        var draft = await world.Drafted();
        object answer = new { answer = "no", reason = "Inget sådant." };
        var path = Path(draft.Id, "/answers/pc-choice");
        (await world.As(world.Officer).Put(path, "\"0\"", answer)).Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await world.As(Callers.Of(world.Fund, Roles.Legal)).Put(path, "\"0\"", answer))
            .Refuses(HttpStatusCode.Forbidden, "contract.not-a-public-party");
        (await world.As(world.Stranger).Put(path, "\"0\"", answer)).Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await world.As(world.Stranger).Get(Path(draft.Id))).Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await world.As(world.Lawyer).Put(Path(draft.Id, "/answers/pc-nothing"), "\"0\"", answer))
            .Refuses(HttpStatusCode.NotFound, "contract.question-unknown");
        (await world.As(world.Lawyer).Put(path, "\"0\"", new { answer = "not-applicable", reason = "x" }))
            .Refuses(HttpStatusCode.Conflict, "contract.question-always-applies");
        (await world.As(world.Lawyer).Put(path, "\"0\"", answer)).Is(HttpStatusCode.OK);
        (await world.As(world.Lawyer).Put(path, "\"0\"", answer)).Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
    }

    [Fact]
    public async Task What_is_open_for_signature_is_no_longer_answered()
    {
        var open = await world.Opened();
        (await world.As(world.Lawyer).Put(Path(open.Id, "/answers/pc-choice"), "\"1\"", new { answer = "yes", reason = "x" }))
            .Refuses(HttpStatusCode.Conflict, "contract.not-a-draft");
        Assert.Equal("no rows", await world.AsApplication(world.Lawyer,
            "UPDATE contract_answer SET reply = 'Yes', answered_by = $2 WHERE contract_id = $1", open.Id, world.Lawyer.Person));
    }

    [Fact]
    public async Task The_application_cannot_approve_without_an_assessment()
    {
        var draft = await world.Drafted();
        Assert.Equal("42501", await world.AsApplication(world.Lawyer, """
            INSERT INTO legal_approval (approval_id, contract_id, organisation_id, person_id, approved_hash, reason, at)
            VALUES (gen_random_uuid(), $1, $2, $3, 'x', 'x', now())
            """, draft.Id, world.Municipality, world.Lawyer.Person));
    }

    [Fact]
    public async Task Public_costs_are_signed_with_the_contract_and_summed()
    {
        var draft = await world.Drafted();
        var costs = new
        {
            costs = new[]
            {
                new { body = "Norrköpings kommun", year = 2026, amount = "1250000", description = "Teamledare" },
                new { body = "Region Östergötland", year = 2027, amount = "400000.50", description = "Psykolog" },
            },
        };
        var stated = (await world.As(world.Officer).Put(OutcomeFinanceWorld.Path(draft.Id, "/public-costs"), draft.Tag, costs))
            .Is(HttpStatusCode.OK);
        Assert.Equal("1650000.50", stated.Body.GetProperty("publicCostsTotal").GetString());
        Assert.NotEqual(
            draft.Body.GetProperty("draftHash").GetString(), stated.Body.GetProperty("draftHash").GetString());
        (await world.As(world.Officer).Put(OutcomeFinanceWorld.Path(draft.Id, "/public-costs"), stated.Tag,
            new { costs = new[] { new { body = "", year = 1, amount = "0", description = "" } } }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        var open = await world.Opened(draft.Id, stated.Tag);
        (await world.As(world.Officer).Put(OutcomeFinanceWorld.Path(draft.Id, "/public-costs"), open.Tag, costs))
            .Refuses(HttpStatusCode.Conflict, "contract.not-a-draft");
        Assert.Equal("42501", await world.AsApplication(world.Officer, """
            INSERT INTO public_cost (cost_id, contract_id, position, body, year, amount_minor, description)
            VALUES (gen_random_uuid(), $1, 9, 'x', 2026, 1, 'x')
            """, draft.Id));
    }

    private Task<Reply> Approve(Guid contract, string? tag) => world.As(world.Lawyer)
        .Act(OutcomeFinanceWorld.Path(contract, "/legal-approvals"), tag, new { reason = "Lagligt." });

    private static (string, string)[] Conditions(string answer) =>
        [.. new[] { "parties", "concluded", "acquisition", "choice", "interest", "obligations" }
            .Select(one => ($"pc-{one}", answer))];
}
