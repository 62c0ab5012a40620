using System.Security.Cryptography;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Participants;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Participants;

/// <summary>A reporter asks for keys to stand for the people of a contract (deltagarnycklar). The answer counts them; the keys
/// themselves are fetched with <see cref="ListKeys"/>, so that no stored answer holds them.</summary>
internal static class MintKeys
{
    private const int SecretBytes = 32;

    public sealed record Request(int Count);

    /// <summary>Keys that were asked for together.</summary>
    public sealed record View(Guid Id, Guid ContractId, int Count, int Minted, int Left);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/contracts/{id:guid}/participant-keys", Handle).WithName(nameof(MintKeys)).Creates();

    internal static async Task<Answer<View>> Handle(
        Guid id, Request request, Caller caller, FollowUpDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Contract(new ContractRef(id), cancel) is not { } contract) return Refusal.NotFound;
        if (caller.Lacks(Roles.Reporter) is { } missing) return missing;
        if (new Fields().Between("count", request.Count, 1, ParticipantSeries.Max).Refusal is { } malformed) return malformed;
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (!contract.LetsReport(by)) return FollowUpRefusals.NotAReporter;
        await Begin(id, db, cancel);
        var series = await db.ParticipantSeries.FromSql($"SELECT * FROM participant_series WHERE contract_id = {id} FOR UPDATE")
            .SingleAsync(cancel);
        if (series.Mint(contract, request.Count, by) is { } refusal) return refusal;
        var batch = Guid.CreateVersion7(clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        // In one statement: twenty thousand rows are a moment, not half a minute. The ids say nothing of when, unlike our others.
        var ids = Enumerable.Range(0, request.Count).Select(_ => Guid.NewGuid()).ToArray();
        var keys = ids.Select(_ => ParticipantKey.Mint(RandomNumberGenerator.GetBytes(ParticipantKey.Chance))).ToArray();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO participant (participant_id, contract_id, organisation_id, key, batch_id)
            SELECT one.id, {id}, {caller.Organisation}, one.key, {batch} FROM unnest({ids}, {keys}) AS one (id, key)
            """, cancel);
        return Answers.Created($"/follow-up/v1/contracts/{id}/participant-keys/{batch}",
            new View(batch, id, request.Count, series.Minted, ParticipantSeries.Max - series.Minted), series.Version);
    }

    /// <summary>The first one makes the contract's secret; nobody of those who mint can read it.</summary>
    private static async Task Begin(Guid contract, FollowUpDb db, CancellationToken cancel)
    {
        var isFirst = await db.Database.ExecuteSqlAsync(
            $"INSERT INTO participant_series (contract_id, minted, version) VALUES ({contract}, 0, 1) ON CONFLICT DO NOTHING",
            cancel) == 1;
        if (!isFirst) return;
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO participant_secret (contract_id, secret) VALUES ({contract}, {secret})", cancel);
    }
}
