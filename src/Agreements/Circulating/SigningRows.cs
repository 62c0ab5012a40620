using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Circulating;

/// <summary>Turns, reviewers and declines of some agreements, as the database has them.</summary>
internal sealed record SigningRows(
    ILookup<AgreementId, SigningTurn> Turns, ILookup<AgreementId, Reviewer> Reviewers, ILookup<AgreementId, Decline> Declines)
{
    public static async Task<SigningRows> Of(AgreementsDb db, IReadOnlyList<AgreementId> ids, CancellationToken cancel) => new(
        (await db.SigningTurns.Where(turn => ids.Contains(turn.AgreementId)).ToListAsync(cancel))
            .ToLookup(turn => turn.AgreementId),
        (await db.Reviewers.Where(reviewer => ids.Contains(reviewer.AgreementId)).OrderBy(reviewer => reviewer.ReviewerId)
            .ToListAsync(cancel)).ToLookup(reviewer => reviewer.AgreementId),
        (await db.Declines.Where(decline => ids.Contains(decline.AgreementId)).ToListAsync(cancel))
            .ToLookup(decline => decline.AgreementId));

    public SigningCircle CircleOf(Agreement agreement) => new(
        [.. Turns[agreement.Id]], [.. Reviewers[agreement.Id]],
        Declines[agreement.Id].FirstOrDefault(decline => decline.VersionHash == agreement.VersionHash));
}
