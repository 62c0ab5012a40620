using Iop.Identity.Domain;
using Iop.Identity.Federation;
using Iop.Identity.Trials;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.Identity.Storage;

internal sealed class ProviderMapping : IEntityTypeConfiguration<Provider>
{
    public void Configure(EntityTypeBuilder<Provider> builder)
    {
        builder.HasKey(provider => provider.ProviderId);
        builder.Property(provider => provider.PublicJwk).HasColumnType("jsonb");
        builder.Property(provider => provider.OtherPublicJwk).HasColumnType("jsonb");
    }
}

internal sealed class ProviderGrantMapping : IEntityTypeConfiguration<ProviderGrant>
{
    public void Configure(EntityTypeBuilder<ProviderGrant> builder) => builder.HasKey(grant => grant.GrantId);
}

internal sealed class LoginMapping : IEntityTypeConfiguration<Login>
{
    public void Configure(EntityTypeBuilder<Login> builder) => builder.HasKey(login => login.LoginId);
}

internal sealed class JourneyMapping : IEntityTypeConfiguration<Journey>
{
    public void Configure(EntityTypeBuilder<Journey> builder) => builder.HasKey(journey => journey.StateHash);
}

internal sealed class KeptTrialMapping : IEntityTypeConfiguration<KeptTrial>
{
    public void Configure(EntityTypeBuilder<KeptTrial> builder) => builder.HasKey(kept => kept.TokenHash);
}

internal sealed class UnconfirmedLoginMapping : IEntityTypeConfiguration<UnconfirmedLogin>
{
    public void Configure(EntityTypeBuilder<UnconfirmedLogin> builder) => builder.HasKey(shown => shown.TokenHash);
}
