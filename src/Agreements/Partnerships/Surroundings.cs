using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Partnerships;

/// <summary>What is there around a partnership's agreements, as far as the caller may hear it.</summary>
internal sealed record Surroundings(
    int Talks, DateOnly? LastTalk, bool PartnersChosen, int Participation, IReadOnlySet<string> InvolvedIn, int OpenComments)
{
    /// <summary>All in as many questions to the database as for one.</summary>
    public static async Task<IReadOnlyDictionary<PartnershipId, Surroundings>> OfAll(
        AgreementsDb db, IReadOnlyList<PartnershipId> ids, CancellationToken cancel)
    {
        var talks = await db.Dialogue
            .Where(entry => ids.Contains(entry.PartnershipId) && entry.Audience == Audience.All
                && entry.Kind != DialogueKind.Ended && entry.Kind != DialogueKind.Reopened)
            .GroupBy(entry => entry.PartnershipId)
            .Select(entries => new { entries.Key, Count = entries.Count(), Last = entries.Max(entry => entry.HeldOn) })
            .ToDictionaryAsync(entries => entries.Key, cancel);
        var chosen = (await db.PartnerChoices.Where(choice => ids.Contains(choice.PartnershipId))
            .Select(choice => choice.PartnershipId).ToListAsync(cancel)).ToHashSet();
        var involved = (await db.Participation.Where(one => ids.Contains(one.PartnershipId))
            .Select(one => new { one.PartnershipId, one.Step }).ToListAsync(cancel))
            .ToLookup(one => one.PartnershipId, one => one.Step);
        var comments = await db.Threads.Where(thread => ids.Contains(thread.PartnershipId) && thread.ResolvedAt == null)
            .GroupBy(thread => thread.PartnershipId).Select(threads => new { threads.Key, Count = threads.Count() })
            .ToDictionaryAsync(threads => threads.Key, threads => threads.Count, cancel);
        return ids.ToDictionary(id => id, id => new Surroundings(
            talks.GetValueOrDefault(id)?.Count ?? 0, talks.GetValueOrDefault(id)?.Last, chosen.Contains(id), involved[id].Count(),
            involved[id].ToHashSet(StringComparer.Ordinal), comments.GetValueOrDefault(id)));
    }
}
