using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Drafting;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Changing;

/// <summary>The change under way is given up, with the reason: the text is the one in force again.</summary>
internal static class AbandonChange
{
    public sealed record Request(string Reason);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/agreements/{id:guid}/change/abandonment", Handle)
        .WithName(nameof(AbandonChange));

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, Request request, IfMatch ifMatch, LifeActs acts, CancellationToken cancel)
    {
        var fields = new Fields().Text("reason", request.Reason, Change.ReasonMax);
        var (file, no) = await acts.Begin(id, ifMatch, fields, [Roles.Officer], cancel);
        if (no is not null) return no;
        if (file.Agreement.Working is not (Working.Draft or Working.Assessment or Working.OpenForSignature)
            || !file.Agreement.State.Binds()) return LifeRefusals.NoChangeUnderWay;
        if (await acts.GiveUp(file, request.Reason.Trim(), cancel) is { } refusal) return refusal;
        return await acts.Done(file, cancel);
    }
}
