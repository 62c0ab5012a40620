using System.Text.Json;
using System.Text.Json.Serialization;
using Iop.OutcomeFinance.Domain.Amending;
using Iop.OutcomeFinance.Domain.Assessing;
using Iop.OutcomeFinance.Domain.Contracting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.OutcomeFinance.Storage;

internal sealed class PublicCostMapping : IEntityTypeConfiguration<PublicCost>
{
    public void Configure(EntityTypeBuilder<PublicCost> builder) => builder.HasKey(cost => cost.CostId);
}

internal sealed class ContractAnswerMapping : IEntityTypeConfiguration<ContractAnswer>
{
    public void Configure(EntityTypeBuilder<ContractAnswer> builder)
    {
        builder.HasKey(answer => new { answer.ContractId, answer.Number, answer.OrganisationId, answer.QuestionId });
        builder.Property(answer => answer.Version).IsConcurrencyToken();
    }
}

internal sealed class AmendmentMapping : IEntityTypeConfiguration<Amendment>
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    public void Configure(EntityTypeBuilder<Amendment> builder)
    {
        builder.ToTable("contract_amendment");
        builder.HasKey(amendment => amendment.AmendmentId);
        builder.Property(amendment => amendment.Content).HasColumnType("jsonb").HasConversion(
            content => JsonSerializer.Serialize(content, Json),
            text => JsonSerializer.Deserialize<AmendmentContent>(text, Json)!);
        // Tells EF to write the version first.
        builder.HasOne<ContractVersion>().WithMany().HasForeignKey(amendment => amendment.VersionHash);
        builder.Ignore(amendment => amendment.IsUnderWay);
        builder.Ignore(amendment => amendment.FirstPeriod);
    }
}
