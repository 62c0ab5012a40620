using System.Net;
using System.Text.Json;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

/// <summary>A guest of a partnership reads the signed contracts that finance it, and what is paid by them, until the last day, if
/// it was invited to, and does nothing else.</summary>
public sealed class GuestTests(OutcomeFinanceWorld world) : IClassFixture<OutcomeFinanceWorld>
{
    private const string Service = "/outcome-finance/v1";

    /// <summary>What guests read all of. Everything else that is isolated is kept from them, or some rows of it are: a new table
    /// is, or fails here.</summary>
    private static readonly string[] Open =
    [
        "contract_end", "contract_party", "contract_period", "outcome_contract", "paid_in", "planned_investment", "public_cost",
        "refused_measurement", "signed_contract", "stance",
    ];

    private readonly Caller _guest = GuestSteps.FromOutside();
    private readonly Guid _partnership = Guid.NewGuid();
    private readonly Guid _id = Guid.NewGuid();

    /// <summary>s the contract is signed, g somebody has said yes, x the last day is later, l it is read no more, e it is
    /// ended.</summary>
    [Theory]
    [InlineData("sg", true)]
    [InlineData("gs", true)] // the contract comes later than the invitation
    [InlineData("gsgg", true)]
    [InlineData("xsg", true)]
    [InlineData("sl", false)]
    [InlineData("slg", false)]
    [InlineData("sge", false)]
    [InlineData("egs", false)]
    [InlineData("gsex", false)]
    public async Task A_guest_reads_the_money_in_whatever_order_things_are_heard_of(string order, bool reads)
    {
        var guest = Guest();
        var contract = Guid.Empty;
        foreach (var fact in order)
        {
            if (fact == 's') contract = await Signed();
            else
                await world.Tell(fact switch
                {
                    'g' => guest,
                    'x' => guest with { Sequence = 3, ToOn = guest.FromOn.AddDays(20) },
                    'l' => guest with { Sequence = 4, Payments = false },
                    _ => guest with { Sequence = 5, EndedAt = world.Clock.GetUtcNow() },
                });
        }
        await world.Tell(world.Measured(contract, "4000000"));
        var obligation = (await world.Obligations(contract))[0].GetProperty("id").GetGuid();
        await Reads(contract, obligation, reads);
        Assert.Equal(reads ? 1 : 0, (await Items("obligations")).Count);
        if (!reads) return;
        var last = order.Contains('x', StringComparison.Ordinal) ? 20 : 5;
        var today = world.Clock.Today();
        foreach (var (day, still) in new[] { (last, true), (last + 1, false) })
        {
            world.Clock.SetTo(SwedishTime.StartOf(today.AddDays(day)));
            await Reads(contract, obligation, still);
        }
    }

    [Fact]
    public async Task A_guest_of_one_partnership_sees_nothing_of_another_nor_what_is_still_negotiated()
    {
        await world.Tell(Guest());
        var (other, none) = (await Signed(Guid.NewGuid()), await world.Signed());
        var draft = await Drafted(_partnership);
        foreach (var contract in new[] { other, none, draft.Id })
            (await Me().Get($"{Service}/contracts/{contract}")).Is(HttpStatusCode.NotFound);
        Assert.Empty(await Items("contracts"));
        var open = await world.Opened(draft.Id, draft.Tag);
        (await Me().Get($"{Service}/contracts/{open.Id}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Only_who_is_in_a_contract_and_not_its_verifier_brings_a_guest_to_it()
    {
        var contract = await Signed();
        foreach (var inviter in new[] { Guid.NewGuid(), world.Institute })
        {
            await world.Tell(Guest() with { GuestId = Guid.NewGuid(), InviterOrganisationId = inviter });
            (await Me().Get($"{Service}/contracts/{contract}")).Is(HttpStatusCode.NotFound);
        }
        var verifying = Callers.Of(world.Institute, Roles.Controller);
        await world.Tell(Guest() with
        {
            GuestId = Guid.NewGuid(), OrganisationId = verifying.Organisation, PersonId = verifying.Person,
        });
        await world.Tell(world.Measured(contract, "4000000"));
        (await world.As(verifying).Get($"{Service}/contracts/{contract}")).Is(HttpStatusCode.OK); // as the verifier
        Assert.Empty((await world.As(verifying).Get($"{Service}/obligations")).Body.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_guest_changes_nothing_whatever_roles_the_own_organisation_gives()
    {
        var contract = await Signed();
        await world.Tell(Guest());
        await world.Tell(world.Measured(contract, "4000000"));
        var obligation = (await world.Obligations(contract))[0].GetProperty("id").GetGuid();
        var shown = await Me().Get($"{Service}/contracts/{contract}");
        var owed = await Me().Get($"{Service}/obligations/{obligation}");
        Assert.Equal(world.Clock.Today().AddDays(5).ToString("yyyy-MM-dd", null),
            shown.Is(HttpStatusCode.OK).Body.GetProperty("guestUntil").GetString());
        foreach (var (act, body) in new (string, object)[]
        {
            ("claim", new { reference = "x" }), ("attestations", new { }), ("settlement", new { }),
            ("dispute", new { reason = "x" }), ("write-off", new { reason = "x" }),
        })
            Refused(await Me().Act($"{Service}/obligations/{obligation}/{act}", owed.Tag, body), act);
        foreach (var (act, body) in new (string, object)[]
        {
            ("end", new { reason = "x" }), ("opening", new { }), ("legal-approvals", new { reason = "x" }),
            ("signatures", new { mandate = new { basis = "board", decidedOn = "2026-02-20" } }),
        })
            Refused(await Me().Act($"{Service}/contracts/{contract}/{act}", shown.Tag, body), act);
        Refused(await Me().Create($"{Service}/contracts/{contract}/paid-in", new
        {
            receiverOrganisationId = world.Municipality, amount = "1.00", paidOn = "2026-03-01", reference = "x",
        }), "paid-in");
        Assert.Equal("Triggered",
            await world.Scalar<string>("SELECT state FROM obligation WHERE obligation_id = $1", obligation));
    }

    [Fact]
    public async Task A_controller_who_is_a_guest_of_another_unit_pays_nothing_of_its_debts()
    {
        var contract = await Signed();
        await world.Tell(world.Measured(contract, "4000000"));
        var obligation = (await world.Obligations(contract))[0].GetProperty("id").GetGuid();
        (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
        foreach (var by in new[] { world.Controller, world.SecondController })
            (await world.Act(by, obligation, "attestations")).Is(HttpStatusCode.OK);
        // As if the contract were one unit's alone.
        await using (var unit = world.AsSystem.CreateCommand(
            $"UPDATE access SET unit_id = '{_id}' WHERE partnership_id = '{contract}' AND organisation_id = '{world.Municipality}'"))
            await unit.ExecuteNonQueryAsync();
        var colleague = Callers.OfUnit(world.Municipality, Guid.NewGuid(), Roles.Controller);
        await world.Tell(Guest() with
        {
            OrganisationId = world.Municipality, PersonId = colleague.Person, InviterUnitId = _id,
        });
        (await world.As(colleague).Get($"{Service}/obligations/{obligation}")).Is(HttpStatusCode.OK);
        (await world.As(colleague).Create($"{Service}/payment-files", new { executeOn = world.Clock.Today() }))
            .Refuses(HttpStatusCode.Conflict, "payment-file.nothing-to-pay");
    }

    [Fact]
    public async Task Where_single_persons_are_paid_for_a_guest_reads_the_contract_and_no_amount()
    {
        var contract = await Signed();
        await world.Tell(Guest());
        await world.Tell(world.Measured(contract, "4000000"));
        var obligation = (await world.Obligations(contract))[0].GetProperty("id").GetGuid();
        await Reads(contract, obligation, true);
        await using (var person = world.AsSystem.CreateCommand($"""
            INSERT INTO verified_figure (measurement_id, contract_id, path, type, value, of_participant)
            SELECT measurement_id, contract_id, 'deltagare/x/tal', 'Number', '1', true FROM verified_measurement
            WHERE contract_id = '{contract}'
            """))
            await person.ExecuteNonQueryAsync();
        (await Me().Get($"{Service}/contracts/{contract}")).Is(HttpStatusCode.OK);
        (await Me().Get($"{Service}/obligations/{obligation}")).Is(HttpStatusCode.NotFound);
        (await Me().Get($"{Service}/contracts/{contract}/periods/2016-2018/derivation")).Is(HttpStatusCode.NotFound);
        Assert.Empty((await Me().Get($"{Service}/contracts/{contract}/ledger")).Body.GetProperty("items").EnumerateArray());
        (await world.As(world.Officer).Get($"{Service}/obligations/{obligation}")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Every_isolated_table_is_shut_to_what_guests_might_write_and_kept_from_them_unless_it_is_said_to_be_open()
    {
        Assert.Equal("", await world.NotShutToGuests());
        Assert.Equal(Open, await world.ReadWholeByGuests());
    }

    [Fact]
    public async Task My_data_hold_that_I_am_a_guest()
    {
        await world.Tell(Guest());
        var stay = Assert.Single((await world.As(_guest with { Organisation = Guid.NewGuid() }).Get($"{Service}/my-data"))
            .Is(HttpStatusCode.OK).Body.GetProperty("guestOf").EnumerateArray());
        Assert.Equal((_partnership, true), (stay.GetProperty("partnershipId").GetGuid(), stay.GetProperty("reads").GetBoolean()));
        Assert.Empty((await world.As(world.Officer).Get($"{Service}/my-data")).Body.GetProperty("guestOf").EnumerateArray());
    }

    private CallerClient Me() => world.As(_guest);

    private static void Refused(Reply reply, string what) => Assert.True(
        reply.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, $"{what}: {(int)reply.Status} {reply.Text}");

    private async Task<List<JsonElement>> Items(string what) =>
        [.. (await Me().Get($"{Service}/{what}")).Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    private async Task Reads(Guid contract, Guid obligation, bool reads)
    {
        foreach (var path in new[]
        {
            $"contracts/{contract}", $"contracts/{contract}/ledger", $"contracts/{contract}/reconciliation",
            $"contracts/{contract}/periods/2016-2018/derivation", $"contracts/{contract}/paid-in",
            $"statements/contract?contractId={contract}", $"obligations/{obligation}",
        })
        {
            var reply = await Me().Get($"{Service}/{path}");
            Assert.True(reply.Status == (reads ? HttpStatusCode.OK : HttpStatusCode.NotFound), $"{path}: {(int)reply.Status}");
        }
    }

    private GuestChanged Guest() => world.ToldOfGuest(_id, _guest, _partnership, world.Municipality) with { FollowUp = false };

    private Task<Reply> Drafted(Guid partnership) => world.DraftedFor(partnership);

    private Task<Guid> Signed(Guid? partnership = null) => world.SignedFor(partnership ?? _partnership);
}
