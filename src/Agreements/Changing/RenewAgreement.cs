using Iop.Agreements.Domain.Life;
using Iop.Agreements.Drafting;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Changing;

/// <summary>The parties sign a later end (förlängning). It takes over on the day after the old one; the talk and the assessment
/// come before.</summary>
internal static class RenewAgreement
{
    public sealed record Request(string Reason, DateOnly EndsOn);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/agreements/{id:guid}/renewal", Handle)
        .WithName(nameof(RenewAgreement));

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, Request request, IfMatch ifMatch, LifeActs acts, AgreementsDb db, CancellationToken cancel)
    {
        var fields = new Fields().Text("reason", request.Reason, Change.ReasonMax);
        var (file, no) = await acts.Begin(id, ifMatch, fields, [Roles.Officer], cancel);
        if ((no ?? Instruments.Renew(file.Agreement, request.EndsOn)) is { } refusal) return refusal;
        var effectiveOn = file.Agreement.Term!.To!.Value.AddDays(1);
        var change = Change.Begin(new ChangeId(Guid.CreateVersion7(acts.Now)), file.Agreement, ChangeKind.Renewal,
            request.Reason.Trim(), acts.Changer, effectiveOn, acts.Now);
        if (await acts.Open(file, change, cancel) is { } closed) return closed;
        if (file.Agreement.ChangeFrame(file.Agreement.Frame with { EndsOn = request.EndsOn }) is { } isFixed) return isFixed;
        db.Announce(id, file.Agreement.Version, ChangeFacts.Begun(file, change));
        return await acts.Done(file, cancel);
    }
}
