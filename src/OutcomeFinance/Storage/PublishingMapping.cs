using Iop.OutcomeFinance.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.OutcomeFinance.Storage;

internal sealed class PublishedContractMapping : IEntityTypeConfiguration<PublishedContract>
{
    public void Configure(EntityTypeBuilder<PublishedContract> builder)
    {
        builder.HasKey(published => published.ContractId);
        builder.Ignore(published => published.Last);
        builder.Property(published => published.Facts).HasColumnType("jsonb");
        builder.Property(published => published.Results).HasColumnType("jsonb");
        builder.Property(published => published.Said).HasColumnType("jsonb");
    }
}
