using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Measuring;

namespace Iop.Domain.Tests.FollowUp;

public sealed class BenchTests
{
    private static readonly Actor Reporter = new(new Guid(1, 0, 0, new byte[8]), new Guid(2, 0, 0, new byte[8]), null);
    private static readonly Actor Verifier = new(new Guid(3, 0, 0, new byte[8]), new Guid(4, 0, 0, new byte[8]), null);
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_period_is_awaited_when_it_is_over_and_late_a_month_after()
    {
        Assert.Equal([Standing.Awaited, Standing.Running, Standing.NotBegun], At(new DateOnly(2025, 7, 20)));
        Assert.Equal([Standing.Late, Standing.Running, Standing.NotBegun], At(new DateOnly(2025, 8, 1)));
        Assert.Equal([Standing.Late, Standing.Late, Standing.Running], At(new DateOnly(2026, 3, 2)));

        static IEnumerable<Standing> At(DateOnly day) => Bench.Of(Contract(), [], day).Select(one => one.Standing);
    }

    [Fact]
    public void A_measurement_that_nobody_verifies_has_waited_long_after_two_weeks()
    {
        var contract = Contract();
        var reported = Reported(contract, "2025-H1", [], Figures("investerat", "deltagare"));
        Assert.Equal(Standing.Waiting, Bench.Of(contract, [reported], new DateOnly(2026, 3, 16))[0].Standing);
        Assert.Equal(Standing.WaitingLong, Bench.Of(contract, [reported], new DateOnly(2026, 3, 17))[0].Standing);
    }

    [Fact]
    public void A_period_before_a_verified_one_is_out_of_order_until_it_is_verified()
    {
        var contract = Contract();
        var later = Verified(contract, Reported(contract, "2025-H2", [], Figures("investerat", "deltagare")));
        Assert.Equal([true, false, false], Bench.Of(contract, [later], new DateOnly(2026, 3, 2)).Select(one => one.IsOutOfOrder));
        var first = Verified(contract, Reported(contract, "2025-H1", [], Figures("investerat", "deltagare")));
        Assert.DoesNotContain(Bench.Of(contract, [later, first], new DateOnly(2026, 3, 2)), one => one.IsOutOfOrder);
    }

    [Fact]
    public void What_replaces_carries_over_and_what_adds_up_is_missed_every_time()
    {
        var contract = Contract();
        var first = Verified(contract, Reported(contract, "2025-H1", [], Figures("investerat", "deltagare", "kohorter/a/antal")));
        var second = Reported(contract, "2025-H2", [], Figures("deltagare"));
        var bench = Bench.Of(contract, [first, second], new DateOnly(2026, 3, 2));
        Assert.Empty(bench[0].Missing);
        Assert.Equal(["kohorter"], bench[1].Missing);
        var alone = Reported(contract, "2025-H2", [], Figures("kohorter/a/antal"));
        Assert.Equal(["investerat", "deltagare"], Bench.Of(contract, [alone], new DateOnly(2026, 3, 2))[1].Missing);
    }

    private static MeasuredContract Contract()
    {
        var id = new ContractRef(new Guid(9, 0, 0, new byte[8]));
        var contract = new MeasuredContract
        {
            Id = id, Title = "Team Nystart", VersionHash = "b", Currency = "SEK", Partnership = null,
        };
        contract.Learn(
            [Party(0, Reporter, PartyRole.Payer), Party(1, Verifier, PartyRole.Verifier)],
            [Measure("investerat", "money", "latest"), Measure("deltagare", "count", "additive"),
                Measure("kohorter/antal", "count", "additive")],
            [Period(0, "2025-H1", 2025, 1), Period(1, "2025-H2", 2025, 7), Period(2, "2026-H1", 2026, 1)]);
        return contract;

        MeasuredParty Party(int at, Actor actor, PartyRole role) => new()
        {
            ContractId = id, Position = at, OrganisationId = actor.Organisation, Name = role.ToString(), Role = role,
        };
        Measure Measure(string path, string type, string accumulation) => new()
        {
            ContractId = id, Position = 0, Path = path, Type = type, Accumulation = accumulation, MayBeNegative = false,
        };
        MeasuringPeriod Period(int at, string key, int year, int month) => new()
        {
            ContractId = id, Position = at, Key = key, From = new DateOnly(year, month, 1),
            To = new DateOnly(year, month, 1).AddMonths(6).AddDays(-1), Final = at == 2,
        };
    }

    private static Measurement Reported(
        MeasuredContract contract, string period, IReadOnlyList<Measurement> earlier, IEnumerable<string> paths)
    {
        var id = new MeasurementId(new Guid(period.Length, (short)period[^1], (short)period[3], new byte[8]));
        var draft = new Measurement.Draft(id, period,
            [.. paths.Select(path => new Figure { Measurement = id, ContractId = contract.Id, Path = path,
                Type = FigureType.Number, Value = "7" })],
            Counterfactual.SimpleCount, [], null);
        Assert.Null(Measurement.Report(contract, earlier, draft, Reporter, Noon, out var measurement));
        return measurement!;
    }

    private static Measurement Verified(MeasuredContract contract, Measurement measurement)
    {
        Assert.Null(measurement.Verify(contract, null, Verifier, Noon));
        return measurement;
    }

    private static string[] Figures(params string[] paths) => paths;
}
