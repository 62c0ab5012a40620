using Iop.OutcomeFinance.Domain.Banking;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Domain.Reporting;
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

internal sealed class BankStatementMapping : IEntityTypeConfiguration<BankStatement>
{
    public void Configure(EntityTypeBuilder<BankStatement> builder) => builder.HasKey(statement => statement.StatementId);
}

internal sealed class BankLineMapping : IEntityTypeConfiguration<BankLine>
{
    public void Configure(EntityTypeBuilder<BankLine> builder)
    {
        builder.HasKey(line => line.LineId);
        builder.HasOne<BankStatement>().WithMany().HasForeignKey(line => line.StatementId);
    }
}

internal sealed class FundMapping : IEntityTypeConfiguration<Fund>
{
    public void Configure(EntityTypeBuilder<Fund> builder)
    {
        builder.HasKey(fund => fund.OrganisationId);
        builder.HasMany(fund => fund.Investors).WithOne().HasForeignKey(one => one.OrganisationId);
    }
}

internal sealed class FundInvestorMapping : IEntityTypeConfiguration<FundInvestor>
{
    public void Configure(EntityTypeBuilder<FundInvestor> builder) => builder.HasKey(one => one.InvestorId);
}

internal sealed class ContractEndMapping : IEntityTypeConfiguration<ContractEnd>
{
    public void Configure(EntityTypeBuilder<ContractEnd> builder) => builder.HasKey(end => end.ContractId);
}
