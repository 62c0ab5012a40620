using Iop.Kernel;
using Iop.Registry.Domain.Likeness;

namespace Iop.Registry.Domain;

/// <summary>Two entries of one partnership: one stays, the other stands behind it and counts no more.</summary>
public sealed partial class Entry
{
    /// <summary>The entry that says the same and stays; this one is still found at its own address.</summary>
    public EntryId? MergedIntoEntryId { get; private set; }

    /// <summary>It is the same as another, which stays (slås samman).</summary>
    public Refusal? MergeInto(Entry other)
    {
        if (IsSignedHere) return ProposalRefusals.BothSignedHere;
        if (MergedIntoEntryId is not null || other.MergedIntoEntryId is not null) return ProposalRefusals.AlreadyMerged;
        MergedIntoEntryId = other.EntryId;
        Version++;
        return null;
    }

    /// <summary>It was not the same after all.</summary>
    public void StandAlone()
    {
        MergedIntoEntryId = null;
        Version++;
    }

    /// <summary>All that hangs together is one partnership: what follows what, and what is merged into what.</summary>
    public static void Tie(IReadOnlyList<Entry> entries)
    {
        var left = entries.OrderBy(entry => entry.EntryId.Value).ToList();
        while (left.Count > 0)
        {
            List<Entry> together = [left[0]];
            left.RemoveAt(0);
            for (var at = 0; at < together.Count; at++)
            {
                var one = together[at];
                var near = left.FindAll(other => one.HangsTogetherWith(other));
                together.AddRange(near);
                left.RemoveAll(near.Contains);
            }
            var chain = together.Exists(entry => entry.EntryId.Value == entry.ChainId) ? together.First(entry =>
                entry.EntryId.Value == entry.ChainId).ChainId : together[0].EntryId.Value;
            foreach (var entry in together) entry.ChainId = chain;
        }
    }

    private bool HangsTogetherWith(Entry other) => FollowsEntryId == other.EntryId || other.FollowsEntryId == EntryId
        || MergedIntoEntryId == other.EntryId || other.MergedIntoEntryId == EntryId;
}
