using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Drafting;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Changing;

/// <summary>The change under way gets another day, or another reason, while its text may still change.</summary>
internal static class RewordChange
{
    public sealed record Request(string Reason, DateOnly EffectiveOn);

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/agreements/{id:guid}/change", Handle)
        .WithName(nameof(RewordChange));

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, Request request, IfMatch ifMatch, LifeActs acts, CancellationToken cancel)
    {
        var fields = new Fields().Text("reason", request.Reason, Change.ReasonMax);
        var (file, no) = await acts.Begin(id, ifMatch, fields, [Roles.Officer], cancel);
        if (no is not null) return no;
        if (!file.Agreement.State.Binds()) return LifeRefusals.NotInForce(file.Agreement.State);
        if (file.Agreement.Working is Working.None) return LifeRefusals.NoChangeUnderWay;
        if (Instruments.NotThatDay(file.Agreement, request.EffectiveOn, acts.Today) is { } notThen) return notThen;
        if (file.Agreement.MoveEffectiveDay(request.EffectiveOn) is { } refusal) return refusal;
        file.Change.Reword(request.Reason.Trim(), request.EffectiveOn);
        return await acts.Done(file, cancel);
    }
}
