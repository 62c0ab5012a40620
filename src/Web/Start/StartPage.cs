using Iop.Web.Frame;
using Iop.Web.Register;

namespace Iop.Web.Start;

/// <summary>The living register at a glance: how many, the newest, and a search field. Stands even if the register is away.</summary>
internal static class StartPage
{
    private const int Newest = 5;

    public static void Map(WebApplication app) => app.MapGet("/", Show);

    private static async Task<IResult> Show(RegisterApi register, CancellationToken cancel)
    {
        var figures = await register.Figures(cancel);
        var newest = await register.Find(null, null, 1, Newest, cancel);
        return Page.Of<Start>(new { Figures = figures.Value, Newest = newest.Value?.Items });
    }
}
