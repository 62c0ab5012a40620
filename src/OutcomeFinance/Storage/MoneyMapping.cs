using Iop.OutcomeFinance.Domain.Banking;
using Iop.OutcomeFinance.Domain.Paying;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.OutcomeFinance.Storage;

internal sealed class PaidInMapping : IEntityTypeConfiguration<PaidIn>
{
    public void Configure(EntityTypeBuilder<PaidIn> builder) => builder.HasKey(paid => paid.PaidInId);
}

internal sealed class PaymentFileMapping : IEntityTypeConfiguration<PaymentFile>
{
    public void Configure(EntityTypeBuilder<PaymentFile> builder)
    {
        builder.HasKey(file => file.FileId);
        builder.Ignore(file => file.IsLive);
    }
}

internal sealed class PaymentOrderMapping : IEntityTypeConfiguration<PaymentOrder>
{
    public void Configure(EntityTypeBuilder<PaymentOrder> builder) =>
        builder.HasKey(order => new { order.FileId, order.ObligationId });
}

internal sealed class ContractEndMapping : IEntityTypeConfiguration<ContractEnd>
{
    public void Configure(EntityTypeBuilder<ContractEnd> builder) => builder.HasKey(end => end.ContractId);
}
