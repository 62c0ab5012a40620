using Iop.Agreements.Domain.Life;
using Iop.Agreements.Drafting;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Changing;

/// <summary>The text is opened again (omförhandling): all sign the new version; the old one is in force meanwhile.</summary>
internal static class RenegotiateAgreement
{
    public sealed record Request(string Reason, DateOnly EffectiveOn);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/agreements/{id:guid}/renegotiation", Handle)
        .WithName(nameof(RenegotiateAgreement));

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, Request request, IfMatch ifMatch, LifeActs acts, AgreementsDb db, CancellationToken cancel)
    {
        var fields = new Fields().Text("reason", request.Reason, Change.ReasonMax);
        var (file, no) = await acts.Begin(id, ifMatch, fields, [Roles.Officer], cancel);
        if ((no ?? Instruments.Renegotiate(file.Agreement, request.EffectiveOn, acts.Today)) is { } refusal) return refusal;
        var change = Change.Begin(new ChangeId(Guid.CreateVersion7(acts.Now)), file.Agreement, ChangeKind.Renegotiation,
            request.Reason.Trim(), acts.Changer, request.EffectiveOn, acts.Now);
        if (await acts.Open(file, change, cancel) is { } closed) return closed;
        db.Announce(id, file.Agreement.Version, ChangeFacts.Begun(file, change));
        return await acts.Done(file, cancel);
    }
}
