using Iop.Web.Frame;
using Iop.Web.Problems;

namespace Iop.Web.Published;

/// <summary>Outcome contracts for everybody: who pays for what, when it is measured, what came of it.</summary>
internal static class PublishedPages
{
    private const int PerPage = 20;
    private const int PageMax = 500;

    public static void Map(WebApplication app)
    {
        app.MapGet("/register/utfallskontrakt", List);
        app.MapGet("/register/utfallskontrakt/{id:guid}", Show);
    }

    private static async Task<IResult> List(string? q, int? page, PublishedApi api, Visitor visitor, CancellationToken cancel)
    {
        var (wanted, number) = (q?.Trim(), Math.Clamp(page ?? 1, 1, PageMax));
        var found = await api.Find(wanted, number, PerPage, cancel);
        return found.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<PublishedList>(
                new { Q = wanted, Page = number, Found = found.Value!.Items, found.Value.Total, found.More });
    }

    private static async Task<IResult> Show(Guid id, PublishedApi api, Visitor visitor, CancellationToken cancel)
    {
        var contract = await api.Show(id, cancel);
        return contract.Problem is { } no
            ? no.AsPage(visitor) : Page.Of<PublishedContractPage>(new { Contract = contract.Value });
    }
}
