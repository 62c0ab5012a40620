using Iop.Web.Frame;
using Iop.Web.Problems;

namespace Iop.Web.Register;

/// <summary>The public register: search and list, and one entry as a short article.</summary>
internal static class RegisterPages
{
    private const int PerPage = 20;

    public static void Map(WebApplication app)
    {
        app.MapGet("/register", List);
        app.MapGet("/register/{id:guid}", Show);
    }

    private static async Task<IResult> List(
        HttpRequest request, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        var query = EntryQuery.Of(request.Query);
        var found = await register.Find(query, PerPage, cancel);
        return found.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<EntryList>(new { Query = query, Found = found.Value, found.More });
    }

    private static async Task<IResult> Show(Guid id, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        var entry = await register.Show(id, cancel);
        return entry.Problem is { } no ? no.AsPage(visitor) : Page.Of<EntryArticle>(
            new { Entry = entry.Value, entry.Tag });
    }
}
