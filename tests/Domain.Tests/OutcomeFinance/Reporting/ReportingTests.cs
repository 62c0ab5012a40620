using System.Text;
using System.Xml.Linq;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Banking;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Invoicing;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Domain.Reporting;

namespace Iop.Domain.Tests.OutcomeFinance.Reporting;

public sealed class ReportingTests
{
    private static readonly DateTimeOffset Then = new(2025, 12, 31, 23, 30, 0, TimeSpan.Zero);
    private readonly PartyId _payer = new(Guid.NewGuid());
    private readonly PartyId _payee = new(Guid.NewGuid());

    [Fact]
    public void Books_that_agree_have_no_difference()
    {
        var one = Owed(540_000_000);
        Assert.Empty(Reconciliation.Of([one], [Ledger.Triggered(one, Then)], [], [Due(540_000_000)], Currency.Sek));
    }

    [Fact]
    public void Every_difference_is_named()
    {
        var (booked, unbooked) = (Owed(100), Owed(200));
        var ghost = Ledger.Triggered(Owed(50), Then);
        var invoice = new InvoicedAmount(booked.Id, "IOP-000001", InvoiceKind.Invoice, 100);
        var found = Reconciliation.Of(
            [booked, unbooked], [Ledger.Triggered(booked, Then), .. Ledger.Settlement(booked, Then), ghost], [invoice],
            [Due(301)], Currency.Sek);
        Assert.Equal(
            ["calculation-amount", "invoice-unexpected", "ledger-missing", "ledger-without-obligation", "payment-unexpected",
                "receipt-unexpected"],
            found.Select(one => one.Code).Order(StringComparer.Ordinal));
        Assert.Contains(found, one => one.Code == "calculation-amount" && (one.Expected.Minor, one.Found.Minor) == (301, 300));
    }

    [Fact]
    public void A_statement_runs_from_what_stood_to_what_stands()
    {
        var (first, second) = (Owed(1_000, Then.AddDays(-40)), Owed(-300, Then));
        var transfers = new[] { Ledger.Triggered(first, first.TriggeredAt), Ledger.Triggered(second, second.TriggeredAt) };
        bool Mine(string account) => account == Ledger.Receivable(_payer);
        var statement = Statement.Of(
            transfers, one => Statement.Owed(one, Mine), new DateOnly(2025, 12, 1), null, Currency.Sek);
        Assert.Equal((1_000, 700), (statement.Opening.Minor, statement.Closing.Minor));
        Assert.Equal([-300L], statement.Lines.Select(line => line.Amount.Minor));
    }

    [Fact]
    public void A_budget_year_turns_in_Stockholm()
    {
        var years = BudgetYear.Of([Owed(1_000)], [(2025, Money.Ore(900))], Currency.Sek);
        Assert.Equal([(2025, 900L, 0L), (2026, -1L, 1_000L)],
            years.Select(year => (year.Year, year.Planned?.Minor ?? -1, year.Total(Currency.Sek).Minor)));
    }

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("-2+3", "\"'-2+3\"")]
    [InlineData("Team; Nystart", "\"Team; Nystart\"")]
    [InlineData("\"Nystart\"", "\"\"\"Nystart\"\"\"")]
    [InlineData("Nystart", "Nystart")]
    public void No_text_becomes_a_formula(string text, string written) =>
        Assert.Equal($"{written};-1234,50\r\n",
            Encoding.UTF8.GetString(new Csv(isSwedish: true).Row([text], Money.Ore(-123_450)).Bytes())[1..]);

    [Fact]
    public void English_tables_have_a_decimal_point() =>
        Assert.Equal("a,1.00\r\n", Encoding.UTF8.GetString(new Csv(isSwedish: false).Row(["a"], Money.Kronor(1)).Bytes())[1..]);

    /// <summary>The order of elements in pain.001.001.03, and that sums and numbers are those of the transfers.</summary>
    [Fact]
    public void A_payment_file_says_each_invoice_once_and_their_sum()
    {
        var document = CreditTransfers.Document("IOP1", Then, new DateOnly(2026, 1, 2),
            new Debtor("Norrköpings kommun", "2120000456", "SE0450000000000000000001"),
            [
                new("IOP-000001", "Leksell", new PaymentAccount(AccountKind.Bankgiro, "99990004"), Money.Ore(540_000_001)),
                new("IOP-000002", "En fond", new PaymentAccount(AccountKind.Iban, "SE0450000000000000000001"), Money.Ore(99)),
            ]);
        var group = document.Root!.Elements().Single();
        Assert.Equal("CstmrCdtTrfInitn", group.Name.LocalName);
        Assert.Equal(["GrpHdr", "PmtInf"], Names(group));
        Assert.Equal(["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"], Names(group.Elements().First()));
        var payment = group.Elements().Last();
        Assert.Equal(
            ["PmtInfId", "PmtMtd", "NbOfTxs", "CtrlSum", "PmtTpInf", "ReqdExctnDt", "Dbtr", "DbtrAcct", "DbtrAgt",
                "CdtTrfTxInf", "CdtTrfTxInf"], Names(payment));
        Assert.Equal("5400001.00", Value(payment, "CtrlSum"));
        Assert.Equal("2", Value(payment, "NbOfTxs"));
        var (giro, account) = (payment.Elements().SkipLast(1).Last(), payment.Elements().Last());
        Assert.Equal(["PmtId", "Amt", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf"], Names(giro));
        Assert.Equal(["PmtId", "Amt", "Cdtr", "CdtrAcct", "RmtInf"], Names(account));
        Assert.Equal(["IOP-000001", "IOP-000002"],
            document.Descendants(CreditTransfers.Space + "EndToEndId").Select(one => one.Value));
    }

    private static IEnumerable<string> Names(XElement of) => of.Elements().Select(one => one.Name.LocalName);

    private static string? Value(XElement of, string name) => of.Element(CreditTransfers.Space + name)?.Value;

    private CalculatedDue Due(long ore) => new("2025", _payer, _payee, Money.Ore(ore));

    private Obligation Owed(long ore, DateTimeOffset? at = null) => new()
    {
        Id = new ObligationId(Guid.NewGuid()),
        ContractId = new ContractId(Guid.NewGuid()),
        PeriodKey = "2025",
        PayerPartyId = _payer,
        PayerOrganisationId = Guid.NewGuid(),
        PayeePartyId = _payee,
        PayeeOrganisationId = Guid.NewGuid(),
        CalculationId = new CalculationId(Guid.NewGuid()),
        CalculationNumber = 1,
        MeasurementId = new MeasurementRef(Guid.NewGuid()),
        ReporterPersonId = Guid.NewGuid(),
        VerifierPersonId = Guid.NewGuid(),
        AmountMinor = ore,
        Currency = "SEK",
        TriggeredAt = at ?? Then,
        IsAdjustment = false,
    };
}
