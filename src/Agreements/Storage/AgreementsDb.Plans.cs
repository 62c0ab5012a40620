using Iop.Agreements.Domain.Closing;
using Iop.Agreements.Domain.FromPaper;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Domain.Pool;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Storage;

/// <summary>The living layer below the signed one: decisions, plans, preconditions, the shared pool, and closing.</summary>
public sealed partial class AgreementsDb
{
    public DbSet<BodyDecision> Decisions => Set<BodyDecision>();

    public DbSet<InterventionPlan> Plans => Set<InterventionPlan>();

    public DbSet<PlanVersion> PlanVersions => Set<PlanVersion>();

    public DbSet<Precondition> Preconditions => Set<Precondition>();

    public DbSet<TransitionTerm> TransitionTerms => Set<TransitionTerm>();

    public DbSet<PreconditionOutcome> PreconditionOutcomes => Set<PreconditionOutcome>();

    public DbSet<SharedPool> Pools => Set<SharedPool>();

    public DbSet<PoolRate> PoolRates => Set<PoolRate>();

    public DbSet<PoolCriterion> PoolCriteria => Set<PoolCriterion>();

    public DbSet<PoolGrant> PoolGrants => Set<PoolGrant>();

    public DbSet<PoolEntry> PoolEntries => Set<PoolEntry>();

    public DbSet<ClosingReport> ClosingReports => Set<ClosingReport>();

    public DbSet<ExitStep> ExitSteps => Set<ExitStep>();

    public DbSet<Settlement> Settlements => Set<Settlement>();

    public DbSet<Paper> Papers => Set<Paper>();

    public DbSet<PaperAnswer> PaperAnswers => Set<PaperAnswer>();

    /// <summary>The pool of an agreement, held against every other decision and payment until the transaction ends.</summary>
    public Task<SharedPool?> PoolForUpdate(Guid agreement, CancellationToken cancel) =>
        Pools.FromSql($"SELECT * FROM shared_pool WHERE agreement_id = {agreement} FOR UPDATE").SingleOrDefaultAsync(cancel);
}
