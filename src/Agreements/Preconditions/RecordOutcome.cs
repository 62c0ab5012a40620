using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Preconditions;

/// <summary>A changed precondition is given to a temporary negotiation group (förhandlingsgrupp), and what it led to is written
/// down: a change of the plan, an adjustment, a renegotiation, or nothing.</summary>
internal static class RecordOutcome
{
    public sealed record Request(OutcomeKind Kind, Guid? SubjectId = null, int? PlanVersion = null, string? Note = null);

    public sealed record GroupRequest(Guid? BodyId = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/agreements/{id:guid}/preconditions/{preconditionId:guid}/group", GiveToGroup)
            .WithName("GivePreconditionToGroup");
        api.MapPost("/agreements/{id:guid}/preconditions/{preconditionId:guid}/outcomes", Handle).WithName(nameof(RecordOutcome));
    }

    internal static async Task<Answer<PreconditionView>> GiveToGroup(
        Guid id, Guid preconditionId, GroupRequest request, IfMatch ifMatch, Viewer viewer, AgreementsDb db,
        CancellationToken cancel)
    {
        var (agreement, found) = await PreconditionView.Find(db, id, preconditionId, cancel);
        if (found is not { } precondition) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement!.Id, cancel) is { } outside) return outside;
        if (ifMatch.Misses(precondition.Version) is { } stale) return stale;
        var living = await Living.Of(db, agreement!, cancel);
        if (living.ActingFor(viewer).Count == 0) return PartnershipRefusals.NotAParty;
        if (request.BodyId is { } body && await living.Body(db, body, cancel) is null) return PreconditionRefusals.UnknownBody;
        precondition.GiveTo(request.BodyId is { } group ? new BodyId(group) : null);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await PreconditionView.Of(db, living, precondition, viewer, cancel), precondition.Version);
    }

    internal static async Task<Answer<PreconditionView>> Handle(
        Guid id, Guid preconditionId, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        var (agreement, found) = await PreconditionView.Find(db, id, preconditionId, cancel);
        if (found is not { } precondition) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement!.Id, cancel) is { } outside) return outside;
        if (ifMatch.Misses(precondition.Version) is { } stale) return stale;
        if (Look(request) is { } malformed) return malformed;
        var living = await Living.Of(db, agreement!, cancel);
        if (living.ActingFor(viewer).Count == 0) return PartnershipRefusals.NotAParty;
        if (!await Exists(request, agreement!, db, cancel)) return PreconditionRefusals.UnknownSubject;
        var known = await db.PreconditionOutcomes.CountAsync(one => one.PreconditionId == precondition.Id, cancel);
        if (Precondition.NoRoomForOutcomeBeside(known) is { } full) return full;
        db.Add(new PreconditionOutcome
        {
            PreconditionId = precondition.Id,
            Position = known + 1,
            PartnershipId = precondition.PartnershipId,
            Kind = request.Kind,
            SubjectId = request.SubjectId,
            PlanVersion = request.PlanVersion,
            Note = PlanRequest.Blank(request.Note),
            RecordedBy = viewer.Person,
            RecordedAt = clock.GetUtcNow(),
        });
        precondition.Touch();
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await PreconditionView.Of(db, living, precondition, viewer, cancel), precondition.Version);
    }

    private static Refusal? Look(Request request) => new Fields()
        .OptionalText("note", request.Note, PreconditionOutcome.NoteMax)
        .Must("subjectId", request.Kind is OutcomeKind.NoChange == (request.SubjectId is null), "precondition.subject")
        .Must("planVersion", request.Kind is OutcomeKind.PlanChange == (request.PlanVersion is not null),
            "precondition.plan-version")
        .Must("note", request.Kind is not OutcomeKind.NoChange || !string.IsNullOrWhiteSpace(request.Note), "field.required")
        .Refusal;

    private static async Task<bool> Exists(Request request, Agreement agreement, AgreementsDb db, CancellationToken cancel)
    {
        if (request.Kind is OutcomeKind.NoChange) return true;
        if (request.Kind is OutcomeKind.PlanChange)
        {
            var plan = new PlanId(request.SubjectId!.Value);
            return await db.PlanVersions.AnyAsync(
                version => version.PlanId == plan && version.AgreementId == agreement.Id && version.Number == request.PlanVersion,
                cancel);
        }
        return await ChangeExists(request, agreement, db, cancel);
    }

    private static Task<bool> ChangeExists(Request request, Agreement agreement, AgreementsDb db, CancellationToken cancel)
    {
        var change = new ChangeId(request.SubjectId!.Value);
        var kind = request.Kind is OutcomeKind.Adjustment ? ChangeKind.Adjustment : ChangeKind.Renegotiation;
        return db.Changes.AnyAsync(
            known => known.ChangeId == change && known.AgreementId == agreement.Id && known.Kind == kind, cancel);
    }
}
