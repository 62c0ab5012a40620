using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Signing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.Agreements.Storage;

internal sealed class SigningCircleMapping : IEntityTypeConfiguration<SigningTurn>, IEntityTypeConfiguration<Reviewer>,
    IEntityTypeConfiguration<Decline>, IEntityTypeConfiguration<Look>
{
    public void Configure(EntityTypeBuilder<SigningTurn> builder)
    {
        builder.HasKey(turn => new { turn.AgreementId, turn.PartyId });
        builder.HasOne<Agreement>().WithMany().HasForeignKey(turn => turn.AgreementId);
    }

    public void Configure(EntityTypeBuilder<Reviewer> builder)
    {
        builder.ToTable("signing_reviewer").HasKey(reviewer => reviewer.ReviewerId);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(reviewer => reviewer.AgreementId);
    }

    public void Configure(EntityTypeBuilder<Decline> builder)
    {
        builder.HasKey(decline => new { decline.AgreementId, decline.VersionHash });
        builder.HasOne<AgreementVersion>().WithMany().HasForeignKey(decline => new { decline.AgreementId, decline.VersionHash });
    }

    public void Configure(EntityTypeBuilder<Look> builder)
    {
        builder.HasKey(look => look.LookId);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(look => look.AgreementId);
    }
}
