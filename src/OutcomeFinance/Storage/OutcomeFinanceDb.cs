using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Banking;
using Iop.OutcomeFinance.Domain.Calculating;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Invoicing;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Domain.Reporting;
using Iop.OutcomeFinance.Domain.Simulating;
using Iop.OutcomeFinance.Publishing;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Storage;

internal sealed class OutcomeFinanceDb(DbContextOptions<OutcomeFinanceDb> options, TimeProvider clock) : ServiceDb(options, clock)
{
    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<Person> People => Set<Person>();

    public DbSet<OutcomeContract> Contracts => Set<OutcomeContract>();

    public DbSet<Stance> Stances => Set<Stance>();

    public DbSet<ContractVersion> Versions => Set<ContractVersion>();

    public DbSet<SignedContract> SignedContracts => Set<SignedContract>();

    public DbSet<VerifiedMeasurement> Measurements => Set<VerifiedMeasurement>();

    public DbSet<RefusedMeasurement> RefusedMeasurements => Set<RefusedMeasurement>();

    public DbSet<PublishedContract> PublishedContracts => Set<PublishedContract>();

    public DbSet<DestroyedParticipants> DestroyedParticipants => Set<DestroyedParticipants>();

    public DbSet<Calculation> Calculations => Set<Calculation>();

    public DbSet<Obligation> Obligations => Set<Obligation>();

    public DbSet<Transfer> Transfers => Set<Transfer>();

    public DbSet<SimulationRun> Simulations => Set<SimulationRun>();

    public DbSet<Scenario> Scenarios => Set<Scenario>();

    public DbSet<InvoicingDetails> InvoicingDetails => Set<InvoicingDetails>();

    public DbSet<Invoice> Invoices => Set<Invoice>();

    public DbSet<PaidIn> PaidIn => Set<PaidIn>();

    public DbSet<PaymentFile> PaymentFiles => Set<PaymentFile>();

    public DbSet<PaymentOrder> PaymentOrders => Set<PaymentOrder>();

    public DbSet<BankStatement> BankStatements => Set<BankStatement>();

    public DbSet<BankLine> BankLines => Set<BankLine>();

    public DbSet<Fund> Funds => Set<Fund>();

    public DbSet<ContractEnd> Ends => Set<ContractEnd>();

    /// <summary>A contract with everything it consists of.</summary>
    public Task<OutcomeContract?> Contract(ContractId id, CancellationToken cancel) =>
        Whole(Contracts).SingleOrDefaultAsync(one => one.ContractId == id, cancel);

    /// <summary>The same, and nobody else changes or calculates it until this transaction ends.</summary>
    public async Task<OutcomeContract?> LockedContract(ContractId id, CancellationToken cancel) =>
        await Lock(id, cancel) is null ? null : await Contract(id, cancel);

    /// <summary>Contracts that the caller sees as a guest: to read, and nothing to act on.</summary>
    public async Task<IReadOnlyList<ContractId>> ReadAsGuest(CancellationToken cancel) =>
        [.. (await Database.SqlQuery<Guid>(
            $"SELECT partnership_id AS \"Value\" FROM access GROUP BY partnership_id HAVING bool_and(side = 'guest')")
            .ToListAsync(cancel)).Select(id => new ContractId(id))];

    /// <summary>With what its terms are evaluated by and nothing else, for reading.</summary>
    public Task<OutcomeContract> ContractToCalculate(ContractId id, CancellationToken cancel) =>
        Contracts.AsNoTracking().AsSplitQuery()
            .Include(contract => contract.Parties.OrderBy(party => party.Position))
            .Include(contract => contract.WrittenPeriods.OrderBy(period => period.Position))
            .Include(contract => contract.Amendments.OrderBy(amendment => amendment.Number))
            .SingleAsync(one => one.ContractId == id, cancel);

    public static IQueryable<OutcomeContract> Whole(IQueryable<OutcomeContract> contracts) => contracts.AsSplitQuery()
        .Include(contract => contract.Parties.OrderBy(party => party.Position))
        .Include(contract => contract.WrittenPeriods.OrderBy(period => period.Position))
        .Include(contract => contract.Amendments.OrderBy(amendment => amendment.Number))
        .Include(contract => contract.Investments.OrderBy(one => one.Position))
        .Include(contract => contract.PublicCosts.OrderBy(cost => cost.Position))
        .Include(contract => contract.Answers)
        .Include(contract => contract.Approvals.OrderBy(approval => approval.At))
        .Include(contract => contract.Signatures.OrderBy(signature => signature.Number));

    /// <summary>What a funder has said of its fund, or null.</summary>
    public Task<Fund?> FundOf(Guid organisation, CancellationToken cancel) =>
        Funds.Include(fund => fund.Investors).SingleOrDefaultAsync(fund => fund.OrganisationId == organisation, cancel);

    /// <summary>All that has fallen due in a contract.</summary>
    public async Task<IReadOnlyList<Obligation>> Owed(ContractId id, CancellationToken cancel) =>
        await Obligations.AsNoTracking().Where(one => one.ContractId == id).ToListAsync(cancel);

    private Task<OutcomeContract?> Lock(ContractId id, CancellationToken cancel) =>
        Contracts.FromSql($"SELECT * FROM outcome_contract WHERE contract_id = {id.Value} FOR UPDATE")
            .SingleOrDefaultAsync(cancel);

    /// <summary>Names of people, as Identity has told them.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> PeopleCalled(IEnumerable<Guid> people, CancellationToken cancel)
    {
        var wanted = people.Distinct().ToList();
        return await People.AsNoTracking().Where(person => wanted.Contains(person.PersonId))
            .ToDictionaryAsync(person => person.PersonId, person => person.Name, cancel);
    }
}

/// <summary>What Registry has told of an organisation.</summary>
internal sealed class Organisation
{
    public required Guid OrganisationId { get; init; }

    public required string Name { get; set; }

    public required OrganisationKind Kind { get; set; }

    /// <summary>Ten digits; null for what was told before numbers were kept.</summary>
    public string? Number { get; set; }
}

/// <summary>What Identity has told of a person: the name alone.</summary>
internal sealed class Person
{
    public required Guid PersonId { get; init; }

    public required string Name { get; set; }
}

/// <summary>The text that is signed, canonical and chained. Never changed.</summary>
internal sealed class ContractVersion
{
    public required string Hash { get; init; }

    public required ContractId ContractId { get; init; }

    public required int Number { get; init; }

    public string? PreviousHash { get; init; }

    public required byte[] Canonical { get; init; }

    public required string TermsHash { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required Guid OpenedBy { get; init; }
}

/// <summary>All have signed.</summary>
internal sealed class SignedContract
{
    public required ContractId ContractId { get; init; }

    public required string VersionHash { get; init; }

    public required DateTimeOffset SignedAt { get; init; }
}

/// <summary>Told, but not believed.</summary>
internal sealed class RefusedMeasurement
{
    public required MeasurementRef MeasurementId { get; init; }

    public required ContractId ContractId { get; init; }

    public required string Code { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>That what was known of single participants is gone.</summary>
internal sealed class DestroyedParticipants
{
    public required ContractId ContractId { get; init; }

    public required DateTimeOffset DestroyedAt { get; init; }
}

/// <summary>One evaluation of the signed terms over everything verified, with its trace.</summary>
internal sealed class Calculation
{
    public required CalculationId Id { get; init; }

    public required ContractId ContractId { get; init; }

    public required int Number { get; init; }

    public required string VersionHash { get; init; }

    public required MeasurementRef MeasurementId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>JSON of what was calculated: figures (never keys of participants), rows, dues, what was booked before and
    /// now.</summary>
    public required string Result { get; init; }
}

/// <summary>That a contract has ended: why, by whom, and what the funder did not get back.</summary>
internal sealed class ContractEnd
{
    public required ContractId ContractId { get; init; }

    public required DateOnly EndedOn { get; init; }

    public required string Reason { get; init; }

    public required Guid EndedBy { get; init; }

    public required Guid OrganisationId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required long WrittenOffMinor { get; init; }
}
