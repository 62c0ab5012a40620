using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Preconditions;

/// <summary>The parties agree what applies to each of them, from when to when, while they adapt (övergångsvillkor). The list is
/// written as a whole.</summary>
internal static class AgreeTransition
{
    public sealed record Request(IReadOnlyList<Request.TermRequest> Terms)
    {
        public sealed record TermRequest(Guid PartyId, string Terms, DateOnly StartsOn, DateOnly? EndsOn = null);
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/agreements/{id:guid}/preconditions/{preconditionId:guid}/transition-terms", Handle)
            .WithName(nameof(AgreeTransition));

    internal static async Task<Answer<PreconditionView>> Handle(
        Guid id, Guid preconditionId, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var (agreement, found) = await PreconditionView.Find(db, id, preconditionId, cancel);
        if (found is not { } precondition) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement!.Id, cancel) is { } outside) return outside;
        if (ifMatch.Misses(precondition.Version) is { } stale) return stale;
        if (Look(request) is { } malformed) return malformed;
        var living = await Living.Of(db, agreement!, cancel);
        if (living.ActingFor(viewer).Count == 0) return PartnershipRefusals.NotAParty;
        if (request.Terms.Any(term => living.Parties.All(party => party.Id.Value != term.PartyId)))
            return PreconditionRefusals.UnknownParty;
        await db.TransitionTerms.Where(term => term.PreconditionId == precondition.Id).ExecuteDeleteAsync(cancel);
        db.AddRange(request.Terms.Select((term, at) => new TransitionTerm
        {
            PreconditionId = precondition.Id,
            Position = at + 1,
            PartnershipId = precondition.PartnershipId,
            PartyId = new PartyId(term.PartyId),
            Terms = term.Terms.Trim(),
            StartsOn = term.StartsOn,
            EndsOn = term.EndsOn,
        }));
        precondition.Touch();
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await PreconditionView.Of(db, living, precondition, viewer, cancel), precondition.Version);
    }

    private static Refusal? Look(Request request)
    {
        var fields = new Fields().Count("terms", request.Terms.Count, 0, Precondition.TermsMax);
        for (var at = 0; at < Math.Min(request.Terms.Count, Precondition.TermsMax); at++)
        {
            var term = request.Terms[at];
            fields.Text($"terms[{at}].terms", term.Terms, TransitionTerm.TermsMax)
                .Between($"terms[{at}].startsOn", term.StartsOn.Year, DecisionRequest.YearMin, DecisionRequest.YearMax)
                .Accept($"terms[{at}].endsOn", new Period(term.StartsOn, term.EndsOn).Refusal);
        }
        return fields.Refusal;
    }
}
