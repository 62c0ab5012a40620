using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.Agreements.Storage;

internal sealed class BodyMapping : IEntityTypeConfiguration<Body>, IEntityTypeConfiguration<BodyMember>
{
    public void Configure(EntityTypeBuilder<Body> builder)
    {
        builder.HasKey(body => body.Id);
        builder.Property(body => body.Id).HasColumnName("body_id");
        builder.Ignore(body => body.Rhythm).Ignore(body => body.IsAgreed);
        builder.HasOne<Partnership>().WithMany().HasForeignKey(body => body.PartnershipId);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(body => body.AgreementId);
    }

    public void Configure(EntityTypeBuilder<BodyMember> builder)
    {
        builder.HasKey(member => member.Id);
        builder.Property(member => member.Id).HasColumnName("member_id");
        builder.HasOne<Body>().WithMany().HasForeignKey(member => member.BodyId);
        builder.HasOne<Body>().WithMany().HasForeignKey(member => member.LinksTo);
        builder.HasOne<BodyMember>().WithMany().HasForeignKey(member => member.DeputyFor);
    }
}
