using Iop.Web.Frame;
using Iop.Web.Register;

namespace Iop.Web.Start;

/// <summary>The living register at a glance: how many, the newest, and a search field. Stands even if the register is
/// away.</summary>
internal static class StartPage
{
    public static void Map(WebApplication app) => app.MapGet("/", async (RegisterApi register, CancellationToken cancel) =>
        Page.Of<Start>(new { Figures = (await register.Figures(cancel)).Value }));
}
