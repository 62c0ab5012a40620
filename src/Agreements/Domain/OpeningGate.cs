using Iop.Agreements.Domain.Assessing;
using Iop.Kernel;

namespace Iop.Agreements.Domain;

/// <summary>Something that is not there yet.</summary>
/// <param name="What">section, public-party, idea-driven-party, contribution, answer, lawful-outcome, aid-booking, aid-room or
/// approval.</param>
/// <param name="Subject">Which one: the section's key, the party's, organisation's or question's id; null where there is only
/// one.</param>
/// <param name="IsAdvice">Worth doing; nothing waits for it.</param>
public sealed record Missing(string What, string? Subject = null, bool IsAdvice = false);

/// <summary>What stands between a draft and its opening for signature. Nothing passes while anything is missing.</summary>
public sealed record OpeningGate(IReadOnlyList<Missing> InDraft, AssessmentResult Assessment, ApprovalsSoFar Approvals)
{
    public static OpeningGate Of(
        IReadOnlyList<Party> parties, IReadOnlyList<Section> sections, IReadOnlyList<Contribution> contributions,
        AssessmentResult assessment, ApprovalsSoFar approvals) =>
        new([.. MissingParties(parties), .. MissingSections(sections), .. MissingContributions(parties, contributions)],
            assessment, approvals);

    /// <summary>Everything that is missing, in the order it is usually done.</summary>
    public IReadOnlyList<Missing> All =>
    [
        .. InDraft,
        .. Assessment.Unanswered.Select(question => new Missing("answer", question)),
        .. Assessment.IsComplete && Assessment.Outcome.Blocks() ? [new Missing("lawful-outcome")] : (Missing[])[],
        .. Assessment.AidToBook.Select(kind => new Missing("aid-booking", kind.ToString())),
        .. Assessment.AidExceeds ? [new Missing("aid-room")] : (Missing[])[],
        .. Approvals.Missing.Select(organisation => new Missing("approval", organisation.Value.ToString())),
    ];

    /// <summary>Null when the way is open.</summary>
    public Refusal? Refusal
    {
        get
        {
            if (InDraft.Count > 0) return AgreementRefusals.Incomplete(InDraft.Count);
            if (!Assessment.IsComplete) return AgreementRefusals.AssessmentOpen(Assessment.Unanswered.Count);
            if (Assessment.Outcome.Blocks()) return AgreementRefusals.AssessmentBlocks(Assessment.Outcome);
            if (Assessment.AidRefusal is { } aid) return aid;
            if (Approvals.Missing.Count == 0) return null;
            return Approvals.Voided.Count > 0
                ? AgreementRefusals.ApprovalVoided(Approvals.Missing.Count)
                : AgreementRefusals.NotApproved(Approvals.Missing.Count);
        }
    }

    private static IEnumerable<Missing> MissingParties(IReadOnlyList<Party> parties)
    {
        if (parties.All(party => party.Kind is not OrganisationKind.Public)) yield return new Missing("public-party");
        if (parties.All(party => party.Kind is not OrganisationKind.IdeaDriven)) yield return new Missing("idea-driven-party");
    }

    private static IEnumerable<Missing> MissingSections(IReadOnlyList<Section> sections) => SectionKeys.Required
        .Where(key => !sections.Any(section => section.Key == key && section.Status is SectionStatus.Complete))
        .Select(key => new Missing("section", key));

    /// <summary>Every party contributes.</summary>
    private static IEnumerable<Missing> MissingContributions(IReadOnlyList<Party> parties,
        IReadOnlyList<Contribution> contributions) => parties
        .Where(party => contributions.All(contribution => contribution.PartyId != party.Id))
        .Select(party => new Missing("contribution", party.Id.Value.ToString()));
}
