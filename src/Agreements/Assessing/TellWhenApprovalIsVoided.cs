using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Platform.Time;

namespace Iop.Agreements.Assessing;

/// <summary>An edit has voided what lawyers had approved: they hear of it. Rings soon after the edit, whatever it was.</summary>
internal sealed class TellWhenApprovalIsVoided(AgreementsDb db, Catalogues catalogues) : ITimerRings
{
    public const string Kind = "assessment-voided";

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        var agreement = await db.AgreementForUpdate(subject, cancel)
            ?? throw new InvalidOperationException($"No agreement {subject} that was approved.");
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (agreement.IsFixed is not null || file.Approvals.Voided.Count == 0) return; // opened, taken back, or approved anew
        db.Announce(subject, agreement.Version, new AssessmentVoided
        {
            AgreementId = subject,
            Sequence = agreement.Version,
            PartnershipId = agreement.PartnershipId.Value,
            Title = agreement.Title,
            Organisations = [.. file.Approvals.Voided.Select(organisation => organisation.Value)],
        });
    }
}
