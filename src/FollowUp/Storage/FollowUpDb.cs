using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Deviations;
using Iop.FollowUp.Domain.Evidencing;
using Iop.FollowUp.Domain.Indicators;
using Iop.FollowUp.Domain.Measuring;
using Iop.FollowUp.Domain.Meetings;
using Iop.FollowUp.Domain.Participants;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Storage;

internal sealed class FollowUpDb(DbContextOptions<FollowUpDb> options, TimeProvider clock) : ServiceDb(options, clock)
{
    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<Plan> Plans => Set<Plan>();

    public DbSet<EndedAgreement> EndedAgreements => Set<EndedAgreement>();

    public DbSet<Indicator> Indicators => Set<Indicator>();

    public DbSet<Deviation> Deviations => Set<Deviation>();

    public DbSet<Meeting> Meetings => Set<Meeting>();

    public DbSet<MeetingAction> MeetingActions => Set<MeetingAction>();

    public DbSet<MeasuredContract> Contracts => Set<MeasuredContract>();

    public DbSet<Stance> Stances => Set<Stance>();

    public DbSet<Measurement> Measurements => Set<Measurement>();

    public DbSet<EvidenceFile> EvidenceFiles => Set<EvidenceFile>();

    public DbSet<ParticipantSeries> ParticipantSeries => Set<ParticipantSeries>();

    public DbSet<Participant> Participants => Set<Participant>();

    public DbSet<ParticipantFigure> ParticipantFigures => Set<ParticipantFigure>();

    /// <summary>With what was learnt of it.</summary>
    public Task<Deviation?> Deviation(Guid id, CancellationToken cancel) => Deviations
        .Include(deviation => deviation.Lessons.OrderBy(lesson => lesson.Number))
        .SingleOrDefaultAsync(deviation => deviation.Id == new DeviationId(id), cancel);

    /// <summary>With how it was moved, its minutes and what is to be done.</summary>
    public Task<Meeting?> Meeting(Guid id, CancellationToken cancel) => Meetings.AsSplitQuery()
        .Include(meeting => meeting.Changes.OrderBy(change => change.Number))
        .Include(meeting => meeting.Minutes.OrderBy(minutes => minutes.Number))
        .Include(meeting => meeting.Actions.OrderBy(action => action.Id))
        .SingleOrDefaultAsync(meeting => meeting.Id == new MeetingId(id), cancel);

    /// <summary>The organisations that are parties of a partnership now.</summary>
    public async Task<IReadOnlyList<Guid>> PartiesOf(PartnershipRef partnership, CancellationToken cancel) =>
        await Database.SqlQuery<Guid>($"SELECT parties_of AS \"Value\" FROM parties_of({partnership.Value})").ToListAsync(cancel);

    /// <summary>With everything it consists of.</summary>
    public Task<MeasuredContract?> Contract(ContractRef id, CancellationToken cancel) => WholeContracts
        .SingleOrDefaultAsync(contract => contract.Id == id, cancel);

    public IQueryable<MeasuredContract> WholeContracts => Contracts.AsSplitQuery()
        .Include(contract => contract.Parties.OrderBy(party => party.Position))
        .Include(contract => contract.Measures.OrderBy(measure => measure.Position))
        .Include(contract => contract.Periods.OrderBy(period => period.Position));

    public IQueryable<Measurement> WholeMeasurements => Measurements.AsSplitQuery()
        .Include(measurement => measurement.Figures)
        .Include(measurement => measurement.ParticipantCounts)
        .Include(measurement => measurement.Files.OrderBy(file => file.Id))
        .Include(measurement => measurement.Evidence.OrderBy(evidence => evidence.Position));
}

/// <summary>What Registry has told of an organisation.</summary>
internal sealed class Organisation
{
    public required Guid OrganisationId { get; init; }

    public required string Name { get; set; }

    /// <summary>public, idea-driven or private.</summary>
    public required string Kind { get; set; }
}

/// <summary>Remembers an end that was heard before the beginning.</summary>
internal sealed class EndedAgreement
{
    public required AgreementRef AgreementId { get; init; }

    public required DateOnly EndedOn { get; init; }
}

/// <summary>On which side an organisation stands in a contract; one side only.</summary>
internal sealed class Stance
{
    public required ContractRef ContractId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required bool IsVerifier { get; init; }
}
