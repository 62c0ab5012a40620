using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Banking;

/// <summary>Money that has come to an account, as the bank says it.</summary>
/// <param name="Reference">The bank's own, once per payment; null when the file has none.</param>
/// <param name="Said">What the payer wrote: invoice numbers and free text, the most certain first.</param>
internal sealed record BankEntry(
    string Account, string? Reference, DateOnly BookedOn, Money Amount, IReadOnlyList<string> Said);

/// <summary>A bank's file: a statement (camt.053) or a notice of what has come in (camt.054), by ISO 20022.</summary>
/// <param name="Skipped">Entries that are not money in: debits, and what is not booked yet.</param>
internal sealed record BankFile(string Kind, string Message, IReadOnlyList<BankEntry> Entries, int Skipped)
{
    public const int BytesMax = 5 * 1024 * 1024;
    public const int EntriesMax = 5_000;
    private const string Space = "urn:iso:std:iso:20022:tech:xsd:";
    private static readonly string[] Kinds = ["camt.053", "camt.054"];
    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = BytesMax,
    };

    /// <summary>Null when it is no such file, or more than can be read at a time.</summary>
    public static BankFile? Read(byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes);
            using var reader = XmlReader.Create(stream, Safe);
            return Of(XDocument.Load(reader).Root!);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static BankFile? Of(XElement root)
    {
        var kind = Array.Find(Kinds, one => root.Name.NamespaceName.StartsWith($"{Space}{one}.", StringComparison.Ordinal));
        if (kind is null || root.Elements().FirstOrDefault() is not { } body) return null;
        var entries = new List<BankEntry>();
        var skipped = 0;
        foreach (var account in body.Elements().Where(part => part.Name.LocalName is "Stmt" or "Ntfctn"))
        {
            foreach (var entry in account.Parts("Ntry"))
            {
                var read = Entry(AccountOf(account), entry);
                if (read is null) return null; // an amount or a day that cannot be read: nobody guesses
                if (read.Count == 0) skipped++;
                entries.AddRange(read);
                if (entries.Count > EntriesMax) return null;
            }
        }
        return new BankFile(kind, body.Text("GrpHdr", "MsgId") ?? "", entries, skipped);
    }

    private static string AccountOf(XElement statement) =>
        statement.Text("Acct", "Id", "IBAN") ?? statement.Text("Acct", "Id", "Othr", "Id") ?? "";

    /// <summary>Empty when it is no money in; null when it cannot be read.</summary>
    private static List<BankEntry>? Entry(string account, XElement entry)
    {
        var status = entry.Text("Sts", "Cd") ?? entry.Text("Sts");
        if (entry.Text("CdtDbtInd") != "CRDT" || status != "BOOK" || entry.Text("RvslInd") == "true") return [];
        if (Day(entry) is not { } day || AmountOf(entry.Part("Amt")) is not { } whole) return null;
        var reference = entry.Text("AcctSvcrRef") ?? entry.Text("NtryRef");
        var details = entry.Parts("NtryDtls").SelectMany(one => one.Parts("TxDtls")).ToList();
        if (details.Count == 0) return [new BankEntry(account, reference, day, whole, [])];
        var entries = new List<BankEntry>();
        foreach (var (at, detail) in details.Index())
        {
            var amount = AmountOf(detail.Part("Amt") ?? detail.Part("AmtDtls")?.Part("TxAmt")?.Part("Amt"))
                ?? (details.Count == 1 ? whole : null);
            if (amount is not { } moved) return null;
            if (detail.Text("CdtDbtInd") is "DBIT") continue;
            var own = detail.Text("Refs", "AcctSvcrRef") ?? (reference is null ? null : details.Count == 1
                ? reference : $"{reference}/{(at + 1).ToString(CultureInfo.InvariantCulture)}");
            entries.AddRange(Parts(new BankEntry(account, own, day, moved, Said(detail, null)), detail));
        }
        return entries;
    }

    /// <summary>One payment may be of several invoices, each with its amount.</summary>
    private static IEnumerable<BankEntry> Parts(BankEntry whole, XElement detail)
    {
        var parts = (detail.Part("RmtInf")?.Parts("Strd") ?? []).Select(one => (Said: one, Amount: AmountOf(
            one.Part("RfrdDocAmt")?.Part("RmtdAmt") ?? one.Part("RfrdDocAmt")?.Part("DuePyblAmt")))).ToList();
        var sums = parts.Count > 1 && parts.TrueForAll(part => part.Amount is { } one && one.Currency == whole.Amount.Currency)
            && parts.Sum(part => part.Amount!.Value.Minor) == whole.Amount.Minor;
        if (!sums) return [whole];
        return parts.Select((part, at) => whole with
        {
            Reference = whole.Reference is { } own ? $"{own}#{(at + 1).ToString(CultureInfo.InvariantCulture)}" : null,
            Amount = part.Amount!.Value,
            Said = Said(detail, part.Said),
        });
    }

    private static IReadOnlyList<string> Said(XElement detail, XElement? only)
    {
        var structured = only is null ? detail.Part("RmtInf")?.Parts("Strd") ?? [] : [only];
        return
        [
            .. structured.SelectMany(one => new[] { one.Text("RfrdDocInf", "Nb"), one.Text("CdtrRefInf", "Ref") })
                .Append(only is null ? detail.Text("Refs", "EndToEndId") : null)
                .Concat(only is null ? (detail.Part("RmtInf")?.Parts("Ustrd") ?? []).Select(text => text.Value.Trim()) : [])
                .OfType<string>().Where(text => text.Length > 0 && text != "NOTPROVIDED").Distinct(StringComparer.Ordinal),
        ];
    }

    private static DateOnly? Day(XElement entry) =>
        (entry.Text("BookgDt", "Dt") ?? entry.Text("BookgDt", "DtTm") ?? entry.Text("ValDt", "Dt")) is { Length: >= 10 } text
        && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : null;

    private static Money? AmountOf(XElement? amount) => amount is not null
        && Currency.TryParse(amount.Attribute("Ccy")?.Value, out var currency)
        && Money.TryParse(amount.Value.Trim(), currency, out var read) && read.Minor > 0 ? read : null;
}

internal static class Elements
{
    /// <summary>Whatever version of the standard the bank writes: names have stayed, the namespace has not.</summary>
    public static IEnumerable<XElement> Parts(this XElement element, string name) =>
        element.Elements().Where(part => part.Name.LocalName == name);

    public static XElement? Part(this XElement element, string name) => element.Parts(name).FirstOrDefault();

    public static string? Text(this XElement element, params ReadOnlySpan<string> path)
    {
        var at = element;
        foreach (var name in path)
        {
            if (at.Part(name) is not { } next) return null;
            at = next;
        }
        return at.HasElements ? null : at.Value.Trim();
    }
}
