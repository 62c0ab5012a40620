using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Banking;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

/// <summary>What goes out to banks and to those who look after the money.</summary>
[Collection("outcome finance")]
public sealed class ReportTests(OutcomeFinanceWorld world)
{
    private const string Files = "/outcome-finance/v1/payment-files";
    private const string Today = "2026-03-02";

    [Fact]
    public async Task What_is_attested_is_paid_by_one_live_file_until_the_file_is_taken_back()
    {
        var (_, obligation) = await Attested();
        var file = (await world.As(world.Controller).Create(Files, new { executeOn = Today })).Is(HttpStatusCode.Created);
        var document = XDocument.Parse((await world.As(world.Controller).Get(file.Body.GetProperty("url").GetString()!)).Text);
        var number = (await world.As(world.Controller).Get($"/outcome-finance/v1/obligations/{obligation}"))
            .Body.GetProperty("invoice").GetProperty("number").GetString();
        var transfer = document.Descendants(CreditTransfers.Space + "CdtTrfTxInf")
            .Single(one => one.Descendants(CreditTransfers.Space + "EndToEndId").Single().Value == number);
        Assert.Equal("5400000.00", transfer.Descendants(CreditTransfers.Space + "InstdAmt").Single().Value);
        (await world.As(world.SecondController).Create(Files, new { executeOn = Today }))
            .Refuses(HttpStatusCode.Conflict, "payment-file.nothing-to-pay");
        var path = $"{Files}/{file.Id}";
        (await world.As(world.Controller).Act($"{path}/cancellation", file.Tag, new { reason = "Banken avvisade filen." }))
            .Is(HttpStatusCode.OK);
        var again = (await world.As(world.Controller).Create(Files, new { executeOn = Today })).Is(HttpStatusCode.Created);
        Assert.NotEqual(file.Id, again.Id);
        (await world.As(world.FundController).Get(path)).Refuses(HttpStatusCode.NotFound, "request.not-found");
        Assert.Equal("23505", await world.AsApplication(world.Controller, """
            INSERT INTO payment_order (file_id, obligation_id, contract_id, is_live)
            SELECT $1, obligation_id, contract_id, true FROM obligation WHERE obligation_id = $2
            """, file.Id, obligation));
        Assert.Equal("42501", await world.AsApplication(world.Controller,
            "UPDATE payment_order SET is_live = true WHERE file_id = $1", file.Id));
        // Leave nothing for others' files.
        (await world.Act(world.FundController, obligation, "settlement")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_file_is_no_settlement_and_holds_only_what_two_have_attested()
    {
        var (_, obligation, _) = await world.Triggered();
        (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
        (await world.Act(world.Controller, obligation, "attestations")).Is(HttpStatusCode.OK);
        Assert.Equal("42501", await world.AsApplication(world.Controller, """
            WITH file AS (INSERT INTO payment_file VALUES (gen_random_uuid(), caller_org(), 'SE04', gen_random_uuid()::text, '2026-03-02',
              1, 1, 'SEK', 'x', encode(sha256('x'), 'hex'), caller_person(), now(), NULL, NULL, NULL, 1) RETURNING file_id)
            INSERT INTO payment_order SELECT file_id, obligation_id, contract_id, true FROM file, obligation WHERE obligation_id = $1
            """, obligation));
    }

    [Fact]
    public async Task The_books_of_a_contract_agree_and_a_payment_in_that_is_not_verified_is_named()
    {
        var (contract, obligation) = await Attested();
        (await world.Act(world.FundController, obligation, "settlement")).Is(HttpStatusCode.OK);
        await PaidIn(contract, "7000000.00");
        var view = (await world.As(world.Controller).Get(OutcomeFinanceWorld.Path(contract, "/reconciliation")))
            .Is(HttpStatusCode.OK).Body;
        Assert.True(view.GetProperty("agrees").GetBoolean());
        Assert.All(new[] { "calculated", "owed", "invoiced", "booked", "settled" },
            name => Assert.Equal("5400000.00", view.GetProperty(name).GetString()));
        var difference = view.GetProperty("differences").EnumerateArray().Single();
        Assert.Equal(("paid-in-differs", "7500000.00", "7000000.00"), (Text(difference, "code"),
            Text(difference, "expected"), Text(difference, "found")));
        (await world.As(world.Verifier).Get(OutcomeFinanceWorld.Path(contract, "/reconciliation")))
            .Refuses(HttpStatusCode.NotFound, "request.not-found");
    }

    [Fact]
    public async Task A_payment_in_counts_when_the_receiver_has_confirmed_it()
    {
        var contract = await world.Signed();
        var recorded = (await Record(contract, "2500000.00")).Is(HttpStatusCode.Created);
        Assert.Equal(0L, await PaidInTransfers(contract));
        (await world.As(Callers.Of(world.Fund, Roles.Controller))
            .Act($"/outcome-finance/v1/paid-in/{recorded.Id}/answer", recorded.Tag, new { came = true }))
            .Refuses(HttpStatusCode.Forbidden, "paid-in.not-the-receiver");
        Assert.Equal("42501", await world.AsApplication(world.FundController, """
            INSERT INTO transfer (transfer_id, contract_id, kind, paid_in_id, debit, credit, amount_minor, currency, at)
            SELECT gen_random_uuid(), contract_id, 'PaidIn', paid_in_id, 'programme.funds', 'funder.paidIn', amount_minor, currency, now()
            FROM paid_in WHERE paid_in_id = $1
            """, recorded.Id));
        (await world.As(world.Controller)
            .Act($"/outcome-finance/v1/paid-in/{recorded.Id}/answer", recorded.Tag, new { came = true })).Is(HttpStatusCode.OK);
        Assert.Equal(1L, await PaidInTransfers(contract));
        (await world.As(world.Controller)
            .Act($"/outcome-finance/v1/paid-in/{recorded.Id}/answer", "\"2\"", new { came = false }))
            .Refuses(HttpStatusCode.Conflict, "paid-in.already-answered");
    }

    [Fact]
    public async Task A_contract_ends_when_nothing_is_owed_and_what_was_lost_is_written_off()
    {
        var (contract, obligation) = await Attested();
        await PaidIn(contract, "7500000.00");
        var path = OutcomeFinanceWorld.Path(contract);
        var reason = new { reason = "Perioden är slut." };
        (await world.As(world.Officer).Act($"{path}/end", (await world.As(world.Officer).Get(path)).Tag, reason))
            .Refuses(HttpStatusCode.Conflict, "contract.something-is-owed");
        (await world.Act(world.FundController, obligation, "settlement")).Is(HttpStatusCode.OK);
        var ended = (await world.As(world.Officer).Act($"{path}/end", (await world.As(world.Officer).Get(path)).Tag, reason))
            .Is(HttpStatusCode.OK);
        Assert.Equal("ended", ended.Body.GetProperty("state").GetString());
        Assert.Equal(210_000_000L, await world.Scalar<long>(
            "SELECT amount_minor FROM transfer WHERE contract_id = $1 AND kind = 'CapitalWriteOff'", contract));
        var statement = (await world.As(world.FundController)
            .Get($"/outcome-finance/v1/statements/contract?contractId={contract}")).Is(HttpStatusCode.OK).Body;
        Assert.Equal("0.00", Text(statement, "closing"));
    }

    [Fact]
    public async Task Whoever_is_owed_gives_it_up_and_nobody_else()
    {
        var (contract, obligation, _) = await world.Triggered();
        (await world.Act(world.Controller, obligation, "write-off", new { reason = "Nej" }))
            .Refuses(HttpStatusCode.Forbidden, "obligation.not-owed-to");
        var given = (await world.Act(world.FundController, obligation, "write-off", new { reason = "Tvisten är förlikt." }))
            .Is(HttpStatusCode.OK);
        Assert.Equal("Tvisten är förlikt.", Assert.Single(
            await world.Announced<Iop.Contracts.OutcomeFinance.ObligationWrittenOff>(),
            one => one.ObligationId == obligation).Reason);
        Assert.Equal("written-off", Text(given.Body, "state"));
        var statement = (await world.As(world.Officer)
            .Get($"/outcome-finance/v1/statements/contract?contractId={contract}")).Body;
        Assert.Equal(["obligation", "write-off"],
            statement.GetProperty("lines").EnumerateArray().Select(one => Text(one, "event")));
        Assert.Equal("0.00", Text(statement, "closing"));
    }

    [Fact]
    public async Task A_payers_statement_is_what_it_owes_and_a_strangers_is_empty()
    {
        var (contract, obligation, _) = await world.Triggered();
        (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
        var mine = (await world.As(world.Controller).Get("/outcome-finance/v1/statements/payer")).Is(HttpStatusCode.OK).Body;
        Assert.Contains(mine.GetProperty("lines").EnumerateArray(), one => one.GetProperty("contractId").GetGuid() == contract
            && Text(one, "event") == "obligation" && Text(one, "amount") == "5400000.00"
            && Text(one, "document")!.StartsWith("IOP-", StringComparison.Ordinal));
        var table = (await world.As(world.Controller).Get($"/outcome-finance/v1/statements/contract/csv?contractId={contract}"))
            .Is(HttpStatusCode.OK).Text;
        Assert.Contains(";5400000,00;5400000,00", table, StringComparison.Ordinal);
        Assert.Empty((await world.As(world.Stranger).Get("/outcome-finance/v1/statements/funder")).Body
            .GetProperty("lines").EnumerateArray());
        foreach (var outsider in new[] { world.Stranger, world.Verifier })
            (await world.As(outsider).Get($"/outcome-finance/v1/statements/contract?contractId={contract}"))
                .Refuses(HttpStatusCode.NotFound, "request.not-found");
    }

    [Fact]
    public async Task A_budget_year_holds_what_was_triggered_in_it()
    {
        var (contract, _, _) = await world.Triggered();
        var view = (await world.As(world.Controller).Get("/outcome-finance/v1/budget-years")).Is(HttpStatusCode.OK).Body;
        var year = view.GetProperty("contracts").EnumerateArray()
            .Single(one => one.GetProperty("contractId").GetGuid() == contract).GetProperty("years").EnumerateArray().Single();
        Assert.Equal((2026, "5400000.00", "5400000.00"),
            (year.GetProperty("year").GetInt32(), Text(year, "triggered"), Text(year, "total")));
    }

    private async Task<(Guid Contract, Guid Obligation)> Attested()
    {
        var (contract, obligation, _) = await world.Triggered();
        (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
        (await world.Act(world.Controller, obligation, "attestations")).Is(HttpStatusCode.OK);
        (await world.Act(world.SecondController, obligation, "attestations")).Is(HttpStatusCode.OK);
        return (contract, obligation);
    }

    private async Task PaidIn(Guid contract, string amount)
    {
        var recorded = (await Record(contract, amount)).Is(HttpStatusCode.Created);
        (await world.As(world.Controller)
            .Act($"/outcome-finance/v1/paid-in/{recorded.Id}/answer", recorded.Tag, new { came = true })).Is(HttpStatusCode.OK);
    }

    private Task<Reply> Record(Guid contract, string amount) => world.As(world.FundController).Create(
        OutcomeFinanceWorld.Path(contract, "/paid-in"),
        new { receiverOrganisationId = world.Municipality, amount, paidOn = Today, reference = "Satsning 1" });

    private Task<long> PaidInTransfers(Guid contract) =>
        world.Scalar<long>("SELECT count(*) FROM transfer WHERE contract_id = $1 AND kind = 'PaidIn'", contract);

    private static string? Text(JsonElement one, string name) => one.GetProperty(name).GetString();
}
