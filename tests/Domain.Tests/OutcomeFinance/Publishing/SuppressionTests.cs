using Iop.OutcomeFinance.Domain.Publishing;

namespace Iop.Domain.Tests.OutcomeFinance.Publishing;

public sealed class SuppressionTests
{
    [Fact]
    public void A_group_under_five_is_withheld_with_its_ratio_and_takes_the_smallest_other_one_along()
    {
        var published = Of(Group("norr", 3, "33.3"), Group("söder", 9, "44.4"), Group("väster", 12, "50"));
        Assert.Equal([null, null, "12"], Counts(published));
        Assert.Equal([null, null, "50"], published.Figures.Where(one => one.Kind is FigureKind.Ratio).Select(one => one.Value));
        Assert.Equal([new PublishedTotal("2025", "kohorter", "deltagare", "12", 2)], published.Totals);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Five_is_enough_and_nought_is_not(int count, bool isShown) =>
        Assert.Equal([isShown ? $"{count}" : null], Counts(Of(Group("norr", count))));

    [Fact]
    public void The_whole_is_withheld_with_a_part_of_it()
    {
        var published = Of(Group("norr", 3), Group("söder", 9), Group("väster", 12), Whole(24));
        Assert.All(published.Figures.Where(one => one.Collection.Length == 0), one => Assert.Null(one.Value));
    }

    [Fact]
    public void What_is_withheld_in_one_period_takes_another_period_of_the_group_along()
    {
        var published = Of(Group("norr", 3, period: "2025"), Group("norr", 8, period: "2026"), Group("norr", 9, period: "2027"));
        Assert.Equal([null, null, "9"], Counts(published));
    }

    [Fact]
    public void A_correction_by_fewer_than_five_is_not_shown_and_by_more_it_is()
    {
        var first = Of(Group("norr", 12), Group("söder", 20));
        Assert.Equal(["12", "20"], Counts(first));
        var second = Suppression.Of(["2025"], [.. Group("norr", 13), .. Group("söder", 20)], [], first);
        Assert.Equal([null, "20"], Counts(second)); // söder is out already: to withhold it now would hide nothing
        var third = Suppression.Of(["2025"], [.. Group("norr", 18), .. Group("söder", 20)], [], second);
        Assert.Equal(["18", "20"], Counts(third));
        Assert.Equal([null, "20"], Counts(Suppression.Of(["2025"], [.. Group("norr", 15), .. Group("söder", 20)], [], third)));
        Assert.Equal(["12", "20"], Counts(Suppression.Of(["2025"], [.. Group("norr", 12), .. Group("söder", 20)], [], second)));
    }

    [Fact]
    public void Amounts_stop_where_the_first_record_is_withheld()
    {
        var published = Suppression.Of(["2025", "2026", "2027"],
            [.. Whole(12, "2025"), .. Whole(2, "2026"), .. Whole(30, "2027")],
            [new("2025", "100.00"), new("2026", "200.00"), new("2027", "300.00")],
            Of(Whole(12, "2025")));
        Assert.Equal(["100.00", null, null], published.Amounts.Select(one => one.Amount));
    }

    [Fact]
    public void A_groups_ratio_without_its_size_is_withheld() => Assert.Null(Assert.Single(
        Suppression.Of(["2025"], [new("2025", "kohorter", "norr", "andel", FigureKind.Ratio, "33.3")], [], Publication.Nothing)
            .Figures).Value);

    private static Publication Of(params IEnumerable<SheetFigure>[] figures) =>
        Suppression.Of(["2025", "2026", "2027"], [.. figures.SelectMany(one => one)], [], Publication.Nothing);

    private static IEnumerable<string?> Counts(Publication published) =>
        published.Figures.Where(one => one.Kind is FigureKind.Count).Select(one => one.Value);

    private static IEnumerable<SheetFigure> Group(string name, int count, string? ratio = null, string period = "2025")
    {
        yield return new SheetFigure(period, "kohorter", name, "deltagare", FigureKind.Count, $"{count}");
        if (ratio is not null) yield return new SheetFigure(period, "kohorter", name, "andel", FigureKind.Ratio, ratio);
    }

    private static IEnumerable<SheetFigure> Whole(int count, string period = "2025") =>
        [new SheetFigure(period, "", "", "deltagare", FigureKind.Count, $"{count}")];
}
