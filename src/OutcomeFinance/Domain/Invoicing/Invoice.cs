using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Invoicing;

/// <summary>An invoice or credit note as it was sent (faktura, kreditnota): the payee's claim. Never changed; what turns out
/// wrong is corrected by another one.</summary>
internal sealed class Invoice
{
    public required ObligationId ObligationId { get; init; }

    public required ContractId ContractId { get; init; }

    public required Guid PayeeOrganisationId { get; init; }

    public required Guid PayerOrganisationId { get; init; }

    /// <summary>In the payee's own series, without gaps.</summary>
    public required string Number { get; init; }

    public required InvoiceKind Kind { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>Without a sign.</summary>
    public required long AmountMinor { get; init; }

    public required string Currency { get; init; }

    public required AccountKind AccountKind { get; init; }

    public required string Account { get; init; }

    /// <summary>XML, byte for byte.</summary>
    public required byte[] Document { get; init; }

    /// <summary>SHA-256 of the document, in hexadecimal digits.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required Guid IssuedBy { get; init; }

    /// <summary>The number of a series' n:th invoice.</summary>
    public static string NumberOf(long place) =>
        "IOP-" + place.ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Why no invoice can be made.</summary>
internal static class InvoiceRefusals
{
    public static Refusal DetailsMissing(string payee) => new Refusal("invoice.details-missing").With("payee", payee);

    public static Refusal NumberUnknown(string name) => new Refusal("invoice.organisation-number-unknown").With("name", name);
}
