using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Preconditions;

internal sealed record PreconditionView(
    Guid Id, Guid AgreementId, string What, string Source, DateOnly OccursOn, string Effect, Guid? GroupId, string? GroupName,
    string? NotedBy, DateTimeOffset NotedAt, IReadOnlyList<PreconditionView.TermView> TransitionTerms,
    IReadOnlyList<PreconditionView.OutcomeView> Outcomes, string PreconditionTag)
{
    public sealed record TermView(Guid PartyId, string PartyName, string Terms, DateOnly StartsOn, DateOnly? EndsOn);

    public sealed record OutcomeView(
        OutcomeKind Kind, Guid? SubjectId, int? PlanVersion, string? SubjectTitle, string? Note, DateTimeOffset RecordedAt);

    public static async Task<PreconditionView> Of(
        AgreementsDb db, Living living, Precondition precondition, Viewer viewer, CancellationToken cancel) =>
        (await OfAll(db, living, [precondition], viewer, cancel))[0];

    public static async Task<IReadOnlyList<PreconditionView>> OfAll(
        AgreementsDb db, Living living, IReadOnlyList<Precondition> preconditions, Viewer viewer, CancellationToken cancel)
    {
        var ids = preconditions.Select(one => one.Id).ToList();
        var terms = (await db.TransitionTerms.AsNoTracking().Where(term => ids.Contains(term.PreconditionId))
            .OrderBy(term => term.Position).ToListAsync(cancel)).ToLookup(term => term.PreconditionId);
        var outcomes = (await db.PreconditionOutcomes.AsNoTracking().Where(one => ids.Contains(one.PreconditionId))
            .OrderBy(one => one.Position).ToListAsync(cancel)).ToLookup(one => one.PreconditionId);
        var groups = preconditions.Select(one => one.GroupId).OfType<BodyId>().ToList();
        var bodies = await db.Bodies.AsNoTracking().Where(body => groups.Contains(body.Id))
            .ToDictionaryAsync(body => body.Id, body => body.Name, cancel);
        var plans = await db.Plans.AsNoTracking().Where(plan => plan.AgreementId == living.Agreement.Id)
            .ToDictionaryAsync(plan => plan.Id.Value, plan => plan.Title, cancel);
        var names = await viewer.NamesOf(preconditions.Select(one => one.NotedBy), cancel);
        return [.. preconditions.Select(one => new PreconditionView(
            one.Id.Value, one.AgreementId.Value, one.What, one.Source, one.OccursOn, one.Effect, one.GroupId?.Value,
            one.GroupId is { } group ? bodies.GetValueOrDefault(group) : null, names.GetValueOrDefault(one.NotedBy), one.NotedAt,
            [.. terms[one.Id].Select(term => new TermView(
                term.PartyId.Value, living.NameOf(term.PartyId), term.Terms, term.StartsOn, term.EndsOn))],
            [.. outcomes[one.Id].Select(led => new OutcomeView(
                led.Kind, led.SubjectId, led.PlanVersion,
                led.SubjectId is { } subject ? plans.GetValueOrDefault(subject) : null, led.Note, led.RecordedAt))],
            $"{one.Version}"))];
    }

    /// <summary>The precondition of an agreement, and the agreement held against its end.</summary>
    public static async Task<(Agreement? Agreement, Precondition? Precondition)> Find(
        AgreementsDb db, Guid id, Guid preconditionId, CancellationToken cancel)
    {
        if (await db.AgreementForWriting(id, cancel) is not { } agreement) return (null, null);
        var wanted = new PreconditionId(preconditionId);
        var found = await db.Preconditions.SingleOrDefaultAsync(
            known => known.Id == wanted && known.AgreementId == agreement.Id, cancel);
        return (agreement, found);
    }
}
