using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

/// <summary>A payee reads in what its bank says has come: whatever the file, nothing is counted twice.</summary>
[Collection("outcome finance")]
public sealed class BankStatementTests(OutcomeFinanceWorld world)
{
    private const string Statements = "/outcome-finance/v1/bank-statements";
    private const string Bankgiro = "99990004";

    [Fact]
    public async Task What_names_the_invoice_and_has_come_in_full_is_settled_and_booked_once()
    {
        var (contract, obligation, number) = await Attested();
        var reference = Guid.NewGuid().ToString("N");
        var read = (await Read(Notice(Credit(5_400_000, reference, number)))).Is(HttpStatusCode.Created).Body;
        Assert.Equal(("settled", number, "5400000.00"), Only(read));
        Assert.Equal("settled", await State(obligation));
        Assert.Single(await world.Announced<ObligationSettled>(), one => one.ObligationId == obligation);

        // The same money in the day's statement, which is another file.
        var again = (await Read(Notice(Credit(5_400_000, reference, number), kind: "camt.053"))).Is(HttpStatusCode.Created).Body;
        Assert.Equal((1, 0), (again.GetProperty("known").GetInt32(), again.GetProperty("lines").GetArrayLength()));
        // And once more by another reference: it may have been paid twice.
        Assert.Equal("already-settled",
            Only((await Read(Notice(Credit(5_400_000, Guid.NewGuid().ToString("N"), number)))).Body).Outcome);
        Assert.Equal(2, await world.Scalar<long>(
            "SELECT count(*) FROM transfer WHERE contract_id = $1 AND kind IN ('Payment', 'Receipt')", contract));
    }

    [Fact]
    public async Task Parts_are_added_up_until_all_has_come()
    {
        var (_, obligation, number) = await Attested();
        var first = (await Read(Notice(Credit(4_000_000, Guid.NewGuid().ToString("N"), number)))).Is(HttpStatusCode.Created);
        var line = first.Body.GetProperty("lines")[0];
        Assert.Equal(("part", "1400000.00"), (Text(line, "outcome"), Text(line, "missing")));
        Assert.Equal("attested", await State(obligation));
        Assert.Equal("too-much",
            Only((await Read(Notice(Credit(1_500_000, Guid.NewGuid().ToString("N"), number)))).Body).Outcome);
        Assert.Equal("settled", Only((await Read(Notice(Credit(1_400_000, Guid.NewGuid().ToString("N"), number)))).Body).Outcome);
        Assert.Equal("settled", await State(obligation));
    }

    [Fact]
    public async Task One_payment_of_two_invoices_settles_both()
    {
        var ((_, one, first), (_, other, second)) = (await Attested(), await Attested());
        var read = (await Read(Notice(Credit(10_800_000, Guid.NewGuid().ToString("N"), first, second)))).Body;
        Assert.Equal(["settled", "settled"], read.GetProperty("lines").EnumerateArray().Select(line => Text(line, "outcome")));
        Assert.Equal(("settled", "settled"), (await State(one), await State(other)));
    }

    [Fact]
    public async Task What_nobody_knows_is_shown_and_settles_nothing()
    {
        var (_, obligation, number) = await Attested();
        var reference = Guid.NewGuid().ToString("N");
        var read = (await Read(Notice(
            Credit(17, reference, "GÅVA") + Credit(5_400_000, null, number) + Debit(5_400_000, number))))
            .Is(HttpStatusCode.Created);
        Assert.Equal(["no-reference", "unknown"],
            read.Body.GetProperty("lines").EnumerateArray().Select(line => Text(line, "outcome")).Order(StringComparer.Ordinal));
        Assert.Equal(1, read.Body.GetProperty("skipped").GetInt32());
        Assert.Equal("attested", await State(obligation));
    }

    [Fact]
    public async Task Money_that_comes_before_two_have_attested_waits_for_the_payee()
    {
        var (_, obligation, _) = await world.Triggered();
        var claimed = (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
        var read = await Read(Notice(Credit(5_400_000, Guid.NewGuid().ToString("N"), Number(claimed.Body))));
        Assert.Equal("not-attested", Only(read.Body).Outcome);
        Assert.Equal("claimed", await State(obligation));
    }

    [Fact]
    public async Task Only_files_of_ones_own_accounts_once_and_by_a_controller()
    {
        var (_, obligation, number) = await Attested();
        var line = Credit(5_400_000, Guid.NewGuid().ToString("N"), number);
        (await Read(Notice(line), by: Callers.Of(world.Fund, Roles.Officer)))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        // The payer's own bank says nothing of what the payee has received.
        (await Read(Notice(line, account: "SE0450000000000000000001"), by: world.Controller))
            .Refuses(HttpStatusCode.Conflict, "bank-statement.not-your-account");
        Assert.Equal("unknown",
            Only((await Read(Notice(Credit(5_400_000, "payer", number)), by: world.Controller)).Body).Outcome);
        Assert.Equal("attested", await State(obligation));
        (await Read("<Document/>")).Refuses(HttpStatusCode.BadRequest, "bank-statement.unreadable");
        (await Read(Notice("<Ntry><Amt Ccy=\"SEK\">mycket</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts></Ntry>")))
            .Refuses(HttpStatusCode.BadRequest, "bank-statement.unreadable");
        (await Read("<!DOCTYPE x [<!ENTITY a 'b'>]>" + Notice(line)))
            .Refuses(HttpStatusCode.BadRequest, "bank-statement.unreadable");
        var file = Notice(line);
        var first = (await Read(file)).Is(HttpStatusCode.Created);
        (await Read(file)).Refuses(HttpStatusCode.Conflict, "bank-statement.already-read");
        (await world.As(world.Controller).Get($"{Statements}/{first.Id}")).Is(HttpStatusCode.NotFound);
        Assert.Contains((await world.As(world.FundController).Get($"{Statements}?limit=100")).Is(HttpStatusCode.OK).Body
            .GetProperty("items").EnumerateArray(), one => one.GetProperty("id").GetGuid() == first.Id);
    }

    [Fact]
    public async Task Nobody_writes_anothers_lines_by_SQL_or_changes_ones_own()
    {
        var (_, _, number) = await Attested();
        var read = (await Read(Notice(Credit(1, Guid.NewGuid().ToString("N"), number)))).Is(HttpStatusCode.Created);
        Assert.Equal("42501", await world.AsApplication(world.FundController,
            "UPDATE bank_line SET amount_minor = 540000000 WHERE statement_id = $1", read.Id));
        Assert.Equal("42501", await world.AsApplication(world.Controller, """
            INSERT INTO bank_statement (statement_id, organisation_id, kind, message, hash, known, skipped, read_by, read_at)
            VALUES (gen_random_uuid(), $1, 'camt.054', '', 'x', 0, 0, $2, now())
            """, world.Fund, world.Controller.Person));
    }

    private async Task<(Guid Contract, Guid Obligation, string Number)> Attested()
    {
        var (contract, obligation, _) = await world.Triggered();
        (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
        (await world.Act(world.Controller, obligation, "attestations")).Is(HttpStatusCode.OK);
        var attested = (await world.Act(world.SecondController, obligation, "attestations")).Is(HttpStatusCode.OK);
        return (contract, obligation, Number(attested.Body));
    }

    private static string Number(JsonElement obligation) => Text(obligation.GetProperty("invoice"), "number")!;

    private async Task<string?> State(Guid obligation) =>
        Text((await world.As(world.FundController).Get($"/outcome-finance/v1/obligations/{obligation}")).Body, "state");

    private Task<Reply> Read(string file, Caller? by = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Statements)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(file)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return world.As(by ?? world.FundController).Send(request, ("Idempotency-Key", Guid.NewGuid().ToString()));
    }

    private static (string? Outcome, string? Number, string? Amount) Only(JsonElement statement)
    {
        var line = statement.GetProperty("lines").EnumerateArray().Single();
        return (Text(line, "outcome"), Text(line, "invoiceNumber"), Text(line, "amount"));
    }

    private static string? Text(JsonElement one, string name) => one.GetProperty(name).GetString();

    private static string Notice(string entries, string kind = "camt.054", string account = Bankgiro)
    {
        var (whole, part) = kind == "camt.053" ? ("BkToCstmrStmt", "Stmt") : ("BkToCstmrDbtCdtNtfctn", "Ntfctn");
        var id = account == Bankgiro ? $"<Othr><Id>{account}</Id></Othr>" : $"<IBAN>{account}</IBAN>";
        return $"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:{kind}.001.02"><{whole}>
              <GrpHdr><MsgId>{Guid.NewGuid():N}</MsgId></GrpHdr>
              <{part}><Acct><Id>{id}</Id></Acct>{entries}</{part}>
            </{whole}></Document>
            """;
    }

    /// <summary>One payment; of several invoices, in equal parts.</summary>
    private static string Credit(long kronor, string? reference, params string[] numbers)
    {
        var said = numbers.Length == 1
            ? $"<Ustrd>Faktura {numbers[0]}, tack</Ustrd>"
            : string.Concat(numbers.Select(number => $"""
                <Strd><RfrdDocInf><Nb>{number}</Nb></RfrdDocInf><RfrdDocAmt><RmtdAmt Ccy="SEK">{kronor / numbers.Length}.00</RmtdAmt></RfrdDocAmt></Strd>
                """));
        return Entry("CRDT", kronor, reference is null ? "" : $"<AcctSvcrRef>{reference}</AcctSvcrRef>", said);
    }

    private static string Debit(long kronor, string number) => Entry("DBIT", kronor, "", $"<Ustrd>{number}</Ustrd>");

    private static string Entry(string way, long kronor, string reference, string said) => $"""
        <Ntry><Amt Ccy="SEK">{kronor}.00</Amt><CdtDbtInd>{way}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt>{reference}
          <NtryDtls><TxDtls><AmtDtls><TxAmt><Amt Ccy="SEK">{kronor}.00</Amt></TxAmt></AmtDtls><RmtInf>{said}</RmtInf></TxDtls></NtryDtls></Ntry>
        """;
}
