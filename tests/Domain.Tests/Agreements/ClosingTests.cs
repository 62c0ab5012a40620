using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.Closing;
using Iop.Agreements.Domain.Plans;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements;

/// <summary>Closing: when, what is missing, and shares that come to the whole.</summary>
public sealed class ClosingTests
{
    [Theory]
    [InlineData(AgreementState.Draft, false)]
    [InlineData(AgreementState.Assessment, false)]
    [InlineData(AgreementState.OpenForSignature, false)]
    [InlineData(AgreementState.Signed, false)]
    [InlineData(AgreementState.InForce, true)]
    [InlineData(AgreementState.NoticeGiven, true)]
    [InlineData(AgreementState.Ended, true)]
    [InlineData(AgreementState.Rescinded, true)]
    [InlineData(AgreementState.Withdrawn, false)]
    public void Closing_is_open_from_the_first_day_in_force_until_long_after_the_last(AgreementState state, bool open) =>
        Assert.Equal(open ? null : "closing.not-now", Closings.Refusal(state)?.Code);

    //          surplus   shares of it     pool    shares of it    refused
    [Theory]
    [InlineData(0, new long[0], 0, new long[0], null)]
    [InlineData(10_001, new long[] { 5_000, 5_001 }, 0, new long[0], null)]
    [InlineData(10_001, new long[] { 5_000, 5_000 }, 0, new long[0], "closing.surplus-differs")] // one öre short
    [InlineData(0, new long[] { 1 }, 0, new long[0], "closing.surplus-differs")]
    [InlineData(0, new long[0], 33_334, new long[] { 33_333, 1 }, null)]
    [InlineData(0, new long[0], 33_334, new long[] { 33_335 }, "closing.pool-differs")]
    [InlineData(0, new long[0], 33_334, new long[0], "closing.pool-differs")]
    public void Shares_come_to_the_whole_to_the_ore(long surplus, long[] ofSurplus, long pool, long[] ofPool, string? refused)
    {
        var partnership = Some.Partnership();
        var (agreement, city) = (Some.InForce(partnership), Some.Party(partnership, OrganisationKind.Public));
        var by = new Recorder(new PersonRef(Guid.NewGuid()), city.Organisation, Some.Now);
        var body = new DecidingBody(new BodyId(Guid.NewGuid()), "Styrgruppen", true);
        Assert.Null(BodyDecision.Record(new DecisionId(Guid.NewGuid()), agreement, body,
            new Decided(body.Id, new(2026, 3, 1), null, [city.Id]), [city], by, out var decision));
        Settlement.Share Share(SettledFrom from, long ore) => new(city.Id, from, SettledHow.Repaid, Money.Ore(ore), null);
        Settlement.Share[] shares =
        [
            .. ofSurplus.Select(ore => Share(SettledFrom.Surplus, ore)), .. ofPool.Select(ore => Share(SettledFrom.Pool, ore)),
        ];
        Assert.Equal(refused, Settlement.Agree(
            agreement, Money.Ore(surplus), Money.Ore(pool), shares, decision, [city], by, out var settlement)?.Code);
        if (refused is null) Assert.Equal(surplus + pool, settlement.Lines.Sum(line => line.Ore));
        Assert.Equal("closing.unknown-party", Settlement.Agree(
            agreement, Money.Ore(1), Money.Zero, [Share(SettledFrom.Surplus, 1) with { Party = new PartyId(Guid.NewGuid()) }],
            decision, [city], by, out _)?.Code);
    }

    [Fact]
    public void What_is_missing_is_shown_until_it_is_there()
    {
        var agreement = Some.InForce(Some.Partnership());
        var (walks, homework) = (Guid.NewGuid(), Guid.NewGuid());
        var activities = new Dictionary<Guid, string> { [walks] = "Nattvandring", [homework] = "Läxhjälp" };
        var report = ClosingReport.On(agreement);
        var exit = ExitStep.For(Guid.NewGuid(), agreement, walks);
        Assert.Equal(["report", "report", "report", "report", "report", "exit", "exit", "settlement"],
            ClosingChecklist.Of(null, [], activities, null).Select(missing => missing.What));
        report.Write(new("Mycket", null, null, "Ny rutin", null), null, new PersonRef(Guid.NewGuid()), Some.Now);
        exit.Plan("Nattvandring", "Kommunen", new(2026, 12, 31), null);
        Assert.Contains(new Missing("exit", walks.ToString()), ClosingChecklist.Of(report, [exit], activities, null));
        exit.Plan("Nattvandring", "Kommunen", new(2026, 12, 31), "Alla är vidtalade.");
        Assert.Equal([new("report", "didNotWork"), new("report", "why"), new("report", "nextProcess"),
            new("exit", homework.ToString()), new Missing("settlement")],
            ClosingChecklist.Of(report, [exit], activities, null));
        Assert.Contains(new Missing("exit-plan"), ClosingChecklist.Of(null, [], new Dictionary<Guid, string>(), null));
    }
}
