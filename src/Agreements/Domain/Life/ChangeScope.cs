using Iop.Kernel;

namespace Iop.Agreements.Domain.Life;

/// <summary>What a change may change: an accession only adds, a renewal only moves the end. Everything else is a
/// renegotiation.</summary>
public static class ChangeScope
{
    private static readonly string[] OfAccession = ["parties", "roles", "governance", "resources"];
    private static readonly string[] OfRenewal = ["period"];

    /// <summary>Null when the text keeps to its change; else what goes beyond it.</summary>
    public static Refusal? Beyond(ChangeKind kind, PartyId? party, AgreementText before, AgreementText after)
    {
        if (before.Frame.StartsOn != after.Frame.StartsOn) return LifeRefusals.BeyondTheChange(kind, "startsOn");
        return kind switch
        {
            ChangeKind.Accession => Accession(party!.Value, before, after),
            ChangeKind.Renewal => Renewal(before, after),
            _ => null,
        };
    }

    private static Refusal? Accession(PartyId newcomer, AgreementText before, AgreementText after)
    {
        if (before.Frame != after.Frame) return LifeRefusals.BeyondTheChange(ChangeKind.Accession, "frame");
        if (!Ids(after).SetEquals(Ids(before).Append(newcomer.Value)))
            return LifeRefusals.BeyondTheChange(ChangeKind.Accession, "parties");
        if (!after.Contributions.Where(offer => offer.PartyId != newcomer.Value).ToHashSet().SetEquals(before.Contributions))
            return LifeRefusals.BeyondTheChange(ChangeKind.Accession, "contributions");
        return ChangedSections(before, after)
            .FirstOrDefault(section => !OfAccession.Contains(section.Key) || !section.Grows) is { } beyond
            ? LifeRefusals.BeyondTheChange(ChangeKind.Accession, beyond.Key) : null;
    }

    private static Refusal? Renewal(AgreementText before, AgreementText after)
    {
        if (after.Frame != before.Frame with { EndsOn = after.Frame.EndsOn } || !(after.Frame.EndsOn > before.Frame.EndsOn))
            return LifeRefusals.BeyondTheChange(ChangeKind.Renewal, "frame");
        if (!Ids(after).SetEquals(Ids(before))) return LifeRefusals.BeyondTheChange(ChangeKind.Renewal, "parties");
        if (!after.Contributions.ToHashSet().SetEquals(before.Contributions))
            return LifeRefusals.BeyondTheChange(ChangeKind.Renewal, "contributions");
        return ChangedSections(before, after).FirstOrDefault(section => !OfRenewal.Contains(section.Key)) is { } beyond
            ? LifeRefusals.BeyondTheChange(ChangeKind.Renewal, beyond.Key) : null;
    }

    private static HashSet<Guid> Ids(AgreementText text) => [.. text.Parties.Select(party => party.PartyId)];

    private static IEnumerable<Changed> ChangedSections(AgreementText before, AgreementText after)
    {
        foreach (var key in SectionKeys.All)
        {
            var old = before.Sections.FirstOrDefault(section => section.Key == key);
            var now = after.Sections.FirstOrDefault(section => section.Key == key);
            if (old == now) continue;
            yield return new Changed(key, old?.Text is null || now?.Text?.Contains(old.Text, StringComparison.Ordinal) is true);
        }
    }

    /// <param name="Grows">Every word of it is still there.</param>
    private sealed record Changed(string Key, bool Grows);
}
