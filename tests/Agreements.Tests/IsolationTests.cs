using System.Net;
using System.Text.RegularExpressions;
using Iop.TestKit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Agreements.Tests;

/// <summary>Somebody else's thing is not there, whatever one tries.</summary>
public sealed partial class IsolationTests(AgreementsWorld world) : IClassFixture<AgreementsWorld>
{
    private static readonly Dictionary<string, object> Bodies = new(StringComparer.Ordinal)
    {
        ["InviteParty"] = new { organisationId = Guid.NewGuid(), requiredSignatures = 1 },
        ["DraftAgreement"] = new { title = "x", startsOn = "2026-04-01", autoRenews = false },
        ["ChangeFrame"] = new { title = "x", startsOn = "2026-04-01", autoRenews = false },
        ["WriteSection"] = new { text = "x" },
        ["OfferContribution"] = new { partyId = Guid.NewGuid(), kind = "money", description = "x" },
        ["ChangeContribution"] = new { kind = "money", description = "x" },
        ["AnswerInstrument"] = new { answer = "yes", reason = "x" },
        ["AddMatter"] = new { text = "x" },
        ["ListRelation"] = new { kind = "grant", fromPartyId = Guid.NewGuid(), toPartyId = Guid.NewGuid(), description = "x" },
        ["RemoveRelation"] = new { relationId = Guid.NewGuid(), reason = "x" },
        ["BookAid"] = new
        {
            recipientPartyId = Guid.NewGuid(), kind = "de-minimis", kronor = "1.00", grantedOn = "2026-03-02", reason = "x",
        },
        ["ReverseAid"] = new { bookingId = Guid.NewGuid(), reason = "x" },
        ["StateOtherAid"] = new { sort = "none" },
        ["RecordRate"] = new { day = "2026-03-02", kronorPerEuro = "11.0", source = "x" },
        ["SetAidCeiling"] = new { kind = "de-minimis", validFrom = "2030-01-01", euro = "1.00", source = "x" },
        ["AnswerQuestion"] = new { answer = "yes", reason = "x" },
        ["SignAgreement"] = AgreementsWorld.Mandate,
        ["WithdrawAgreement"] = new { reason = "x" },
        ["SetSigningOrder"] = new { turns = Array.Empty<object>() },
        ["ChooseReviewers"] = new { reviewers = Array.Empty<object>() },
        ["ReleaseReviewer"] = new { reason = "x" },
        ["DeclineVersion"] = new { reason = "x" },
        ["GiveNotice"] = new { reason = "x" },
        ["DisputeRescission"] = new { reason = "x" },
        ["BookJointTalk"] = new { on = "2026-04-01" },
        ["TellOfJointTalk"] = new { held = true },
        ["RescindAgreement"] = new { reason = "x", ground = "material-breach", clause = "x" },
        ["LeaveAgreement"] = new { reason = "x" },
        ["RenewAgreement"] = new { reason = "x", endsOn = "2030-01-01" },
        ["RewordChange"] = new { reason = "x", effectiveOn = "2030-01-01" },
        ["AbandonChange"] = new { reason = "x" },
        ["RenegotiateAgreement"] = new { reason = "x", effectiveOn = "2030-01-01" },
        ["AdmitParty"] = new { partyId = Guid.NewGuid(), reason = "x", effectiveOn = "2030-01-01" },
        ["AdjustAgreement"] = new
        {
            reason = "x", effectiveOn = "2030-01-01", decision = new { body = "x", decidedOn = "2026-03-01", paragraph = "x" },
            sections = Array.Empty<object>(),
        },
        ["RaiseItem"] = new { title = "x" },
        ["ReferItem"] = new { toBodyId = Guid.NewGuid(), reason = "x" },
        ["CloseItem"] = new { outcome = "x" },
        ["SetGoal"] = new { kind = "overall", text = "x" },
        ["RewordGoal"] = new { text = "x" },
        ["PlanActivity"] = new { name = "x", bookedBy = Guid.NewGuid(), partyIds = new[] { Guid.NewGuid() } },
        ["ReplanActivity"] = new { name = "x", bookedBy = Guid.NewGuid(), partyIds = new[] { Guid.NewGuid() } },
        ["AcceptRoles"] = new { partyId = Guid.NewGuid() },
        ["ReportDelivery"] = new { fromOn = "2026-04-01", toOn = "2026-04-02", comment = "x" },
        ["ChangeAttachment"] = new { title = "x" },
        ["FormBody"] = new { kind = "steering", name = "x" },
        ["ChangeBody"] = new { name = "x" },
        ["RecordDialogue"] = new { kind = "note", heldOn = "2026-03-01", participants = "x", said = "x" },
        ["CorrectDialogue"] = new { kind = "note", heldOn = "2026-03-01", participants = "x", said = "x" },
        ["EndDialogue"] = new { outcome = "no-agreement", reason = "x" },
        ["ReopenDialogue"] = new { reason = "x" },
        ["ChooseTrack"] = new { light = false },
        ["ChoosePartners"] = new { openInvitation = true, how = "x", criteria = "x" },
        ["InviteGuest"] = new { name = "x", purpose = "adviser", reason = "x", fromOn = "2026-03-02", toOn = "2026-03-03" },
        ["ChangeGuest"] = new { toOn = "2026-03-03", followUp = false, payments = false },
        ["NameActor"] = new { standing = "asked", name = "x", kind = "public" },
        ["MoveActor"] = new { standing = "asked" },
        ["InvolveTargetGroup"] = new { step = "goals", who = "x", level = "dialogue", how = "x", heldOn = "2026-03-01" },
        ["CorrectParticipation"] = new { step = "goals", who = "x", level = "dialogue", how = "x", heldOn = "2026-03-01" },
        ["CommentOnSection"] = new { sectionKey = "goals", text = "x" },
        ["ReplyToComment"] = new { text = "x" },
        ["SeatMember"] = new { role = "guest", fromOn = "2026-04-01", name = "x" },
        ["ReseatMember"] = new { role = "guest" },
        ["BringFromPaper"] = new { title = "x", signedOn = "2025-01-01", startsOn = "2025-01-01", autoRenews = false },
        ["NamePaper"] = new { signedOn = "2025-01-01" },
        ["ConfirmPaper"] = new { confirms = true },
        ["AdoptPlan"] = LivingBodies.Plan,
        ["ChangePlan"] = LivingBodies.Plan,
        ["CheckPlan"] = LivingBodies.Plan,
        ["NotePrecondition"] = LivingBodies.Precondition,
        ["RewordPrecondition"] = LivingBodies.Precondition,
        ["AgreeTransition"] = new { terms = Array.Empty<object>() },
        ["RecordOutcome"] = new { kind = "no-change", note = "x" },
        ["SetUpPool"] = new { title = "x", holderPartyId = Guid.NewGuid(), decision = LivingBodies.Decision },
        ["AgreeRate"] = new { unit = "x", perUnit = "50.00", startsOn = "2026-01-01", decision = LivingBodies.Decision },
        ["AgreeCriteria"] = new { criteria = new[] { "x" }, decision = LivingBodies.Decision },
        ["AccrueToPool"] = new
        {
            partyId = Guid.NewGuid(), unit = "x", quantity = 1, startsOn = "2026-01-01", endsOn = "2026-01-02",
        },
        ["DepositInPool"] = new { partyId = Guid.NewGuid(), amount = "1.00" },
        ["DecideGrant"] = new
        {
            partyId = Guid.NewGuid(), amount = "1.00", purpose = "x", criterionIds = new[] { Guid.NewGuid() },
            decision = LivingBodies.Decision,
        },
        ["ReleaseGrant"] = new { reason = "x", decision = LivingBodies.Decision },
        ["PayOutGrant"] = new { amount = "1.00" },
        ["ReverseEntry"] = new { reason = "x" },
        ["PlanExit"] = new { activity = "x" },
        ["ChangeExit"] = new { activity = "x" },
        ["SettleUp"] = new { surplus = "0.00", shares = Array.Empty<object>(), decision = LivingBodies.Decision },
    };

    [Fact]
    public async Task A_stranger_with_every_role_finds_nothing_behind_any_operation()
    {
        var of = await world.Opened();
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        var contribution = (await of.Shown()).Body.GetProperty("contributions")[0].GetProperty("id").GetGuid();
        var tried = 0;
        foreach (var (name, method, pattern) in Operations()
            .Where(operation => operation.Pattern.Contains("{id", StringComparison.Ordinal)))
        {
            var path = pattern
                .Replace("{id:guid}", pattern.Contains("/partnerships/", StringComparison.Ordinal) ? of.Partners.Id.ToString()
                    : of.Id.ToString(), StringComparison.Ordinal)
                .Replace("{partyId:guid}", of.Partners.RegionParty.ToString(), StringComparison.Ordinal)
                    .Replace("{contributionId:guid}", contribution.ToString(), StringComparison.Ordinal)
                .Replace("{key}", "goals", StringComparison.Ordinal)
                    .Replace("{questionId}", "def-parties", StringComparison.Ordinal)
                .Replace("{hash}", await of.VersionHash(), StringComparison.Ordinal);
            path = Ids().Replace(path, Guid.NewGuid().ToString());
            var body = method is "POST" or "PUT" ? Bodies.GetValueOrDefault(name, new { }) : null;
            var reply = await world.Stranger.Send(new HttpMethod(method), path, body, ("If-Match", "\"1\""),
                ("Idempotency-Key", Guid.NewGuid().ToString()));
            Assert.True(reply.Status == HttpStatusCode.NotFound, $"{method} {path}: {(int)reply.Status} {reply.Text}");
            Assert.Equal("request.not-found", reply.Code);
            // The same without any such thing: not visible and not existing look the same.
            var absent = path.Replace(of.Id.ToString(), Guid.NewGuid().ToString(), StringComparison.Ordinal)
                .Replace(of.Partners.Id.ToString(), Guid.NewGuid().ToString(), StringComparison.Ordinal);
            (await world.Officer.Send(new HttpMethod(method), absent, body, ("If-Match", "\"1\""),
                ("Idempotency-Key", Guid.NewGuid().ToString()))).Is(HttpStatusCode.NotFound);
            tried++;
        }
        Assert.True(tried >= 20, $"only {tried} operations were tried");
        Assert.Empty((await world.Stranger.Get("/agreements/v1/partnerships")).Is(HttpStatusCode.OK).Body.GetProperty("items")
            .EnumerateArray());
        Assert.Empty((await world.Stranger.Get($"/agreements/v1/audit-trail?partnershipId={of.Partners.Id}"))
            .Is(HttpStatusCode.OK)
            .Body.GetProperty("items").EnumerateArray());
    }

    /// <summary>With every role, in the midst of signing, when most could be done.</summary>
    [Fact]
    public async Task A_guest_with_every_role_changes_nothing_by_any_operation()
    {
        var of = await world.Opened();
        var guest = world.As(Callers.Of(Guid.NewGuid(), AgreementsWorld.InPartnerships));
        var invited = (await world.Officer.Create($"/agreements/v1/partnerships/{of.Partners.Id}/guests",
            Bodies["InviteGuest"])).Is(HttpStatusCode.Created);
        var link = invited.Body.GetProperty("invitation").GetString();
        (await guest.Act($"/agreements/v1/guest-invitations/{link}/acceptance", null)).Is(HttpStatusCode.OK);
        var tag = (await guest.Get(of.Path)).Is(HttpStatusCode.OK).Tag!;
        var tried = 0;
        foreach (var (name, method, pattern) in Operations().Where(operation => operation.Method is not "GET"
            && operation.Pattern.Contains("{id", StringComparison.Ordinal)))
        {
            var path = pattern
                .Replace("{id:guid}", pattern.Contains("/partnerships/", StringComparison.Ordinal) ? of.Partners.Id.ToString()
                    : of.Id.ToString(), StringComparison.Ordinal)
                .Replace("{partyId:guid}", of.Partners.RegionParty.ToString(), StringComparison.Ordinal)
                .Replace("{guestId:guid}", invited.Id.ToString(), StringComparison.Ordinal)
                .Replace("{key}", "goals", StringComparison.Ordinal)
                .Replace("{questionId}", "def-parties", StringComparison.Ordinal)
                .Replace("{hash}", await of.VersionHash(), StringComparison.Ordinal);
            var reply = await guest.Send(new HttpMethod(method), Ids().Replace(path, Guid.NewGuid().ToString()),
                method is "POST" or "PUT" ? Bodies.GetValueOrDefault(name, new { }) : null, ("If-Match", tag),
                ("Idempotency-Key", Guid.NewGuid().ToString()));
            Assert.True((int)reply.Status is >= 400 and < 500, $"{method} {path}: {(int)reply.Status} {reply.Text}");
            tried++;
        }
        Assert.True(tried >= 60, $"only {tried} operations were tried");
        Assert.Equal(tag, (await guest.Get(of.Path)).Tag);
    }

    [Fact]
    public async Task Nobody_gets_in_without_a_token_except_where_all_are_welcome()
    {
        var open = new List<string>();
        foreach (var (name, method, pattern) in Operations())
        {
            var path = pattern.Replace("{id:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal)
                .Replace("{partyId:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal)
                .Replace("{contributionId:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal)
                    .Replace("{documentName}", "sv", StringComparison.Ordinal);
            path = Ids().Replace(path, Guid.NewGuid().ToString());
            var reply = await world.Anonymous.Send(new HttpMethod(method), path, method is "POST" or "PUT"
                ? Bodies.GetValueOrDefault(name, new { }) : null);
            if (reply.Status != HttpStatusCode.Unauthorized) open.Add(pattern);
        }
        Assert.Equal(["/agreements/v1/api-info", "/agreements/v1/openapi/{documentName}.json", "/agreements/v1/sealing-keys"],
            open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_party_sees_its_partnership_from_the_moment_it_is_let_in_and_others_of_it_alone()
    {
        var (mine, theirs) = (await world.Partners(), await world.Partners());
        var organisation = await Newcomer();
        var newcomer = world.As(Callers.Of(organisation, Kernel.Roles.Reader));
        (await newcomer.Get($"/agreements/v1/partnerships/{mine.Id}")).Is(HttpStatusCode.NotFound);
        (await world.Officer.Create($"/agreements/v1/partnerships/{mine.Id}/parties",
            new { organisationId = organisation, requiredSignatures = 1 })).Is(HttpStatusCode.Created);
        (await newcomer.Get($"/agreements/v1/partnerships/{mine.Id}")).Is(HttpStatusCode.OK);
        (await newcomer.Get($"/agreements/v1/partnerships/{theirs.Id}")).Is(HttpStatusCode.NotFound);
    }

    private async Task<Guid> Newcomer()
    {
        var organisation = Guid.NewGuid();
        await world.Known(organisation, "Ny förening", "idea-driven");
        return organisation;
    }

    private IEnumerable<(string Name, string Method, string Pattern)> Operations() =>
        world.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/agreements/v1", StringComparison.Ordinal) == true)
        .Select(endpoint => (
            endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "",
            endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0] ?? "GET",
            endpoint.RoutePattern.RawText!));

    /// <summary>Ids below the thing itself, whose own tests look closer.</summary>
    [GeneratedRegex(@"\{\w+:guid\}", RegexOptions.None, 1000)]
    private static partial Regex Ids();
}
