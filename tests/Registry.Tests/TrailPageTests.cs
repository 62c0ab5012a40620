extern alias web;

using web::Iop.Web.AuditTrail;

namespace Iop.Registry.Tests;

/// <summary>The trails of several services as one: every line on one page and only one, in the order of time, in both
/// directions.</summary>
public sealed class TrailPageTests
{
    private const int PerPage = 5;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TrailWish First = new(null, null, null, null, null, null, null, null);

    // Three services, of which one has done most, and one nothing for long.
    private readonly IReadOnlyList<IReadOnlyList<AuditLine>> _trails =
        [Trail("a", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 21), Trail("b", 11, 12, 13), Trail("c", 0, 14, 15, 16, 17, 18, 19, 20)];

    [Fact]
    public void Going_back_meets_every_line_once_and_ends()
    {
        var (met, pages) = (new List<AuditLine>(), 0);
        for (Guid? older = null; pages == 0 || older is not null; pages++)
        {
            var page = Shown(First with { Efter = older });
            Assert.Equal(pages > 0, page.Newer is not null);
            met.AddRange(page.Lines);
            older = page.Older;
        }
        Assert.Equal(5, pages);
        Assert.Equal(_trails.SelectMany(one => one).OrderByDescending(line => line.At).Select(line => line.Id),
            met.Select(line => line.Id));
    }

    [Fact]
    public void The_way_forward_leads_over_the_same_pages()
    {
        var first = Shown(First);
        var second = Shown(First with { Efter = first.Older });
        var third = Shown(First with { Efter = second.Older });
        var back = Shown(First with { Fore = third.Newer });
        Assert.Equal(second.Lines.Select(line => line.Id), back.Lines.Select(line => line.Id));
        var begin = Shown(First with { Fore = back.Newer });
        Assert.Equal(first.Lines.Select(line => line.Id), begin.Lines.Select(line => line.Id));
        Assert.Null(begin.Newer);
        Assert.Equal(first.Older, begin.Older);
    }

    /// <summary>As the services answer: each a page and one more, the nearest first.</summary>
    private TrailPage Shown(TrailWish wish) => TrailPage.Of(_trails.SelectMany(trail =>
    {
        var asked = trail.Where(line => (wish.Efter is not { } older || line.Id.CompareTo(older) < 0)
            && (wish.Fore is not { } newer || line.Id.CompareTo(newer) > 0));
        return (wish.Fore is null ? asked.OrderByDescending(line => line.Id) : asked.OrderBy(line => line.Id)).Take(PerPage + 1);
    }), wish, PerPage);

    private static IReadOnlyList<AuditLine> Trail(string service, params int[] minutes) => [.. minutes.Select(minute =>
        new AuditLine(Guid.CreateVersion7(Start.AddMinutes(minute)), Start.AddMinutes(minute), Guid.Empty, Guid.Empty, "Act",
            null, null, service))];
}
