using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Iop.Web.Frame;

/// <summary>A page as an answer: a component and what it is to show.</summary>
internal static class Page
{
    public static RazorComponentResult<TPage> Of<TPage>(object? shows = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent => shows is null
            ? new RazorComponentResult<TPage> { StatusCode = status }
            : new RazorComponentResult<TPage>(shows) { StatusCode = status };

    /// <summary>After something was done: to the page where it shows, which says so once.</summary>
    public static IResult Done(string path, string what) => Results.Redirect($"{path}?klart={what}");
}

/// <summary>A link with its text: a crumb, an entry of the side list.</summary>
public sealed record Link(string Text, string? Href, bool Current = false)
{
    /// <summary>Links of one group stand together under its name.</summary>
    public string? Group { get; init; }
}
