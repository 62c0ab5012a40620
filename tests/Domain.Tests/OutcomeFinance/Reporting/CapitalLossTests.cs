using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Reporting;

namespace Iop.Domain.Tests.OutcomeFinance.Reporting;

public sealed class CapitalLossTests
{
    private static readonly Guid[] Funders = [.. Enumerable.Range(1, 7).Select(one => new Guid(one, 0, 0, new byte[8]))];

    //          lost öre   paid in öre            borne öre
    [Theory]
    [InlineData(210_000_000, new long[] { 750_000_000 }, new long[] { 210_000_000 })] // one funder bears it all
    [InlineData(100, new long[] { 300, 700 }, new long[] { 30, 70 })]
    [InlineData(100, new long[] { 1, 1, 1 }, new long[] { 34, 33, 33 })] // equal remainders: in order
    [InlineData(10, new long[] { 2, 1, 0 }, new long[] { 7, 3, 0 })] // 6.67 and 3.33: the larger remainder gets the öre
    [InlineData(11, new long[] { 0, 0 }, new long[] { 6, 5 })] // nobody has paid in
    [InlineData(0, new long[] { 5, 5 }, new long[] { 0, 0 })]
    public void Each_funder_bears_its_part(long lost, long[] paidIn, long[] borne)
    {
        var split = CapitalLoss.Split(new Money(lost, Currency.Sek), [.. paidIn.Zip(Funders, (paid, one) =>
            new FunderPaidIn(one, paid))]);
        Assert.Equal(borne, paidIn.Select((_, at) => split[Funders[at]].Minor));
    }

    [Fact]
    public void Whatever_was_paid_in_the_parts_add_up_to_the_ore_and_lie_within_one_of_the_exact_share()
    {
        var random = new Random(4_711);
        for (var round = 0; round < 5_000; round++)
        {
            var paid = Funders[..random.Next(1, 8)].Select(one => new FunderPaidIn(one, random.NextInt64(0, 100_000_000_000)))
                .ToList();
            var lost = random.NextInt64(0, 100_000_000_000);
            var split = CapitalLoss.Split(new Money(lost, Currency.Sek), paid);
            Assert.Equal(lost, split.Values.Sum(one => one.Minor));
            var total = (Int128)paid.Sum(one => one.Minor);
            if (total == 0) continue;
            Assert.All(paid, one => Assert.InRange(
                split[one.Funder].Minor * total - lost * (Int128)one.Minor, -total + 1, total - 1));
            Assert.Equal(split, CapitalLoss.Split(new Money(lost, Currency.Sek), [.. paid.AsEnumerable().Reverse()]));
        }
    }

    [Fact]
    public void Several_payments_in_by_one_funder_count_together() => Assert.Equal(
        new Money(75, Currency.Sek), CapitalLoss.Split(new Money(100, Currency.Sek),
            [new(Funders[0], 1), new(Funders[1], 1), new(Funders[0], 2)])[Funders[0]]);
}
