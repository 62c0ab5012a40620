using System.Text.Json;
using Iop.Platform.Api;
using Iop.Platform.Sealing;

namespace Iop.Agreements.Signing;

/// <summary>The public keys that seals are verified with: published for ever, to everybody.</summary>
internal static class ShowSealingKeys
{
    public sealed record View(IReadOnlyList<JsonElement> Keys);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/sealing-keys", Handle).WithName(nameof(ShowSealingKeys))
        .AllowAnonymous();

    internal static async Task<Answer<View>> Handle(KeyRing keys, CancellationToken cancel) =>
        new View([.. (await keys.All(Sealer.Purpose, cancel)).Select(key => key.PublicJwk)]);
}
