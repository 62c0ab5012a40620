using Iop.Agreements.Domain;
using Iop.Agreements.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Assessing;

/// <summary>An agreement is being changed (renegotiated, renewed, joined …): its answers are kept, and each must be looked at
/// again before the next version opens. Called in the transaction of the act that makes the text a draft again.</summary>
internal static class CarryOverAnswers
{
    public static async Task Of(AgreementsDb db, Agreement agreement, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel); // first the text is a draft again, then its answers may change
        foreach (var answer in await db.Answers.Where(given => given.AgreementId == agreement.Id).ToListAsync(cancel))
            answer.CarryOver();
        await db.SaveChangesAsync(cancel);
    }
}
