using Iop.Agreements.Domain;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Platform.Time;

namespace Iop.Agreements.Life;

/// <summary>The agreement's last day has passed: it has ended (avslutad).</summary>
public sealed class EndWhenLastDayPasses(AgreementsDb db, TimeProvider clock) : ITimerRings
{
    public const string Kind = "agreement-ends";

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        var agreement = await db.AgreementForUpdate(subject, cancel)
            ?? throw new InvalidOperationException($"No agreement {subject} to end.");
        if (!agreement.State.Binds()) return; // ended another way
        if (agreement.End(clock.GetUtcNow()) is { } refusal) throw new InvalidOperationException(refusal.Code);
        db.Announce(subject, agreement.Version, new AgreementEnded
        {
            AgreementId = subject,
            Sequence = agreement.Version,
            PartnershipId = agreement.PartnershipId.Value,
            Title = agreement.Title,
            EndedOn = agreement.EndsOn!.Value,
            How = "ended",
        });
    }
}
