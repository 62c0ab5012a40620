using System.Net;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

/// <summary>A guest reads the contract that is signed and its signed versions. What the parties still write, approve and sign is
/// theirs: the database keeps it, table by table.</summary>
public sealed class GuestAmendmentTests(OutcomeFinanceWorld world) : IClassFixture<OutcomeFinanceWorld>
{
    private const string Secret = "Bara för parterna";
    private readonly Caller _guest = GuestSteps.FromOutside();
    private Guid _contract;

    [Fact]
    public async Task Of_an_amendment_a_guest_reads_nothing_until_all_have_signed_and_then_all_of_it()
    {
        _contract = await SignedAfterSecondThoughts();
        await Counts("signed", versions: (1, 1), signatures: (3, 3), approvals: (1, 2), amendments: (0, 0), answers: (26, 26));
        await ReadsOnly(1, "Resultat, inte tjänster.");

        // One that is given up, after it was approved, opened and signed by one.
        var given = await Opened();
        (await world.SignAmendment(_contract, world.Fund, Hash(given))).Is(HttpStatusCode.OK);
        await Hidden(2, given);
        await Counts("open", versions: (1, 2), signatures: (3, 4), approvals: (1, 3), amendments: (0, 1), answers: (26, 52));
        (await world.As(world.Officer).Act(AmendmentSteps.Path(_contract, "/2/abandonment"),
            (await world.As(world.Officer).Get(AmendmentSteps.Path(_contract, "/2"))).Tag, new { reason = Secret }))
            .Is(HttpStatusCode.OK);
        await Hidden(2, given);
        await Counts("given up", versions: (1, 2), signatures: (3, 4), approvals: (1, 3), amendments: (0, 1), answers: (26, 52));

        // And one that all sign: nothing of it before the last.
        var open = await Opened();
        foreach (var organisation in new[] { world.Fund, world.Institute })
            (await world.SignAmendment(_contract, organisation, Hash(open), 3)).Is(HttpStatusCode.OK);
        await Hidden(3, open);
        await ReadsOnly(1, "Resultat, inte tjänster.");
        (await world.SignAmendment(_contract, world.Municipality, Hash(open), 3)).Is(HttpStatusCode.OK);
        await Counts("amended", versions: (2, 3), signatures: (6, 7), approvals: (2, 4), amendments: (1, 2), answers: (52, 78));
        var shown = (await Me().Get(AmendmentSteps.Path(_contract, "/3"))).Is(HttpStatusCode.OK).Body;
        Assert.Equal(("signed", Secret), (shown.GetProperty("state").GetString(), shown.GetProperty("reason").GetString()));
        (await Me().Get(OutcomeFinanceWorld.Path(_contract, $"/versions/{Hash(open)}"))).Is(HttpStatusCode.OK);
        await ReadsOnly(2, "Resultat, inte tjänster.", Secret);
        await Hidden(2, given);
    }

    [Fact]
    public async Task Whoever_is_party_by_the_own_organisation_reads_all_though_a_guest_as_well()
    {
        _contract = await SignedAfterSecondThoughts();
        var open = await Opened();
        await world.Tell(world.ToldOfGuest(Guid.NewGuid(), world.Officer, _partnership, world.Municipality));
        (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(_contract, $"/versions/{Hash(open)}"))).Is(HttpStatusCode.OK);
        Assert.Equal(3L, await world.ScalarAs<long>(world.Officer, Of("legal_approval"), _contract));
    }

    private readonly Guid _partnership = Guid.NewGuid();

    private CallerClient Me() => world.As(_guest);

    private static string? Hash(Reply open) => open.Body.GetProperty("versionHash").GetString();

    private static string Of(string table) => $"SELECT count(*) FROM {table} WHERE contract_id = $1";

    private async Task<Reply> Opened()
    {
        var draft = await world.DraftedAmendment(_contract, Secret);
        await world.ApprovedAmendment(_contract, draft, Secret);
        return await world.OpenAmendment(_contract, draft);
    }

    /// <summary>The lawyer approves, answers a question otherwise, and approves again: what was approved first is the draft's
    /// alone.</summary>
    private async Task<Guid> SignedAfterSecondThoughts()
    {
        var draft = await world.DraftedFor(_partnership, "2016", "2017");
        var lawyer = world.As(world.Lawyer);
        await lawyer.Assess(draft.Id);
        var first = (await lawyer.Act(OutcomeFinanceWorld.Path(draft.Id, "/legal-approvals"), draft.Tag, new { reason = Secret }))
            .Is(HttpStatusCode.OK);
        await lawyer.Assess(draft.Id, ("pc-before", "yes"));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var contract = await world.Signed(await world.Opened(draft.Id, first.Tag));
        await world.Tell(world.ToldOfGuest(Guid.NewGuid(), _guest, _partnership, world.Municipality));
        return contract;
    }

    /// <summary>Rows of every table that an amendment adds to: what the guest sees, and what there is.</summary>
    private async Task Counts(string when, (long Seen, long There) versions, (long, long) signatures, (long, long) approvals,
        (long, long) amendments, (long, long) answers)
    {
        foreach (var (table, expected) in new Dictionary<string, (long, long)>(StringComparer.Ordinal)
        {
            ["contract_version"] = versions, ["contract_signature"] = signatures, ["legal_approval"] = approvals,
            ["contract_amendment"] = amendments, ["contract_answer"] = answers,
        })
            Assert.Equal((when, table, expected), (when, table, (await world.ScalarAs<long>(_guest, Of(table), _contract),
                await world.ScalarAs<long>(world.Officer, Of(table), _contract))));
    }

    private async Task Hidden(int number, Reply amendment)
    {
        var version = $"/versions/{Hash(amendment)}";
        foreach (var path in new[] { $"/amendments/{number}", version, $"{version}/pdf" })
        {
            (await Me().Get(OutcomeFinanceWorld.Path(_contract, path))).Is(HttpStatusCode.NotFound);
            Assert.NotEqual(HttpStatusCode.NotFound,
                (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(_contract, path))).Status);
        }
    }

    /// <summary>The contract's page: so many signed versions, these reasons of approval, nothing that awaits anybody.</summary>
    private async Task ReadsOnly(int versions, params string[] reasons)
    {
        var shown = (await Me().Get(OutcomeFinanceWorld.Path(_contract))).Is(HttpStatusCode.OK).Body;
        Assert.Equal(reasons, shown.GetProperty("legalApprovals").EnumerateArray().Select(one => one.GetProperty("reason")
            .GetString()));
        Assert.Equal(versions - 1, shown.GetProperty("amendments").GetArrayLength());
        Assert.Equal(3, shown.GetProperty("signatures").GetArrayLength());
        Assert.Empty(shown.GetProperty("awaits").EnumerateArray());
        (await Me().Get(OutcomeFinanceWorld.Path(_contract, "/assessment"))).Is(HttpStatusCode.OK);
    }
}
