using Iop.FollowUp.Domain.Evidencing;
using Iop.FollowUp.Domain.Participants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.FollowUp.Storage;

internal sealed class ParticipantSeriesMapping : IEntityTypeConfiguration<ParticipantSeries>
{
    public void Configure(EntityTypeBuilder<ParticipantSeries> builder) => builder.HasKey(series => series.ContractId);
}

internal sealed class ParticipantMapping : IEntityTypeConfiguration<Participant>
{
    public void Configure(EntityTypeBuilder<Participant> builder)
    {
        builder.HasKey(participant => participant.Id);
        builder.Property(participant => participant.Id).HasColumnName("participant_id");
    }
}

internal sealed class ParticipantFigureMapping : IEntityTypeConfiguration<ParticipantFigure>
{
    public void Configure(EntityTypeBuilder<ParticipantFigure> builder)
    {
        builder.HasKey(figure => new { figure.Measurement, figure.ParticipantId, figure.Path });
        builder.Property(figure => figure.Measurement).HasColumnName("measurement_id");
    }
}

internal sealed class ParticipantCountMapping : IEntityTypeConfiguration<ParticipantCount>
{
    public void Configure(EntityTypeBuilder<ParticipantCount> builder)
    {
        builder.HasKey(count => new { count.Measurement, count.Collection });
        builder.Property(count => count.Measurement).HasColumnName("measurement_id");
    }
}

/// <summary>Without its content, which is read and written by itself.</summary>
internal sealed class EvidenceFileMapping : IEntityTypeConfiguration<EvidenceFile>
{
    public void Configure(EntityTypeBuilder<EvidenceFile> builder)
    {
        builder.HasKey(file => file.Id);
        builder.Property(file => file.Id).HasColumnName("file_id");
        builder.Property(file => file.Measurement).HasColumnName("measurement_id");
    }
}
