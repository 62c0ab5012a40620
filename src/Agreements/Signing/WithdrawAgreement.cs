using Iop.Agreements.Assessing;
using Iop.Agreements.Drafting;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Signing;

/// <summary>The draft is taken back before all have signed (återkallas), with the reason.</summary>
internal static class WithdrawAgreement
{
    private const int ReasonMax = 2_000;

    public sealed record Request(string Reason);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/agreements/{id:guid}/withdrawal", Handle)
        .WithName(nameof(WithdrawAgreement));

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
            CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Signatory) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (ifMatch.Misses(file.Tag) is { } stale) return stale;
        if (new Fields().Text("reason", request.Reason, ReasonMax).Refusal is { } malformed) return malformed;
        if (agreement.Withdraw(request.Reason.Trim(), clock.GetUtcNow()) is { } refusal) return refusal;
        db.Announce(id, agreement.Version, new AgreementWithdrawn
        {
            AgreementId = id,
            Sequence = agreement.Version,
            PartnershipId = agreement.PartnershipId.Value,
            Title = agreement.Title,
            Reason = agreement.WithdrawnBecause!,
        });
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await AgreementView.Of(file, viewer, cancel), file.Tag);
    }
}
