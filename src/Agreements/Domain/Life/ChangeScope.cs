using Iop.Agreements.Domain.Texts;
using Iop.Kernel;

namespace Iop.Agreements.Domain.Life;

/// <summary>What a change may change of all that is fixed: an accession only adds what is the newcomer's own, a renewal only
/// moves the end, an adjustment only writes the sections it is let into. Everything else is a renegotiation.</summary>
public static class ChangeScope
{
    private static readonly string[] OfAccession = ["parties", "roles", "governance", "resources"];
    private static readonly string[] OfRenewal = ["period"];

    /// <summary>Null when the text keeps to its change; else what goes beyond it.</summary>
    public static Refusal? Beyond(ChangeKind kind, PartyId? party, AgreementText before, AgreementText after)
    {
        var beyond = before.Frame.StartsOn != after.Frame.StartsOn ? "startsOn" : kind switch
        {
            ChangeKind.Accession => Accession(party!.Value, before, after),
            ChangeKind.Withdrawal => Same(before.Without(party!.Value), after, []),
            ChangeKind.Renewal when !(after.Frame.EndsOn > before.Frame.EndsOn) => "frame",
            ChangeKind.Renewal => Same(before.Until(after.Frame.EndsOn), after, OfRenewal),
            ChangeKind.Adjustment => Same(before, after, before.Frame.AdjustedSections ?? []),
            _ => null,
        };
        return beyond is null ? null : LifeRefusals.BeyondTheChange(kind, beyond);
    }

    /// <summary>Without the newcomer it is the text from before, but that some sections have more to say.</summary>
    private static string? Accession(PartyId newcomer, AgreementText before, AgreementText after)
    {
        if (after.Parties.All(party => party.PartyId != newcomer.Value)) return "parties";
        return Same(before, after.Without(newcomer), OfAccession)
            ?? ChangedSections(before, after).FirstOrDefault(section => !section.Grows)?.Key
            ?? (Has(after.Attachments, before.Attachments) ? null : "attachments");
    }

    /// <summary>Null when both say the same but in the given sections, and in what is attached to these; else where they
    /// differ.</summary>
    private static string? Same(AgreementText before, AgreementText after, IReadOnlyList<string> but)
    {
        if (before.Frame != after.Frame) return "frame";
        if (!AreSame(before.Parties.Select(Unnamed), after.Parties.Select(Unnamed))) return "parties";
        if (!AreSame(before.Contributions, after.Contributions)) return "contributions";
        if (!AreSame(before.Goals, after.Goals)) return "goals";
        if (!AreSame(before.Activities?.Select(Unnamed), after.Activities?.Select(Unnamed))) return "activities";
        if (!AreSame(before.Bodies, after.Bodies)) return "bodies";
        if (!AreSame(before.Attachments?.Where(Elsewhere), after.Attachments?.Where(Elsewhere))) return "attachments";
        return ChangedSections(before, after).FirstOrDefault(section => !but.Contains(section.Key, StringComparer.Ordinal))?.Key;

        bool Elsewhere(AttachmentText attached) =>
            attached.SectionKey is not { } key || !but.Contains(key, StringComparer.Ordinal);
    }

    /// <summary>What an organisation is called is not agreed: it may have taken another name meanwhile.</summary>
    private static AgreementText.PartyText Unnamed(AgreementText.PartyText party) =>
        party with { Name = "", OrganisationNumber = "" };

    private static ActivityText Unnamed(ActivityText activity) => activity with { BookedByName = "" };

    /// <summary>A list that is missing in an old version is an empty one.</summary>
    private static bool AreSame<T>(IEnumerable<T>? before, IEnumerable<T>? after) =>
        (before ?? []).ToHashSet().SetEquals(after ?? []);

    private static bool Has<T>(IEnumerable<T>? all, IEnumerable<T>? these) => !(these ?? []).Except(all ?? []).Any();

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
