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
