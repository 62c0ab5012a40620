using Iop.Web.Frame;

namespace Iop.Web.About;

/// <summary>What the platform is, how accessible it is and what it keeps about people.</summary>
internal static class AboutPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/om", () => Page.Of<AboutIop>());
        app.MapGet("/om/tillganglighet", () => Page.Of<AccessibilityStatement>());
        app.MapGet("/om/personuppgifter", () => Page.Of<Privacy>());
    }

    /// <summary>The pages beside each other.</summary>
    public static IReadOnlyList<Link> Side(Texts.Words words, string here) =>
    [
        .. new[] { ("about.side.iop", "/om"), ("footer.accessibility", "/om/tillganglighet"),
            ("footer.privacy", "/om/personuppgifter") }
            .Select(link => new Link(words[link.Item1], link.Item2, link.Item2 == here)),
    ];
}
