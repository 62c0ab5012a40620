using System.Text.Json;
using Iop.Platform.Api;
using Iop.Platform.Sealing;

namespace Iop.OutcomeFinance.Signing;

/// <summary>The public halves of all sealing keys there have ever been: whoever holds a signed contract can verify its seals
/// without us.</summary>
internal static class ShowSealingKeys
{
    public sealed record View(IReadOnlyList<JsonElement> Keys);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/sealing-keys", Handle).AllowAnonymous().WithName(nameof(ShowSealingKeys));

    internal static async Task<Answer<View>> Handle(KeyRing keys, CancellationToken cancel) =>
        new View([.. (await keys.All(Sealer.Purpose, cancel)).Select(key => key.PublicJwk)]);
}
