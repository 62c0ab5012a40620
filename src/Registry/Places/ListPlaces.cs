using Iop.Platform.Api;
using Iop.Registry.Domain;
using Iop.Registry.OpenData;
using Microsoft.AspNetCore.Http;

namespace Iop.Registry.Places;

/// <summary>Counties and municipalities with their codes, in Swedish order.</summary>
internal static class ListPlaces
{
    public sealed record County(string Code, string Name, string ShortName);

    public sealed record Municipality(string Code, string Name, string ShortName, string CountyCode);

    public sealed record Counties(IReadOnlyList<County> Items);

    public sealed record Municipalities(IReadOnlyList<Municipality> Items);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/counties", ListCounties).WithName("ListCounties").AllowAnonymous().FollowsTheRegister();
        api.MapGet("/municipalities", ListMunicipalities).WithName("ListMunicipalities").AllowAnonymous()
            .FollowsTheRegister();
    }

    internal static Answer<Counties> ListCounties() =>
        new Counties([.. PlaceList.Counties.Select(place => new County(place.Code, place.Name, place.ShortName))]);

    internal static Answer<Municipalities> ListMunicipalities(string? county) => new Municipalities([.. PlaceList.Municipalities
        .Where(place => county is null || place.Code.StartsWith(county, StringComparison.Ordinal))
        .Select(place => new Municipality(place.Code, place.Name, place.ShortName, place.Code[..2]))]);
}
