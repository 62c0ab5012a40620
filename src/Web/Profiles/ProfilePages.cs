using Iop.Web.Frame;
using Iop.Web.Problems;
using Iop.Web.Statistics;

namespace Iop.Web.Profiles;

/// <summary>One organisation, municipality or region: what it takes part in; and all places at a glance.</summary>
internal static class ProfilePages
{
    private const int ComparedMax = 6;

    public static void Map(WebApplication app)
    {
        app.MapGet("/organisation/{id:guid}", Organisation);
        app.MapGet("/kommun/{code:length(4)}", (string code, ProfilesApi api, StatisticsApi figures, Visitor visitor,
            CancellationToken cancel) => OfPlace(code, api, figures, visitor, cancel));
        app.MapGet("/region/{code:length(2)}", (string code, ProfilesApi api, StatisticsApi figures, Visitor visitor,
            CancellationToken cancel) => OfPlace(code, api, figures, visitor, cancel));
        app.MapGet("/register/karta", AllPlaces);
        app.MapGet("/statistik/jamfor", Compare);
    }

    private static async Task<IResult> Organisation(Guid id, ProfilesApi api, Visitor visitor, CancellationToken cancel)
    {
        var organisation = await api.Organisation(id, cancel);
        // Parties that never registered have no page of their own; their entries are found all the same.
        if (organisation.Problem is { Status: 404 }) return Results.Redirect($"/register?organisation={id}&visa=alla");
        if (organisation.Problem is { } no) return no.AsPage(visitor);
        var federation = organisation.Value!.FederationId is { } its ? (await api.Organisation(its, cancel)).Value : null;
        var entries = await api.Entries("organisation", $"{id}", cancel);
        return entries.Problem is { } trouble
            ? trouble.AsPage(visitor)
            : Page.Of<OrganisationPage>(new { Of = organisation.Value, Federation = federation, Found = entries.Value });
    }

    private static async Task<IResult> OfPlace(
        string code, ProfilesApi api, StatisticsApi figures, Visitor visitor, CancellationToken cancel)
    {
        var places = code.Length == 2 ? await api.Counties(cancel) : await api.Municipalities(cancel);
        if (places.Problem is { } no) return no.AsPage(visitor);
        if (places.Value!.Items.FirstOrDefault(place => place.Code == code) is not { } here) return Results.NotFound();
        var entries = await api.Entries(code.Length == 2 ? "county" : "municipality", code, cancel);
        var today = await figures.On(null, cancel);
        return (entries.Problem ?? today.Problem) is { } trouble
            ? trouble.AsPage(visitor)
            : Page.Of<PlacePage>(new { Here = here, Found = entries.Value, Figures = today.Value });
    }

    private static async Task<IResult> AllPlaces(
        ProfilesApi api, StatisticsApi figures, SwedenMap map, Visitor visitor, CancellationToken cancel)
    {
        var (counties, municipalities) = (await api.Counties(cancel), await api.Municipalities(cancel));
        var today = await figures.On(null, cancel);
        return (counties.Problem ?? municipalities.Problem ?? today.Problem) is { } trouble
            ? trouble.AsPage(visitor)
            : Page.Of<MapPage>(new
            {
                Counties = counties.Value!.Items, Municipalities = municipalities.Value!.Items, Figures = today.Value,
                map.Outlines,
            });
    }

    private static async Task<IResult> Compare(
        string[]? plats, ProfilesApi api, StatisticsApi figures, Visitor visitor, CancellationToken cancel)
    {
        var (counties, municipalities) = (await api.Counties(cancel), await api.Municipalities(cancel));
        var today = await figures.On(null, cancel);
        if ((counties.Problem ?? municipalities.Problem ?? today.Problem) is { } trouble) return trouble.AsPage(visitor);
        var all = counties.Value!.Items.Concat(municipalities.Value!.Items).ToList();
        var compared = new List<ComparedPlace>();
        foreach (var code in (plats ?? []).Distinct(StringComparer.Ordinal).Take(ComparedMax))
        {
            if (all.Find(place => place.Code == code) is not { } place) continue;
            var entries = await api.Entries(place.IsCounty ? "county" : "municipality", code, cancel);
            if (entries.Problem is { } no) return no.AsPage(visitor);
            compared.Add(new ComparedPlace(place, entries.Value!));
        }
        return Page.Of<ComparePage>(new { All = all, Compared = compared, Figures = today.Value });
    }
}

/// <summary>A place beside others.</summary>
public sealed record ComparedPlace(Place Place, Register.FoundEntries Found);
