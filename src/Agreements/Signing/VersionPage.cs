using System.Globalization;
using System.Net;
using System.Text;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Signing;
using Iop.Kernel;

namespace Iop.Agreements.Signing;

/// <summary>The page that is printed: the fixed text in reading order, then the signatures with their mandates, then how to
/// verify them.</summary>
internal static class VersionPage
{
    private static readonly CultureInfo Swedish = CultureInfo.GetCultureInfo("sv-SE");

    public static string Of(
        AgreementVersion version, IReadOnlyList<Signature> signatures, IReadOnlyDictionary<PersonRef, string> names,
            string language, Func<string, string> say)
    {
        var content = FixedText.Read(version);
        var page = new StringBuilder();
        var parties = content.Text.Parties.ToDictionary(party => party.PartyId, party => party.Name);
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html><html lang="{language}"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>{Safe(content.Text.Frame.Title)}</title><style>{Style}</style></head><body>
            <p class="kind">{Safe(say("page.kind"))}</p><h1>{Safe(content.Text.Frame.Title)}</h1>
            """);
        Facts(page, content, say);
        foreach (var section in content.Text.Sections) Section(page, section, say);
        Contributions(page, content.Text.Contributions, parties, say);
        Signatures(page, signatures, names, parties, say);
        page.Append(CultureInfo.InvariantCulture, $"""
            <h2>{Safe(say("page.verification"))}</h2><p>{Safe(say("page.verification-text"))}</p>
            <dl><dt>{Safe(say("page.version"))}</dt><dd>{content.Number}, {Day(content.OpenedOn)}</dd><dt>SHA-256</dt><dd class="hash">{version.Hash}</dd>
            </dl><p class="small">{Safe(say("page.legal-weight"))}</p></body></html>
            """);
        return page.ToString();
    }

    private static void Facts(StringBuilder page, FixedText content, Func<string, string> say)
    {
        var frame = content.Text.Frame;
        page.Append(CultureInfo.InvariantCulture, $"<dl><dt>{Safe(say("page.parties"))}</dt>");
        foreach (var party in content.Text.Parties) page.Append(CultureInfo.InvariantCulture,
            $"<dd>{Safe(party.Name)} ({Number(party.OrganisationNumber)})</dd>");
        var ends = frame.EndsOn is { } last ? Day(last) : say("page.until-further-notice");
        page.Append(CultureInfo.InvariantCulture,
            $"<dt>{Safe(say("page.period"))}</dt><dd>{Day(frame.StartsOn)} – {Safe(ends)}</dd>");
        if (frame.AutoRenews) page.Append(CultureInfo.InvariantCulture, $"<dd>{Safe(say("page.renews"))}</dd>");
        if (frame.NoticeMonths is { } months) page.Append(CultureInfo.InvariantCulture,
            $"<dt>{Safe(say("page.notice"))}</dt><dd>{months}</dd>");
        page.Append("</dl>");
    }

    private static void Section(StringBuilder page, AgreementText.SectionText section, Func<string, string> say)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Safe(say($"section.{section.Key}"))}</h2>");
        if (section.Text is null)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"<p class=\"small\">{Safe(say("page.not-needed"))} {Safe(section.NotNeededReason ?? "")}</p>");
            return;
        }
        foreach (var paragraph in section.Text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
            page.Append(CultureInfo.InvariantCulture,
                $"<p>{Safe(paragraph).Replace("\n", "<br>", StringComparison.Ordinal)}</p>");
    }

    private static void Contributions(
        StringBuilder page, IReadOnlyList<AgreementText.ContributionText> contributions, Dictionary<Guid, string> parties,
            Func<string, string> say)
    {
        page.Append(CultureInfo.InvariantCulture, $"""
            <h2>{Safe(say("page.contributions"))}</h2><table><thead><tr><th scope="col">{Safe(say("page.party"))}</th><th scope="col">{Safe(say("page.contribution"))}</th>
            <th scope="col" class="number">{Safe(say("page.per-year"))}</th></tr></thead><tbody>
            """);
        foreach (var contribution in contributions)
        {
            var value = string.Join(", ", new[]
            {
                contribution.OrePerYear is { } ore ? $"{(ore / 100m).ToString(ore % 100 == 0 ? "N0" : "N2", Swedish)} kr" : null,
                contribution.HoursPerYear is { } hours ? $"{hours.ToString("N0", Swedish)} {say("page.hours")}" : null,
            }.Where(part => part is not null));
            page.Append(CultureInfo.InvariantCulture, $"""
                <tr><th scope="row">{Safe(parties.GetValueOrDefault(contribution.PartyId, ""))}</th>
                <td>{Safe(say($"contribution.{Words.Of(contribution.Kind)}"))}: {Safe(contribution.Description)}</td><td class="number">{Safe(value)}</td></tr>
                """);
        }
        page.Append("</tbody></table>");
    }

    private static void Signatures(
        StringBuilder page, IReadOnlyList<Signature> signatures, IReadOnlyDictionary<PersonRef, string> names, Dictionary<Guid,
            string> parties, Func<string, string> say)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Safe(say("page.signatures"))}</h2>");
        if (signatures.Count == 0) page.Append(CultureInfo.InvariantCulture, $"<p>{Safe(say("page.unsigned"))}</p>");
        foreach (var signature in signatures)
        {
            var name = signature.PersonName ?? names.GetValueOrDefault(signature.Person) ?? signature.Person.Value.ToString();
            var decision =
                string.Join(", ",
                new[] { Day(signature.DecidedOn), signature.Paragraph, signature.CaseNumber }.Where(part =>
                !string.IsNullOrEmpty(part)));
            page.Append(CultureInfo.InvariantCulture, $"""
                <section class="signature"><h3>{Safe(parties.GetValueOrDefault(signature.PartyId.Value, ""))}</h3><p>{Safe(name)}, {Time(signature.SignedAt)}</p>
                <p class="small">{Safe(say($"mandate.{Words.Of(signature.Basis)}"))}: {Safe(decision)}</p></section>
                """);
        }
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);

    private static string Number(string digits) => digits.Length == 10 ? $"{digits[..6]}-{digits[6..]}" : digits;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => $"{Day(SwedishTime.DateIn(at))} {at.UtcDateTime:HH:mm} UTC";

    private const string Style =
        "@page{size:A4;margin:22mm 20mm;@bottom-right{content:counter(page) ' / ' counter(pages);font:9pt sans-serif}}"
        + "body{font:11pt/1.5 Inter,'Liberation Sans','DejaVu Sans',sans-serif;color:#111}"
        + "h1{font-size:22pt;line-height:1.2;margin:0 0 6mm}"
        + "h2{font-size:14pt;margin:8mm 0 2mm;break-after:avoid}"
        + "h3{font-size:11pt;margin:4mm 0 0}p{margin:0 0 3mm;orphans:3;widows:3}"
        + ".kind{color:#14532d;font-weight:600;margin:0}.small{font-size:9pt;color:#333}"
        + ".hash{font:9pt monospace;word-break:break-all}"
        + "dt{font-weight:600;margin-top:2mm}dd{margin:0}table{border-collapse:collapse;width:100%}"
        + "th,td{text-align:left;vertical-align:top;padding:1.5mm 3mm 1.5mm 0;border-bottom:.3pt solid #999}"
        + ".number{text-align:right;white-space:nowrap}"
        + ".signature{break-inside:avoid}";
}
