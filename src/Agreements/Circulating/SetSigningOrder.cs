using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Circulating;

/// <summary>The parties settle in what order they sign (undertecknandeordning), before the opening: it is part of what is
/// opened.</summary>
internal static class SetSigningOrder
{
    /// <param name="Turns">Every party's turn from 1; several may have the same. None: all sign in parallel.</param>
    public sealed record Request(IReadOnlyList<TurnRequest> Turns);

    public sealed record TurnRequest(Guid PartyId, int Turn);

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/agreements/{id:guid}/signing-order", Handle)
        .WithName(nameof(SetSigningOrder));

    internal static async Task<Answer<SigningView>> Handle(
        Guid id, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues,
        CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (ifMatch.Misses(file.Tag) is { } stale) return stale;
        if (Malformed(request) is { } malformed) return malformed;
        if (request.Turns.Any(turn => file.Parties.All(party => party.Id.Value != turn.PartyId)))
            return AgreementRefusals.UnknownParty;
        var circle = file.Signing with { Turns = [.. request.Turns.Select(turn => Of(turn, agreement))] };
        if (circle.Refuses(file.Parties, file.Names.Of) is { } incomplete) return incomplete;
        if (agreement.Touch() is { } refusal) return refusal;
        await db.SigningTurns.Where(turn => turn.AgreementId == agreement.Id).ExecuteDeleteAsync(cancel);
        db.AddRange(circle.Turns);
        await db.SaveChangesAsync(cancel);
        file.Signing = circle;
        return Answers.Ok(await SigningView.Of(file, db, viewer, cancel), file.Tag);
    }

    private static Refusal? Malformed(Request request)
    {
        var fields = new Fields().Count("turns", request.Turns.Count, 0, SigningTurn.TurnMax)
            .Must("turns", request.Turns.DistinctBy(turn => turn.PartyId).Count() == request.Turns.Count, "signing.party-twice");
        foreach (var turn in request.Turns.Take(SigningTurn.TurnMax))
            fields.Between("turns.turn", turn.Turn, 1, SigningTurn.TurnMax);
        return fields.Refusal;
    }

    private static SigningTurn Of(TurnRequest turn, Agreement agreement) => new()
    {
        AgreementId = agreement.Id,
        PartnershipId = agreement.PartnershipId,
        PartyId = new PartyId(turn.PartyId),
        Turn = turn.Turn,
    };
}
