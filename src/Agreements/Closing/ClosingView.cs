using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Closing;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Pool;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Closing;

/// <summary>All that belongs to closing an agreement, and what is missing.</summary>
/// <param name="Open">Whether the time for it has come.</param>
/// <param name="PoolBalance">What is left in the pool; null without a pool.</param>
internal sealed record ClosingView(
    Guid AgreementId, Guid PartnershipId, string Title, AgreementState State, bool Open, ReportView Report,
    IReadOnlyList<ExitStepView> ExitSteps, IReadOnlyList<ClosingView.ActivityView> ActivitiesWithoutExit, string? PoolBalance,
    string Currency, SettlementView? Settlement, IReadOnlyList<MissingView> Missing)
{
    public sealed record ActivityView(Guid Id, string Name);

    public static async Task<ClosingView> Of(AgreementsDb db, Living living, Viewer viewer, CancellationToken cancel)
    {
        var agreement = living.Agreement;
        var report = await db.ClosingReports.AsNoTracking()
            .SingleOrDefaultAsync(known => known.AgreementId == agreement.Id, cancel);
        var exits = await db.ExitSteps.AsNoTracking().Where(step => step.AgreementId == agreement.Id).OrderBy(step => step.Id)
            .ToListAsync(cancel);
        var settlement = await db.Settlements.AsNoTracking().Include(known => known.Lines)
            .SingleOrDefaultAsync(known => known.AgreementId == agreement.Id, cancel);
        var decision = settlement is null ? null
            : await db.Decisions.AsNoTracking().SingleAsync(known => known.Id == settlement.DecisionId, cancel);
        var pool = await PoolFile.Find(db, agreement.Id.Value, cancel);
        var missing = ClosingChecklist.Of(report, exits, living.Activities, settlement);
        return new ClosingView(
            agreement.Id.Value, agreement.PartnershipId.Value, agreement.Title, agreement.State,
            Closings.IsClosedIn(agreement.State), await ReportView.Of(db, report, viewer, cancel),
            [.. exits.Select(ExitStepView.Of)],
            [.. living.Activities.Where(activity => exits.All(exit => exit.ActivityId != activity.Key))
                .Select(activity => new ActivityView(activity.Key, activity.Value))],
            pool?.Ledger.Balance.ToDecimalString(), Kernel.Currency.Sek.Code,
            settlement is null ? null : SettlementView.Of(settlement, decision!, living),
            [.. missing.Select(one => new MissingView(
                one.What, one.Subject, NameOf(one, exits, living, viewer), Advice: false))]);
    }

    private static string? NameOf(Missing missing, IReadOnlyList<ExitStep> exits, Living living, Viewer viewer) => missing switch
    {
        { What: "report", Subject: { } field } => viewer.Say($"closing.field.{field}"),
        { What: "exit", Subject: { } id } when living.Activities.TryGetValue(Guid.Parse(id), out var activity) => activity,
        { What: "exit", Subject: { } id } => exits.FirstOrDefault(exit => exit.Id == Guid.Parse(id))?.Activity,
        _ => null,
    };
}

/// <param name="ReportTag">"0" before anything is written.</param>
internal sealed record ReportView(
    string? Worked, string? DidNotWork, string? Why, string? StructuralChanges, string? NextProcess, Guid? SuccessorId,
    string? SuccessorTitle, string? WrittenBy, DateTimeOffset? WrittenAt, string ReportTag)
{
    public static async Task<ReportView> Of(AgreementsDb db, ClosingReport? report, Viewer viewer, CancellationToken cancel)
    {
        if (report is null) return new ReportView(null, null, null, null, null, null, null, null, null, "0");
        var successor = report.SuccessorId is { } id
            ? await db.Agreements.AsNoTracking().Where(known => known.Id == id).Select(known => known.Title)
                .SingleOrDefaultAsync(cancel)
            : null;
        var names = await viewer.NamesOf([report.WrittenBy], cancel);
        return new ReportView(
            report.Worked, report.DidNotWork, report.Why, report.StructuralChanges, report.NextProcess, report.SuccessorId?.Value,
            successor, names.GetValueOrDefault(report.WrittenBy), report.WrittenAt, $"{report.Version}");
    }
}

internal sealed record ExitStepView(
    Guid Id, Guid? ActivityId, string Activity, string? TakesOver, DateOnly? HandsOverOn, string? People, bool Complete,
    string ExitStepTag)
{
    public static ExitStepView Of(ExitStep step) => new(
        step.Id, step.ActivityId, step.Activity, step.TakesOver, step.HandsOverOn, step.People, step.IsComplete,
        $"{step.Version}");
}

internal sealed record SettlementView(
    string Surplus, string Pool, string Currency, DecisionView Decision, IReadOnlyList<SettlementView.LineView> Lines)
{
    public sealed record LineView(
        Guid PartyId, string PartyName, SettledFrom From, SettledHow How, string Amount, string? Note);

    public static SettlementView Of(Settlement settlement, Domain.Plans.BodyDecision decision, Living living) => new(
        settlement.Surplus.ToDecimalString(), settlement.Pool.ToDecimalString(), Kernel.Currency.Sek.Code,
        DecisionView.Of(decision, living),
        [.. settlement.Lines.OrderBy(line => line.Position).Select(line => new LineView(
            line.PartyId.Value, living.NameOf(line.PartyId), line.Source, line.How, Money.Ore(line.Ore).ToDecimalString(),
            line.Note))]);
}
