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
