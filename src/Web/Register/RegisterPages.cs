using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Problems;

namespace Iop.Web.Register;

/// <summary>The public register: search and list, and one entry as a short article.</summary>
internal static class RegisterPages
{
    private const int PerPage = 20;
    private const int PageMax = 500;

    public static void Map(WebApplication app)
    {
        app.MapGet("/register", List);
        app.MapGet("/register/{id:guid}", Show);
    }

    private static async Task<IResult> List(string? search, string? status, int? page, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        var at = Math.Clamp(page ?? 1, 1, PageMax);
        var found = await register.Find(search?.Trim(), status, at, PerPage, cancel);
        return found.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<EntryList>(new { Search = search, Status = status, Page = at, Found = found.Value!.Items, found.Value.Total, found.More });
    }

    private static async Task<IResult> Show(Guid id, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        var entry = await register.Show(id, cancel);
        return entry.Problem is { } no ? no.AsPage(visitor) : Page.Of<EntryArticle>(new { Entry = entry.Value });
    }
}
