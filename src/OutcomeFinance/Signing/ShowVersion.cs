using System.Text.Json;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Signing;

/// <summary>The canonical text of a version, byte for byte what was hashed and signed.</summary>
internal static class ShowVersion
{
    /// <param name="Hash">SHA-256 of the canonical text in UTF-8.</param>
    /// <param name="Canonical">RFC 8785 JSON; parse it to read it, hash it to check it.</param>
    public sealed record View(string Hash, string? PreviousHash, int Number, DateTimeOffset OpenedAt, string Canonical,
        JsonElement Content);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/contracts/{id:guid}/versions/{hash}", Handle).WithName(nameof(ShowVersion) + "OfContract");

    internal static async Task<Answer<View>> Handle(Guid id, string hash, OutcomeFinanceDb db, CancellationToken cancel)
    {
        var version = await db.Versions.AsNoTracking()
            .SingleOrDefaultAsync(one => one.ContractId == new ContractId(id) && one.Hash == hash, cancel);
        if (version is null) return Refusal.NotFound;
        var text = System.Text.Encoding.UTF8.GetString(version.Canonical);
        return Answers.Ok(
            new View(version.Hash, version.PreviousHash, version.Number, version.OpenedAt, text,
                JsonSerializer.Deserialize<JsonElement>(text)), version.Hash);
    }
}
