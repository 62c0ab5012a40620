using System.Net;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Tests;

/// <summary>What the database itself refuses, whatever SQL the application's login sends.</summary>
[Collection("outcome finance")]
public sealed class DatabaseTests(OutcomeFinanceWorld world)
{
    private const string Denied = "42501";
    private const string Check = "23514";

    [Fact]
    public async Task No_obligation_is_made_by_hand()
    {
        var (_, obligation, _) = await world.Triggered();
        Assert.Equal(Denied, await world.AsApplication(world.Controller, """
            INSERT INTO obligation SELECT gen_random_uuid(), contract_id, period_key, payer_party_id, payer_organisation_id, payee_party_id,
              payee_organisation_id, calculation_id, calculation_number, measurement_id, reporter_person_id, verifier_person_id, 1, currency, triggered_at, 'Triggered'
            FROM obligation WHERE obligation_id = $1
            """, obligation));
    }

    [Theory]
    [InlineData("UPDATE obligation SET amount_minor = 1 WHERE obligation_id = $1")]
    [InlineData("DELETE FROM obligation WHERE obligation_id = $1")]
    [InlineData("UPDATE obligation SET state = 'Settled' WHERE obligation_id = $1")]
    [InlineData("UPDATE obligation SET state = 'Attested', attested_by_1 = gen_random_uuid(), attested_by_2 = gen_random_uuid() WHERE obligation_id = $1")]
    [InlineData("UPDATE obligation SET attested_by_1 = caller_person(), attested_by_2 = caller_person() WHERE obligation_id = $1")]
    public async Task Nobody_helps_a_payment_along(string sql)
    {
        var (_, obligation, _) = await world.Triggered();
        (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
        Assert.Equal(Denied, await world.AsApplication(world.Controller, sql, obligation));
    }

    [Theory]
    [InlineData("UPDATE obligation SET state = 'WrittenOff', written_off_by = caller_person(), written_off_at = now(), written_off_why = 'x' WHERE obligation_id = $1")]
    [InlineData("""
        INSERT INTO transfer (transfer_id, contract_id, kind, obligation_id, debit, credit, amount_minor, currency, at)
        SELECT gen_random_uuid(), contract_id, 'WriteOff', obligation_id, 'claim.x', 'receivable.x', amount_minor, currency, now()
        FROM obligation WHERE obligation_id = $1
        """)]
    public async Task Who_owes_does_not_write_its_own_debt_off(string sql)
    {
        var (_, obligation, _) = await world.Triggered();
        Assert.Equal(Denied, await world.AsApplication(world.Controller, sql, obligation));
    }

    [Fact]
    public async Task The_reporter_cannot_attest_by_sql_either()
    {
        var (_, obligation, measurement) = await world.Triggered();
        (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
        var reporter = world.Controller with { Person = measurement.ReporterPersonId };
        Assert.Equal(Check, await world.AsApplication(
            reporter, "UPDATE obligation SET attested_by_1 = caller_person() WHERE obligation_id = $1", obligation));
    }

    [Fact]
    public async Task One_person_is_not_two_attesters()
    {
        var (_, obligation, _) = await world.Triggered();
        (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
        (await world.Act(world.Controller, obligation, "attestations")).Is(HttpStatusCode.OK);
        Assert.Equal(Check, await world.AsApplication(
            world.Controller,
            "UPDATE obligation SET attested_by_2 = caller_person(), state = 'Attested' WHERE obligation_id = $1",
            obligation));
    }

    [Theory]
    [InlineData("INSERT INTO verified_measurement (measurement_id, contract_id, period_key, revision, reporter_person_id, verifier_organisation_id, verifier_person_id, verified_at) SELECT gen_random_uuid(), contract_id, period_key, 9, reporter_person_id, verifier_organisation_id, verifier_person_id, verified_at FROM verified_measurement WHERE contract_id = $1")]
    [InlineData("INSERT INTO calculation SELECT gen_random_uuid(), contract_id, 9, version_hash, measurement_id, at, result FROM calculation WHERE contract_id = $1")]
    [InlineData("SELECT * FROM verified_figure WHERE contract_id = $1")]
    [InlineData("UPDATE contract_version SET hash = 'x' WHERE contract_id = $1")]
    [InlineData("DELETE FROM contract_signature WHERE contract_id = $1")]
    [InlineData("UPDATE transfer SET amount_minor = 1 WHERE contract_id = $1")]
    [InlineData("DELETE FROM transfer WHERE contract_id = $1")]
    [InlineData("INSERT INTO transfer (transfer_id, contract_id, kind, debit, credit, amount_minor, currency, at) SELECT gen_random_uuid(), contract_id, kind, debit, credit, 1, currency, at FROM transfer WHERE contract_id = $1 AND kind = 'Investment'")]
    public async Task What_is_written_stays_written_and_only_the_calculation_writes_it(string sql)
    {
        var (contract, _, _) = await world.Triggered();
        Assert.Equal(Denied, await world.AsApplication(world.Controller, sql, contract));
    }

    [Fact]
    public async Task A_verifier_is_on_no_other_side()
    {
        var contract = await world.Signed();
        const string unique = "23505";
        const string foreignKey = "23503";
        Assert.Equal(unique, await world.AsApplication(
            world.Officer, "INSERT INTO stance (contract_id, organisation_id, is_verifier) VALUES ($1, $2, true)", contract,
            world.Municipality));
        const string party = """
            INSERT INTO contract_party (party_id, contract_id, position, organisation_id, name, kind, role)
            VALUES (gen_random_uuid(), $1, 99, $2, 'RISE', 'Public', 'Payer')
            """;
        var draft = await world.Drafted();
        Assert.Equal(foreignKey, await world.AsApplication(world.Officer, party, draft.Id, world.Institute));
        // Who is party to a signed contract is changed by an amendment alone.
        Assert.Equal("42501", await world.AsApplication(world.Officer, party, contract, world.Institute));
    }

    [Fact]
    public async Task Nobody_declares_a_contract_signed_that_is_not()
    {
        var open = await world.Opened();
        Assert.Equal(Denied, await world.AsApplication(world.Officer,
            "INSERT INTO signed_contract SELECT contract_id, version_hash, now() FROM outcome_contract WHERE contract_id = $1",
                open.Id));
    }

    [Fact]
    public async Task Nobody_lets_himself_in()
    {
        var (contract, _, _) = await world.Triggered();
        Assert.Equal(Denied, await world.AsApplication(world.Stranger, """
            INSERT INTO access (access_id, partnership_id, organisation_id, side, valid_from) VALUES (gen_random_uuid(), $1, $2, 'public', '2026-01-01')
            """, contract, world.Stranger.Organisation));
        Assert.Equal(Denied, await LetIn(world.Stranger, contract));
        Assert.Equal(Denied, await LetIn(world.FundController, contract));
    }

    private Task<string?> LetIn(Caller caller, Guid contract) => world.AsApplication(
        caller, "SELECT let_in(gen_random_uuid(), $1, $2, NULL, NULL, 'public', true, '2026-01-01', NULL)", contract,
        world.Stranger.Organisation);
}
