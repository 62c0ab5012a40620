using Iop.OutcomeFinance.Domain.Invoicing;
using Iop.OutcomeFinance.Domain.Paying;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.OutcomeFinance.Storage;

internal sealed class InvoicingDetailsMapping : IEntityTypeConfiguration<InvoicingDetails>
{
    public void Configure(EntityTypeBuilder<InvoicingDetails> builder)
    {
        builder.HasKey(details => details.OrganisationId);
        builder.Ignore(details => details.Account);
        builder.Ignore(details => details.CanInvoice);
    }
}

internal sealed class InvoiceMapping : IEntityTypeConfiguration<Invoice>
{
    public void Configure(EntityTypeBuilder<Invoice> builder)
    {
        builder.HasKey(invoice => invoice.ObligationId);
        builder.HasOne<Obligation>().WithOne().HasForeignKey<Invoice>(invoice => invoice.ObligationId);
    }
}
