using System.Xml.Linq;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Invoicing;

namespace Iop.Domain.Tests.OutcomeFinance.Invoicing;

public sealed class InvoiceArithmeticTests
{
    private const int SetsTried = 1_000;

    /// <summary>Whatever a contract has come to: what is claimed obeys every rule, and says the obligations to the öre.</summary>
    [Fact]
    public void A_thousand_random_sets_of_obligations_are_invoiced_by_the_rules_and_to_the_ore()
    {
        var random = new Random(20261123);
        for (var set = 0; set < SetsTried; set++)
        {
            var obligations = Enumerable.Range(0, random.Next(1, 30)).Select(_ => Amount(random)).ToList();
            var claimed = 0L;
            foreach (var side in obligations.GroupBy(Math.Sign))
            {
                var kind = side.Key < 0 ? InvoiceKind.CreditNote : InvoiceKind.Invoice;
                var vat = random.Next(2) == 0 ? VatCategory.OutsideScope : VatCategory.Exempt;
                var document = UblWriter.Document(SomeInvoice.Content(
                    kind, vat, "SE509999001101", random.Next(2) == 0, [.. side.Select(Math.Abs)]));
                Assert.Empty(InvoiceRules.BrokenBy(document).Select(rule => $"{rule.Id} in set {set}"));
                claimed += side.Key * Payable(document);
            }
            Assert.Equal(obligations.Sum(), claimed);
        }
    }

    [Fact]
    public void The_same_content_is_the_same_bytes() => Assert.Equal(
        UblWriter.Bytes(SomeInvoice.Outside()), UblWriter.Bytes(SomeInvoice.Outside()));

    [Fact]
    public void What_is_outside_the_scope_names_no_number_of_the_tax() => Assert.DoesNotContain(
        "SE509999001101",
        UblWriter.Document(SomeInvoice.Content(vatId: "SE509999001101")).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("99990004", true)]
    [InlineData("9990003", true)]
    [InlineData("99990005", false)]
    [InlineData("999000", false)]
    [InlineData("9999000A", false)]
    public void A_bankgiro_carries_its_check_digit(string number, bool holds) =>
        Assert.Equal(holds, Accounts.IsBankgiro(number));

    [Theory]
    [InlineData("SE0450000000000000000001", true)]
    [InlineData("SE0450000000000000000010", false)]
    [InlineData("SE04", false)]
    [InlineData("GB82WEST12345698765432", true)]
    [InlineData("SEXX50000000000000000001", false)]
    public void An_account_by_number_carries_its_check_digits(string number, bool holds) =>
        Assert.Equal(holds, Accounts.IsIban(number));

    [Fact]
    public void Blanks_and_hyphens_are_for_people() => Assert.Equal("99990004", Accounts.Plain(" 9999-0004 "));

    /// <summary>Small ones, round ones and enormous ones, both ways.</summary>
    private static long Amount(Random random) => (random.Next(2) == 0 ? 1 : -1) * (random.Next(3) switch
    {
        0 => random.NextInt64(1, 100),
        1 => random.NextInt64(1, 10_000) * 100_000,
        _ => random.NextInt64(1, 100_000_000_000_000),
    });

    private static long Payable(XDocument document) =>
        Money.TryParse(new Ubl(document).Text("cac:LegalMonetaryTotal/cbc:PayableAmount"), Currency.Sek, out var amount)
            ? amount.Minor : throw new InvalidOperationException("No amount.");
}
