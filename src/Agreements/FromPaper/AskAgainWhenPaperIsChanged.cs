using Iop.Agreements.Assessing;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Time;

namespace Iop.Agreements.FromPaper;

/// <summary>An edit has voided what parties had confirmed of a paper agreement: they are asked anew. Rings soon after the edit,
/// whatever it was.</summary>
internal sealed class AskAgainWhenPaperIsChanged(AgreementsDb db, Catalogues catalogues, TimeProvider clock) : ITimerRings
{
    public const string Kind = "paper-changed";

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        var agreement = await db.AgreementForUpdate(subject, cancel)
            ?? throw new InvalidOperationException($"No agreement {subject} that came from paper.");
        if (agreement.IsFixed is not null) return; // taken over, or withdrawn
        if (await PaperFile.Of(db, catalogues, agreement, clock.Today(), cancel) is not { } paper) return;
        // One later than the answer that was voided, which would otherwise count as the answer to this.
        if (paper.Asking(paper.Occasion + 1) is { } ready) db.Announce(subject, ready.Sequence, ready);
    }
}
