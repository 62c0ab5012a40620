using Iop.Platform.Api;
using Iop.Registry.Domain;
using Iop.Registry.OpenData;
using Microsoft.AspNetCore.Http;

namespace Iop.Registry.Entries;

/// <summary>The eight areas with their definitions and the rule for borderline cases, in the reader's language.</summary>
internal static class ListAreas
{
    public sealed record Area(string Code, string Name, string Definition);

    public sealed record View(IReadOnlyList<Area> Items, string Borderline);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/areas", Handle).WithName(nameof(ListAreas)).AllowAnonymous().FollowsTheRegister();

    internal static Answer<View> Handle(HttpRequest request, Texts texts)
    {
        var language = Texts.LanguageOf(request);
        return new View(
            [.. InterventionArea.All.Select(code => new Area(code, Say($"area.{code}"), Say($"area.{code}.definition")))],
            Say("area.borderline"));

        string Say(string key) => texts.Find(language, key) ?? key;
    }
}
