using Iop.Web.Frame;
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

    private static async Task<IResult> List(
        string? q, string? area, string? status, int? page, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        var query = new EntryQuery(q?.Trim(), area, status, Math.Clamp(page ?? 1, 1, PageMax));
        var found = await register.Find(query, PerPage, cancel);
        return found.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<EntryList>(new { query.Q, query.Area, query.Status, query.Page, Found = found.Value!.Items,
                found.Value.Total, found.More });
    }

    private static async Task<IResult> Show(Guid id, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        var entry = await register.Show(id, cancel);
        return entry.Problem is { } no ? no.AsPage(visitor) : Page.Of<EntryArticle>(
            new { Entry = entry.Value, entry.Tag });
    }
}
