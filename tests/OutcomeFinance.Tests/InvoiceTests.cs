using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Invoicing;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

[Collection("outcome finance")]
public sealed class InvoiceTests(OutcomeFinanceWorld world)
{
    private const string Details = "/outcome-finance/v1/invoicing-details";

    [Fact]
    public async Task A_claim_is_an_invoice_that_obeys_the_rules_and_asks_for_the_obligation_to_the_ore()
    {
        var (contract, obligation, _) = await world.Triggered();
        var claimed = (await world.Act(world.FundController, obligation, "claim", new { reference = "Ref 4711" }))
            .Is(HttpStatusCode.OK).Body.GetProperty("invoice");
        Assert.Equal("invoice", claimed.GetProperty("kind").GetString());
        var invoice = await world.As(world.Controller).Get(claimed.GetProperty("url").GetString()!);
        Assert.Equal($"\"{claimed.GetProperty("hash").GetString()}\"", invoice.Tag);
        Assert.Equal(claimed.GetProperty("hash").GetString(),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(invoice.Text))));
        var document = XDocument.Parse(invoice.Text);
        Assert.Empty(InvoiceRules.BrokenBy(document).Select(rule => rule.Id));
        var said = new Ubl(document);
        Assert.Equal("5400000.00", said.Text("cac:LegalMonetaryTotal/cbc:PayableAmount"));
        Assert.Equal("Ref 4711", said.Text("cbc:BuyerReference"));
        Assert.Equal(contract.ToString(), said.Text("cac:ContractDocumentReference/cbc:ID"));
        Assert.Equal("SE:BANKGIRO",
            said.Text("cac:PaymentMeans/cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID"));
    }

    [Fact]
    public async Task A_correction_downwards_is_a_credit_note_that_names_what_it_corrects()
    {
        var (contract, obligation, _) = await world.Triggered();
        var first = (await world.Act(world.FundController, obligation, "claim")).Body.GetProperty("invoice");
        await world.Tell(world.Measured(contract, "3500000", revision: 2));
        var credit = (await world.Obligations(contract))[1].GetProperty("id").GetGuid();
        var claimed = (await world.Act(world.FundController, credit, "claim")).Is(HttpStatusCode.OK).Body.GetProperty("invoice");
        Assert.Equal("credit-note", claimed.GetProperty("kind").GetString());
        var said = new Ubl(XDocument.Parse(
            (await world.As(world.Controller).Get(claimed.GetProperty("url").GetString()!)).Text));
        Assert.True(said.IsCreditNote);
        Assert.Equal("300000.00", said.Text("cac:LegalMonetaryTotal/cbc:PayableAmount"));
        Assert.Equal(first.GetProperty("number").GetString(),
            said.Text("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"));
    }

    [Fact]
    public async Task An_invoice_says_what_the_payer_wants_to_read()
    {
        var (_, obligation, _) = await world.Triggered();
        var missing = await world.Act(world.FundController, obligation, "claim", new { });
        missing.Refuses(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Equal("invoice.reference-wanted", missing.Body.GetProperty("errors")[0].GetProperty("code").GetString());
        var claimed = (await world.Act(world.FundController, obligation, "claim", new { orderReference = "Order 12" }))
            .Is(HttpStatusCode.OK);
        var invoice = await world.As(world.FundController)
            .Get(claimed.Body.GetProperty("invoice").GetProperty("url").GetString()!);
        var said = new Ubl(XDocument.Parse(invoice.Text));
        Assert.Equal(("", "Order 12"), (said.Text("cbc:BuyerReference"), said.Text("cac:OrderReference/cbc:ID")));
    }

    [Fact]
    public async Task Numbers_follow_each_other_also_when_a_claim_is_refused_between()
    {
        var numbers = new List<long>();
        for (var time = 0; time < 2; time++)
        {
            var (_, obligation, _) = await world.Triggered();
            (await world.Act(world.FundController, obligation, "claim", new { reference = " " })).Is(HttpStatusCode.BadRequest);
            var claimed = (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
            (await world.Act(world.FundController, obligation, "claim"))
                .Refuses(HttpStatusCode.Conflict, "obligation.not-triggered");
            numbers.Add(long.Parse(claimed.Body.GetProperty("invoice").GetProperty("number").GetString()!["IOP-".Length..],
                System.Globalization.CultureInfo.InvariantCulture));
        }
        Assert.Equal(numbers[0] + 1, numbers[1]);
    }

    [Fact]
    public async Task Only_the_contracts_parties_see_an_invoice_and_the_verifier_sees_no_money()
    {
        var (_, obligation, _) = await world.Triggered();
        var path = $"/outcome-finance/v1/obligations/{obligation}/invoice";
        (await world.As(world.Controller).Get(path)).Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
        (await world.As(world.Controller).Get(path)).Is(HttpStatusCode.OK);
        foreach (var outsider in new[] { world.Stranger, world.Verifier })
            (await world.As(outsider).Get(path)).Refuses(HttpStatusCode.NotFound, "request.not-found");
    }

    [Theory]
    [InlineData("UPDATE invoice SET document = 'x' WHERE obligation_id = $1")]
    [InlineData("DELETE FROM invoice WHERE obligation_id = $1")]
    [InlineData("INSERT INTO invoice SELECT * FROM invoice WHERE obligation_id = $1")]
    public async Task What_was_sent_stays_as_it_was_sent(string sql)
    {
        var (_, obligation, _) = await world.Triggered();
        (await world.Act(world.FundController, obligation, "claim")).Is(HttpStatusCode.OK);
        Assert.Equal("42501", await world.AsApplication(world.FundController, sql, obligation));
    }

    [Fact]
    public async Task Nothing_is_claimed_by_sql_without_its_invoice()
    {
        var (_, obligation, _) = await world.Triggered();
        Assert.Equal("42501", await world.AsApplication(world.FundController,
            "UPDATE obligation SET state = 'Claimed', claimed_by = caller_person(), claimed_at = now() WHERE obligation_id = $1",
            obligation));
        Assert.Equal("42501", await world.AsApplication(world.FundController, """
            INSERT INTO invoice SELECT obligation_id, contract_id, payee_organisation_id, payer_organisation_id, 'IOP-9', 'Invoice',
              '2026-03-02', '2026-04-01', amount_minor - 1, currency, 'Bankgiro', '99990004', 'x', encode(sha256('x'), 'hex'), now(), caller_person()
            FROM obligation WHERE obligation_id = $1
            """, obligation));
    }

    [Fact]
    public async Task Details_are_ones_own_and_hang_together()
    {
        var fund = Callers.Of(world.Fund, Roles.Controller);
        var seen = (await world.As(fund).Get(Details)).Is(HttpStatusCode.OK);
        Assert.Equal("99990004", seen.Body.GetProperty("bankgiro").GetString());
        (await world.As(Callers.Of(world.Fund, Roles.Officer)).Put(Details, seen.Tag, OutcomeFinanceWorld.InvoicingDetails()))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await world.As(fund).Put(Details, "\"0\"", OutcomeFinanceWorld.InvoicingDetails()))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        var wrong = await world.As(fund).Put(Details, seen.Tag, new
        {
            vatCategory = "exempt", vatReason = " ", bankgiro = "9999-0005", iban = "SE00", street = "Gatan 1",
            postCode = "1", city = "X", contactName = "Ekonomi", contactMail = "ingen", vatId = "SE000000000001",
        });
        wrong.Refuses(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Equal(
            ["bankgiro", "contactMail", "iban", "vatId", "vatReason"],
            wrong.Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()).Order());
        (await world.As(world.Stranger).Get(Details)).Refuses(HttpStatusCode.NotFound, "request.not-found");
    }

    [Fact]
    public async Task Without_details_nothing_is_claimed()
    {
        var other = await world.PaidToTheMunicipalitysFriend();
        (await world.Act(other.Payee, other.Obligation, "claim"))
            .Refuses(HttpStatusCode.Conflict, "invoice.details-missing");
    }
}
