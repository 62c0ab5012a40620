using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Invoicing;

internal enum InvoiceKind
{
    Invoice,

    /// <summary>For a correction downwards (kreditnota); its amounts are written without a sign.</summary>
    CreditNote,
}

/// <summary>What an invoice or credit note says, before it is written. One line is one obligation, never one row of the
/// terms.</summary>
/// <param name="BuyerReference">The payer's reference, or null when there is an order.</param>
/// <param name="Corrects">The invoices that a credit note corrects.</param>
internal sealed record InvoiceContent(
    InvoiceKind Kind, string Number, DateOnly IssuedOn, DateOnly DueOn, string? BuyerReference, string? OrderReference,
    Guid Contract, Seller Seller, Buyer Buyer, VatTreatment Vat, PaymentAccount Account, IReadOnlyList<InvoiceLine> Lines,
    IReadOnlyList<CorrectedInvoice> Corrects, string PaymentTerms)
{
    /// <summary>Without a sign; there is no tax to add.</summary>
    public Money Total => Lines.Skip(1).Aggregate(Lines[0].Amount, (sum, line) => sum + line.Amount);
}

/// <param name="Number">Organisation number, ten digits.</param>
internal sealed record Seller(
    string Name, string Number, string? VatId, bool ApprovedForFTax, string Street, string PostCode, string City,
    string ContactName, string ContactMail);

/// <param name="Number">Organisation number, ten digits.</param>
internal sealed record Buyer(string Name, string Number);

internal sealed record VatTreatment(VatCategory Category, string Reason);

/// <param name="Amount">Positive; the kind of the document says which way it goes.</param>
internal sealed record InvoiceLine(string What, DateOnly From, DateOnly To, Money Amount);

internal sealed record CorrectedInvoice(string Number, DateOnly IssuedOn);
