using System.Net;
using Iop.Contracts.Agreements;
using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.FollowUp.Tests;

/// <summary>A guest of a partnership reads its follow-up until the last day, if invited to, and does nothing else.</summary>
public sealed class GuestTests(FollowUpWorld world) : IClassFixture<FollowUpWorld>
{
    private const string Service = "/follow-up/v1";

    /// <summary>What guests read of. Everything else that is isolated is kept from them: a new table is, or fails here.</summary>
    private static readonly string[] Open =
    [
        "deviation", "deviation_lesson", "indicator", "measure", "measured_contract", "measured_party", "measurement",
        "measuring_period", "meeting", "meeting_action", "meeting_change", "meeting_minutes", "plan", "report", "stance",
    ];

    private const string Link = "https://mote.example/1";
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private readonly Caller _guest = GuestSteps.FromOutside();
    private readonly Guid _id = Guid.NewGuid();

    /// <summary>a the agreement is in force, c a contract is signed, g somebody has said yes, x the last day is later, l it is
    /// read no more, e it is ended.</summary>
    [Theory]
    [InlineData("acg", true)]
    [InlineData("gac", true)]
    [InlineData("cga", true)]
    [InlineData("aaccgg", true)]
    [InlineData("gxac", true)]
    [InlineData("xacg", true)] // the older one comes last
    [InlineData("acl", false)]
    [InlineData("aclg", false)]
    [InlineData("acge", false)]
    [InlineData("aceg", false)]
    [InlineData("egac", false)]
    [InlineData("acgexg", false)]
    public async Task A_guest_reads_plans_and_contracts_in_whatever_order_they_are_heard_of(string order, bool reads)
    {
        var agreement = world.InForce();
        var contract = ContractOf(agreement.PartnershipId);
        await TellAll(order, agreement, contract);
        var expected = reads ? HttpStatusCode.OK : HttpStatusCode.NotFound;
        var plan = await world.Plan(agreement);
        Assert.Equal((expected, expected), (await Status($"plans/{plan}"), await Status($"contracts/{contract.ContractId}")));
        foreach (var other in new[]
        {
            _guest with { Person = Guid.NewGuid() }, _guest with { Organisation = Guid.NewGuid() }, world.Stranger,
        })
            Assert.Equal(HttpStatusCode.NotFound, (await world.As(other).Get($"{Service}/plans/{plan}")).Status);
        if (!reads) return;
        var last = order.Contains('x', StringComparison.Ordinal) ? 20 : 5;
        var today = world.Clock.Today();
        foreach (var (day, status) in new[] { (last, HttpStatusCode.OK), (last + 1, HttpStatusCode.NotFound) })
        {
            world.Clock.SetTo(SwedishTime.StartOf(today.AddDays(day)));
            Assert.Equal((status, status), (await Status($"plans/{plan}"), await Status($"contracts/{contract.ContractId}")));
        }
    }

    [Fact]
    public async Task A_guest_of_one_partnership_sees_nothing_of_another()
    {
        var (mine, theirs) = (world.InForce(), world.InForce());
        var contract = ContractOf(theirs.PartnershipId);
        foreach (var agreement in new[] { mine, theirs }) await world.Tell(agreement);
        await world.Tell(contract);
        await world.Tell(Guest(mine.PartnershipId));
        Assert.Equal(HttpStatusCode.OK, await Status($"plans/{await world.Plan(mine)}"));
        Assert.Equal(HttpStatusCode.NotFound, await Status($"plans/{await world.Plan(theirs)}"));
        Assert.Equal(HttpStatusCode.NotFound, await Status($"contracts/{contract.ContractId}"));
        Assert.Single((await Me().Get($"{Service}/plans")).Body.GetProperty("items").EnumerateArray());
        Assert.Empty((await Me().Get($"{Service}/contracts")).Body.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_guest_reads_what_its_inviter_reads_and_no_longer()
    {
        var agreement = world.InForce();
        var contract = ContractOf(agreement.PartnershipId);
        await world.Tell(agreement);
        await world.Tell(contract);
        await world.Tell(Guest(agreement.PartnershipId) with { InviterOrganisationId = world.Association });
        var plan = await world.Plan(agreement);
        Assert.Equal(HttpStatusCode.OK, await Status($"plans/{plan}"));
        Assert.Equal(HttpStatusCode.NotFound, await Status($"contracts/{contract.ContractId}")); // the association is not in it
        await world.Tell(new PartyLeftPartnership
        {
            PartnershipId = agreement.PartnershipId, Sequence = 40, PartnershipTitle = agreement.Title,
            PartyId = agreement.Parties[1].PartyId, OrganisationId = world.Association, LeftOn = world.Clock.Today(),
        });
        Assert.Equal(HttpStatusCode.NotFound, await Status($"plans/{plan}"));
        Assert.Equal(HttpStatusCode.OK, (await world.As(world.Officer).Get($"{Service}/plans/{plan}")).Status);
    }

    [Fact]
    public async Task The_verifiers_people_are_no_guests_of_what_they_verify()
    {
        var agreement = world.InForce();
        var contract = ContractOf(agreement.PartnershipId);
        await world.Tell(agreement);
        await world.Tell(contract);
        await world.Tell(Guest(agreement.PartnershipId) with { OrganisationId = world.Institute });
        Assert.Equal(0L, await world.Scalar<long>(
            "SELECT count(*) FROM access WHERE partnership_id = $1 AND side = 'guest'", contract.ContractId));
    }

    [Fact]
    public async Task A_guest_changes_nothing_whatever_roles_the_own_organisation_gives()
    {
        var agreement = world.InForce();
        var contract = ContractOf(agreement.PartnershipId);
        await TellAll("acg", agreement, contract);
        var plan = await world.Plan(agreement);
        var indicator = (await world.As(world.Officer).Create($"{Service}/plans/{plan}/indicators",
            new { name = "Barn", unit = "barn", ratio = false, every = "year" })).Is(HttpStatusCode.Created).Id;
        var reported = (await world.Measure(contract.ContractId, FollowUpWorld.Report(),
            Callers.Of(world.Region, Roles.Reporter))).Is(HttpStatusCode.Created);
        var fewer = new { title = "Färre", whatHappened = "Sex kom.", happenedOn = "2026-02-20" };
        var deviation = (await world.As(world.Officer).Create($"{Service}/plans/{plan}/deviations", fewer))
            .Is(HttpStatusCode.Created);
        var meeting = (await world.As(world.Officer).Create($"{Service}/plans/{plan}/meetings",
            MeetingTests.Called(world.Clock.Today().AddDays(3).ToString("O", null)))).Is(HttpStatusCode.Created);
        var until = world.Clock.Today().AddDays(5).ToString("yyyy-MM-dd", null);
        foreach (var path in new[] { $"deviations/{deviation.Id}", $"meetings/{meeting.Id}" })
            Assert.Equal(until, (await Me().Get($"{Service}/{path}")).Is(HttpStatusCode.OK)
                .Body.GetProperty("guestUntil").GetString());
        // Who has the link can join.
        foreach (var path in new[] { $"meetings/{meeting.Id}", $"plans/{plan}/meetings" })
            Assert.Equal((true, false), ((await world.As(world.Officer).Get($"{Service}/{path}")).Text.Contains(Link, Ordinal),
                (await Me().Get($"{Service}/{path}")).Is(HttpStatusCode.OK).Text.Contains(Link, Ordinal)));
        var seen = (await Me().Get($"{Service}/measurements/{reported.Id}")).Is(HttpStatusCode.OK);
        Assert.Equal(until, seen.Body.GetProperty("guestUntil").GetString());
        foreach (var tried in new[]
        {
            await Me().Create($"{Service}/plans/{plan}/indicators",
                new { name = "x", unit = "x", ratio = false, every = "year" }),
            await Me().Create($"{Service}/indicators/{indicator}/reports", new { periodKey = "2026", value = "1" }),
            await Me().Create($"{Service}/plans/{plan}/deviations", fewer),
            await Me().Create($"{Service}/plans/{plan}/meetings", MeetingTests.Called("2026-03-10")),
            await Me().Act($"{Service}/meetings/{meeting.Id}/move", meeting.Tag, MeetingTests.Moved("2026-03-11")),
            await Me().Act($"{Service}/meetings/{meeting.Id}/cancellation", meeting.Tag, new { reason = "x" }),
            await Me().Act($"{Service}/meetings/{meeting.Id}/minutes", meeting.Tag, new { text = "x" }),
            await Me().Act($"{Service}/meetings/{meeting.Id}/actions", meeting.Tag,
                new { what = "x", organisationId = world.Region, dueOn = "2026-03-20" }),
            await Me().Act($"{Service}/deviations/{deviation.Id}/lessons", deviation.Tag, new { text = "x" }),
            await Me().Act($"{Service}/deviations/{deviation.Id}/decision", deviation.Tag,
                new { decision = "keep", reason = "x" }),
            await Me().Act($"{Service}/deviations/{deviation.Id}/withdrawal", deviation.Tag, new { reason = "x" }),
            await Me().Create($"{Service}/contracts/{contract.ContractId}/measurements", FollowUpWorld.Report()),
            await Me().Create($"{Service}/contracts/{contract.ContractId}/participant-keys", new { count = 1 }),
            await Me().Act($"{Service}/measurements/{reported.Id}/verification", seen.Tag, new { }),
            await Me().Act($"{Service}/measurements/{reported.Id}/return", seen.Tag, new { reason = "x" }),
            await Me().Get($"{Service}/measurements/{reported.Id}/participants"),
        })
            Assert.True(tried.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, tried.Text);
        Assert.Equal("1|0|1|0", await world.Scalar<string>("""
            SELECT (SELECT count(*) FROM indicator WHERE plan_id = $1) || '|' || (SELECT count(*) FROM report WHERE indicator_id = $2)
              || '|' || (SELECT count(*) FROM deviation WHERE plan_id = $1) || '|' || (SELECT count(*) FROM deviation_lesson)
            """, plan, indicator));
    }

    [Fact]
    public async Task Every_isolated_table_is_shut_to_what_guests_might_write_and_kept_from_them_unless_it_is_said_to_be_open()
    {
        Assert.Equal("", await world.NotShutToGuests());
        Assert.Equal(Open, await world.ReadWholeByGuests());
    }

    /// <summary>What is negotiated of a contract or an amendment never comes here, so no guest can read it here.</summary>
    [Fact]
    public void Of_contracts_nothing_is_heard_of_but_what_all_have_signed() => Assert.Equal(
        [typeof(OutcomeContractAmended), typeof(OutcomeContractEnded), typeof(OutcomeContractSigned)],
        Iop.Contracts.Topology.Subscriptions.Where(one => one.Queue.StartsWith("follow-up.", StringComparison.Ordinal)
                && one.Message.Namespace == typeof(OutcomeContractSigned).Namespace)
            .Select(one => one.Message).Distinct().OrderBy(message => message.Name, StringComparer.Ordinal));

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // where single persons are counted even the figures are kept
    public async Task A_guest_of_the_reporters_own_organisation_reads_figures_and_nothing_of_what_they_rest_on(bool perPerson)
    {
        var (unit, other) = (Guid.NewGuid(), Guid.NewGuid());
        var agreement = world.InForce();
        var contract = ContractOf(agreement.PartnershipId);
        contract = contract with
        {
            Parties = [contract.Parties[0] with { UnitId = unit }, .. contract.Parties.Skip(1)],
            Measures = [.. contract.Measures.Select(one => one.Path.Contains('/', StringComparison.Ordinal)
                ? one with { PerPerson = perPerson } : one)],
        };
        await world.Tell(contract);
        var reporter = Callers.OfUnit(world.Region, unit, Roles.Reporter);
        var guest = Callers.OfUnit(world.Region, other, Roles.Reporter);
        await world.Tell(Guest(agreement.PartnershipId) with
        {
            OrganisationId = guest.Organisation, PersonId = guest.Person, InviterUnitId = unit,
        });
        var report = FollowUpWorld.Report(more: perPerson ? []
            : [new { path = "kohorter/a/deltagare", type = "number", value = "3" }]);
        var reported = (await world.Measure(contract.ContractId, report, reporter)).Is(HttpStatusCode.Created);
        if (perPerson) await Persons(contract.ContractId, reported.Id);
        (await world.As(guest).Get($"{Service}/measurements/{reported.Id}")).Is(HttpStatusCode.OK);
        string[] kept = perPerson
            ? ["evidence", "participant_series", "participant", "participant_figure", "participant_count", "figure"]
            : ["evidence"];
        foreach (var table in kept)
        {
            var sql = $"SELECT count(*) FROM {table} WHERE contract_id = '{contract.ContractId}'";
            Assert.True(await Count(reporter, sql) > 0, table);
            Assert.Equal((table, 0L), (table, await Count(guest, sql)));
        }
        Assert.Equal(!perPerson,
            await Count(guest, $"SELECT count(*) FROM figure WHERE contract_id = '{contract.ContractId}'") > 0);
    }

    [Fact]
    public async Task My_data_hold_that_I_am_a_guest()
    {
        var partnership = Guid.NewGuid();
        await world.Tell(Guest(partnership));
        var stay = Assert.Single((await world.As(_guest with { Organisation = Guid.NewGuid() }).Get($"{Service}/my-data"))
            .Is(HttpStatusCode.OK).Body.GetProperty("guestOf").EnumerateArray());
        Assert.Equal((partnership, true), (stay.GetProperty("partnershipId").GetGuid(), stay.GetProperty("reads").GetBoolean()));
        Assert.Empty((await world.As(world.Officer).Get($"{Service}/my-data")).Body.GetProperty("guestOf").EnumerateArray());
    }

    private CallerClient Me() => world.As(_guest);

    private async Task<HttpStatusCode> Status(string path) => (await Me().Get($"{Service}/{path}")).Status;

    private GuestChanged Guest(Guid partnership) =>
        world.ToldOfGuest(_id, _guest, partnership, world.Region) with { Payments = false };

    private async Task TellAll(string order, AgreementEnteredIntoForce agreement, OutcomeContractSigned contract)
    {
        var guest = Guest(agreement.PartnershipId);
        foreach (var fact in order)
            await (fact switch
            {
                'a' => world.Tell(agreement),
                'c' => world.Tell(contract),
                'g' => world.Tell(guest),
                'x' => world.Tell(guest with { Sequence = 3, ToOn = guest.FromOn.AddDays(20) }),
                'l' => world.Tell(guest with { Sequence = 4, FollowUp = false }),
                _ => world.Tell(guest with { Sequence = 5, EndedAt = world.Clock.GetUtcNow() }),
            });
    }

    /// <summary>The region pays for results in the partnership.</summary>
    private OutcomeContractSigned ContractOf(Guid partnership)
    {
        var contract = world.Contract();
        return contract with
        {
            PartnershipId = partnership,
            Parties = [contract.Parties[0] with { OrganisationId = world.Region }, .. contract.Parties.Skip(1)],
        };
    }

    /// <summary>One person's key and row, as they are kept.</summary>
    private async Task Persons(Guid contract, Guid measurement)
    {
        await using var command = world.AsSystem.CreateCommand($"""
            INSERT INTO participant_series (contract_id, minted, version) VALUES ('{contract}', 1, 1);
            INSERT INTO participant (participant_id, contract_id, organisation_id, key, batch_id)
              VALUES ('{measurement}', '{contract}', '{world.Region}', 'BCDF-GHJK-LMNP', '{measurement}');
            INSERT INTO participant_figure (measurement_id, contract_id, participant_id, organisation_id, path, type, value)
              VALUES ('{measurement}', '{contract}', '{measurement}', '{world.Region}', 'kohorter/deltagare', 'Number', '1');
            INSERT INTO participant_count (measurement_id, contract_id, collection, participants)
              VALUES ('{measurement}', '{contract}', 'kohorter', 1)
            """);
        await command.ExecuteNonQueryAsync();
    }

    private Task<long> Count(Caller reader, string sql) => world.ScalarAs<long>(reader, sql);
}
