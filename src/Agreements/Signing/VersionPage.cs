using System.Globalization;
using System.Text.Json.Nodes;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Comparing;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Versions;
using Iop.Kernel;
using Iop.Printing;

namespace Iop.Agreements.Signing;

/// <summary>The page that is printed: the fixed text in reading order, then the signatures with their mandates, then how to
/// verify them.</summary>
internal static class VersionPage
{
    private static readonly CultureInfo Swedish = CultureInfo.GetCultureInfo("sv-SE");
    private static readonly string[] WrittenBefore =
        ["frame", "parties", "sections", "contributions", "signing", .. VersionParts.Names];


    public static string Of(
        AgreementVersion version, IReadOnlyList<Signature> signatures, IReadOnlyDictionary<PersonRef, string> names,
            string language, Func<string, string> say)
    {
        var content = FixedText.Read(version);
        var parts = Content.Of(version);
        var labels = new Labels(say, parts);
        var parties = content.Text.Parties.ToDictionary(party => party.PartyId, party => party.Name);
        var page = new PrintedHtml(language, say("page.kind"), content.Text.Frame.Title);
        VersionFacts.Frame(page, content, parts["frame"], labels, say);
        VersionFacts.Change(page, content, say);
        foreach (var section in content.Text.Sections) Section(page, section, say);
        Contributions(page, content.Text.Contributions, parties, say);
        VersionParts.Write(page, content.Text, say);
        foreach (var (name, part) in parts.Where(part => !WrittenBefore.Contains(part.Key))) Part(page, name, part, labels);
        Signatures(page, signatures, names, content, say);
        return page.Heading(say("page.verification")).Text(say("page.verification-text"))
            .Facts((say("page.version"), [$"{content.Number}, {Day(content.OpenedOn)}"]), ("SHA-256", [version.Hash]),
                (say("page.previous"), content.PreviousHash is { } previous ? [previous] : []))
            .Small(say("page.legal-weight")).End();
    }

    private static void Section(PrintedHtml page, AgreementText.SectionText section, Func<string, string> say)
    {
        page.Heading(say($"section.{section.Key}"));
        if (section.Text is { } text) page.Text(text);
        else page.Small($"{say("page.not-needed")} {section.NotNeededReason}");
    }

    private static void Contributions(
        PrintedHtml page, IReadOnlyList<AgreementText.ContributionText> contributions, Dictionary<Guid, string> parties,
            Func<string, string> say) => page.Heading(say("page.contributions")).Table(
        [say("page.party"), say("page.contribution"), say("page.per-year"), say("page.funding-source")],
        contributions.Select(contribution => (IReadOnlyList<string>)
        [
            parties.GetValueOrDefault(contribution.PartyId, ""),
            $"{say($"contribution.{Words.Of(contribution.Kind)}")}: {contribution.Description}",
            string.Join(", ", new[]
            {
                contribution.OrePerYear is { } ore ? $"{(ore / 100m).ToString(ore % 100 == 0 ? "N0" : "N2", Swedish)} kr" : null,
                contribution.HoursPerYear is { } hours ? $"{hours.ToString("N0", Swedish)} {say("page.hours")}" : null,
            }.Where(part => part is not null)),
            contribution.FundingSource ?? "",
        ]));

    /// <summary>Whatever else is agreed, item by item, by the words for it.</summary>
    private static void Part(PrintedHtml page, string name, JsonNode? part, Labels labels)
    {
        if (part is not JsonArray { Count: > 0 } list) return;
        page.Heading(labels.Part(name));
        var items = list.OfType<JsonObject>().ToList();
        var key = ContentDifference.KeyOf(name, items);
        foreach (var item in items)
        {
            if (labels.Item(name, item) is { } called) page.SmallHeading(called);
            page.Facts(item.Where(field => field.Key != key)
                .Select(field => (Name: labels.Field(name, field.Key), Value: labels.Value(new(name, field.Key), field.Value)))
                .Where(field => !string.IsNullOrEmpty(field.Value))
                .Select(field => (field.Name, (IReadOnlyList<string>)field.Value!.Split('\n'))));
        }
    }

    private static void Signatures(
        PrintedHtml page, IReadOnlyList<Signature> signatures, IReadOnlyDictionary<PersonRef, string> names,
        FixedText content, Func<string, string> say)
    {
        page.Heading(say("page.signatures"));
        VersionFacts.Order(page, content, say);
        if (signatures.Count == 0) VersionFacts.WithoutSignatures(page, content, say);
        var parties = content.Text.Parties.ToDictionary(party => party.PartyId, party => party.Name);
        foreach (var signature in signatures)
        {
            var name = signature.PersonName ?? names.GetValueOrDefault(signature.Person) ?? signature.Person.Value.ToString();
            var decision = string.Join(", ", new[] { Day(signature.DecidedOn), signature.Paragraph, signature.CaseNumber }
                .Where(part => !string.IsNullOrEmpty(part)));
            page.Signature(parties.GetValueOrDefault(signature.PartyId.Value, ""), $"{name}, {Time(signature.SignedAt)}",
                $"{say($"mandate.{Words.Of(signature.Basis)}")}: {decision}");
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => $"{Day(SwedishTime.DateIn(at))} {at.UtcDateTime:HH:mm} UTC";
}
