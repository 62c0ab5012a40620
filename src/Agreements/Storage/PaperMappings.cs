using Iop.Agreements.Domain;
using Iop.Agreements.Domain.FromPaper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.Agreements.Storage;

internal sealed class PaperMapping : IEntityTypeConfiguration<Paper>, IEntityTypeConfiguration<PaperAnswer>
{
    public void Configure(EntityTypeBuilder<Paper> builder)
    {
        builder.HasKey(paper => paper.AgreementId);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(paper => paper.AgreementId);
    }

    /// <summary>The fingerprint beside it is the database's own.</summary>
    public void Configure(EntityTypeBuilder<PaperAnswer> builder)
    {
        builder.HasKey(answer => answer.AnswerId);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(answer => answer.AgreementId);
    }
}
