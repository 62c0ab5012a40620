using Iop.Agreements.Domain.Advising;
using Iop.Agreements.Domain.Aid;
using Iop.Agreements.Domain.Assessing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.Agreements.Storage;

internal sealed class ApprovedTextMapping : IEntityTypeConfiguration<ApprovedText>
{
    public void Configure(EntityTypeBuilder<ApprovedText> builder)
    {
        builder.HasKey(text => text.ApprovalId);
        builder.HasOne<Approval>().WithMany().HasForeignKey(text => text.ApprovalId);
    }
}

internal sealed class InstrumentMapping : IEntityTypeConfiguration<InstrumentAnswer>, IEntityTypeConfiguration<Matter>,
    IEntityTypeConfiguration<Relation>
{
    public void Configure(EntityTypeBuilder<InstrumentAnswer> builder) => builder.HasKey(answer => answer.AnswerId);

    public void Configure(EntityTypeBuilder<Matter> builder) => builder.HasKey(matter => matter.MatterId);

    public void Configure(EntityTypeBuilder<Relation> builder) => builder.HasKey(relation => relation.RelationId);
}

internal sealed class AidMapping : IEntityTypeConfiguration<AidBooking>, IEntityTypeConfiguration<AidStatement>,
    IEntityTypeConfiguration<Ceiling>, IEntityTypeConfiguration<RecordedRate>
{
    public void Configure(EntityTypeBuilder<AidBooking> builder) => builder.HasKey(booking => booking.BookingId);

    public void Configure(EntityTypeBuilder<AidStatement> builder) => builder.HasKey(statement => statement.StatementId);

    public void Configure(EntityTypeBuilder<Ceiling> builder) =>
        builder.ToTable("aid_ceiling").HasKey(ceiling => new { ceiling.Kind, ceiling.ValidFrom });

    public void Configure(EntityTypeBuilder<RecordedRate> builder) =>
        builder.ToTable("exchange_rate").HasKey(rate => rate.RateId);
}
