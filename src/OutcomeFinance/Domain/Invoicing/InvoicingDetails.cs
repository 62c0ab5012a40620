using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Invoicing;

/// <summary>Why no value added tax is charged (momskategori). Declared by the payee; never guessed.</summary>
internal enum VatCategory
{
    /// <summary>The payment is no consideration for a supply (O, utanför momsens tillämpningsområde).</summary>
    OutsideScope,

    /// <summary>A supply that is exempt (E, undantagen från skatteplikt).</summary>
    Exempt,
}

/// <summary>How an organisation invoices and is paid (faktureringsuppgifter): what its invoices say of it.</summary>
internal sealed class InvoicingDetails
{
    public const int PaymentDaysLeast = 10;
    public const int PaymentDaysMost = 90;

    public required Guid OrganisationId { get; init; }

    /// <summary>SE, organisation number, 01; null when it has none.</summary>
    public string? VatId { get; private set; }

    /// <summary>Godkänd för F-skatt.</summary>
    public bool ApprovedForFTax { get; private set; }

    public VatCategory VatCategory { get; private set; }

    /// <summary>In the payee's words, as they stand on the invoice.</summary>
    public string VatReason { get; private set; } = "";

    /// <summary>Seven or eight digits.</summary>
    public string? Bankgiro { get; private set; }

    public string? Iban { get; private set; }

    public string Street { get; private set; } = "";

    public string PostCode { get; private set; } = "";

    public string City { get; private set; } = "";

    /// <summary>A function, not a person.</summary>
    public string ContactName { get; private set; } = "";

    public string ContactMail { get; private set; } = "";

    public int PaymentDays { get; private set; } = 30;

    /// <summary>The account it pays from, for payment files.</summary>
    public string? PaysFromIban { get; private set; }

    public long Version { get; private set; }

    /// <summary>Null when an invoice can be paid: a bankgiro before an account by number.</summary>
    public PaymentAccount? Account => (Bankgiro, Iban) switch
    {
        ({ } bankgiro, _) => new PaymentAccount(AccountKind.Bankgiro, bankgiro),
        (_, { } iban) => new PaymentAccount(AccountKind.Iban, iban),
        _ => null,
    };

    /// <summary>Whether anything has been said of invoicing, beyond the account it pays from.</summary>
    public bool CanInvoice => Account is not null && VatReason.Length > 0;

    public void Say(VatDetails vat, AccountDetails accounts, ContactDetails contact)
    {
        (VatId, ApprovedForFTax, VatCategory, VatReason) = vat;
        (Bankgiro, Iban, PaymentDays, PaysFromIban) = accounts;
        (Street, PostCode, City, ContactName, ContactMail) = contact;
        Version++;
    }
}

internal sealed record VatDetails(string? Id, bool ApprovedForFTax, VatCategory Category, string Reason);

internal sealed record AccountDetails(string? Bankgiro, string? Iban, int PaymentDays, string? PaysFromIban);

internal sealed record ContactDetails(string Street, string PostCode, string City, string Name, string Mail);
