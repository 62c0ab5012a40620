using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Invoicing;

namespace Iop.OutcomeFinance.Domain.Banking;

/// <summary>One transfer: what an invoice asks for, to the account it names.</summary>
/// <param name="EndToEnd">The invoice's number; follows the money to the payee's account.</param>
internal sealed record CreditTransfer(string EndToEnd, string Payee, PaymentAccount Account, Money Amount);

/// <summary>Who pays, from where.</summary>
internal sealed record Debtor(string Name, string Number, string Iban);

/// <summary>A payment file by ISO 20022: pain.001.001.03, one group of transfers from one account. Bankgiro numbers stand as
/// Swedish banks read them: scheme BGNR, clearing 9900.</summary>
internal static class CreditTransfers
{
    public static readonly XNamespace Space = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03";
    private const int NameMax = 70;
    private const string SwedishClearing = "SESBA";
    private const string BankgiroClearing = "9900";

    public static XDocument Document(
        string message, DateTimeOffset madeAt, DateOnly executeOn, Debtor debtor, IReadOnlyList<CreditTransfer> transfers)
    {
        var sum = transfers.Skip(1).Aggregate(transfers[0].Amount, (total, one) => total + one.Amount).ToDecimalString();
        var count = transfers.Count.ToString(CultureInfo.InvariantCulture);
        return new XDocument(new XDeclaration("1.0", "UTF-8", null), Group("Document", Group("CstmrCdtTrfInitn",
            Group("GrpHdr", Basic("MsgId", message), Basic("CreDtTm", Instant(madeAt)), Basic("NbOfTxs", count),
                Basic("CtrlSum", sum), Group("InitgPty", Basic("Nm", Name(debtor.Name)), Number(debtor.Number))),
            Group("PmtInf", Basic("PmtInfId", message), Basic("PmtMtd", "TRF"), Basic("NbOfTxs", count), Basic("CtrlSum", sum),
                Group("PmtTpInf", Group("SvcLvl", Basic("Cd", "NURG"))),
                Basic("ReqdExctnDt", executeOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                Group("Dbtr", Basic("Nm", Name(debtor.Name)), Number(debtor.Number)),
                Group("DbtrAcct", Group("Id", Basic("IBAN", debtor.Iban)), Basic("Ccy", transfers[0].Amount.Currency.Code)),
                // The bank is found by the account.
                Group("DbtrAgt", Group("FinInstnId", Group("Othr", Basic("Id", "NOTPROVIDED")))),
                transfers.Select(Transfer)))));
    }

    /// <summary>UTF-8, indented; the bytes that are kept and hashed.</summary>
    public static byte[] Bytes(XDocument document)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };
        using (var writer = XmlWriter.Create(bytes, settings)) document.Save(writer);
        return bytes.ToArray();
    }

    private static XElement Transfer(CreditTransfer one) => Group("CdtTrfTxInf",
        Group("PmtId", Basic("EndToEndId", one.EndToEnd)),
        Group("Amt", new XElement(Space + "InstdAmt", new XAttribute("Ccy", one.Amount.Currency.Code),
            one.Amount.ToDecimalString())),
        one.Account.Kind is AccountKind.Bankgiro
            ? Group("CdtrAgt", Group("FinInstnId", Group("ClrSysMmbId",
                Group("ClrSysId", Basic("Cd", SwedishClearing)), Basic("MmbId", BankgiroClearing))))
            : null,
        Group("Cdtr", Basic("Nm", Name(one.Payee))),
        Group("CdtrAcct", Group("Id", one.Account.Kind is AccountKind.Bankgiro
            ? Group("Othr", Basic("Id", one.Account.Number), Group("SchmeNm", Basic("Prtry", "BGNR")))
            : Basic("IBAN", one.Account.Number))),
        Group("RmtInf", Group("Strd", Group("RfrdDocInf", Group("Tp", Group("CdOrPrtry", Basic("Cd", "CINV"))),
            Basic("Nb", one.EndToEnd)))));

    private static XElement Number(string organisation) => Group("Id", Group("OrgId",
        Group("Othr", Basic("Id", organisation), Group("SchmeNm", Basic("Cd", "COID")))));

    private static string Name(string name) => name.Length > NameMax ? name[..NameMax] : name;

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static XElement Basic(string name, string text) => new(Space + name, text);

    private static XElement Group(string name, params IEnumerable<object?> parts) => new(Space + name, parts);
}
