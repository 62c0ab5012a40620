using System.Globalization;
using System.Text.Json.Nodes;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Signing;
using Iop.Printing;

namespace Iop.Agreements.Versions;

/// <summary>On the printed page, beside the text itself: the frame with everything that is agreed in it, what the version
/// changes, in which order it is signed, and by what it binds where nobody signs it here.</summary>
internal static class VersionFacts
{
    // Written in words of their own.
    private static readonly string[] Written = ["title", "startsOn", "endsOn", "autoRenews", "renewalMonths"];

    public static void Frame(PrintedHtml page, FixedText content, JsonNode? frame, Labels labels, Func<string, string> say)
    {
        var agreed = content.Text.Frame;
        var ends = agreed.EndsOn is { } last ? Day(last) : say("page.until-further-notice");
        var renews = agreed.AutoRenews
            ? $"{say("page.renews")} ({labels.Field("frame", "renewalMonths")}: {agreed.RenewalMonths ?? Term.RenewalMonthsUsual})"
            : null;
        page.Facts(
        [
            (say("page.parties"), [.. content.Text.Parties.Select(party => Party(party, labels, say))]),
            (say("page.period"), [$"{Day(agreed.StartsOn)} – {ends}", .. renews is null ? Array.Empty<string>() : [renews]]),
            .. (frame as JsonObject ?? []).Where(field => !Written.Contains(field.Key))
                .Select(field => (Name: labels.Field("frame", field.Key),
                    Value: labels.Value(new("frame", field.Key), field.Value)))
                .Where(field => !string.IsNullOrEmpty(field.Value))
                .Select(field => (field.Name, (IReadOnlyList<string>)field.Value!.Split('\n'))),
        ]);
    }

    /// <summary>By what the version changes the one before.</summary>
    public static void Change(PrintedHtml page, FixedText content, Func<string, string> say)
    {
        if (content.Instrument is not { Kind: not ChangeKind.First } change) return;
        page.Heading(say("page.change")).Facts(
            (say("page.change-kind"), [say($"history.value.agreement-version.kind.{Words.Of(change.Kind)}")]),
            (say("page.change-reason"), [change.Reason]),
            (say("page.change-from"), change.EffectiveOn is { } from ? [Day(from)] : []),
            (say("page.party"), change.PartyId is { } party
                ? [.. content.Text.Parties.Where(one => one.PartyId == party).Select(one => one.Name)] : []));
    }

    /// <summary>Who signs before whom, if anybody does.</summary>
    public static void Order(PrintedHtml page, FixedText content, Func<string, string> say)
    {
        if (content.Signing is not { Turns: { Count: > 0 } turns }) return;
        var names = content.Text.Parties.ToDictionary(party => party.PartyId, party => party.Name);
        page.Facts((say("page.order"), [.. turns.OrderBy(turn => turn.Turn)
            .Select(turn => $"{turn.Turn}. {names.GetValueOrDefault(turn.PartyId, "")}")]));
    }

    /// <summary>By what it binds when nobody has signed it here; that nobody has yet, when signatures are what it waits
    /// for.</summary>
    public static void WithoutSignatures(PrintedHtml page, FixedText content, Func<string, string> say)
    {
        if (content is { Instrument.BindsBy: Binding.Confirmation, Paper: { } paper }) OnPaper(page, content, paper, say);
        else if (content.Instrument is { BindsBy: Binding.Decision } decided)
        {
            page.Text(say("page.binds-decision")).Facts(
                (say("page.body"), Optional(decided.Body)),
                (say("page.decided-on"), decided.DecidedOn is { } on ? [Day(on)] : []),
                (say("page.paragraph"), Optional(decided.Paragraph)));
        }
        else if (content.Instrument is { BindsBy: not Binding.Signatures } itself)
            page.Text(say($"page.binds-{Words.Of(itself.BindsBy)}"));
        else page.Text(say("page.unsigned"));
    }

    private static void OnPaper(PrintedHtml page, FixedText content, FixedText.PaperText paper, Func<string, string> say)
    {
        var names = content.Text.Parties.ToDictionary(party => party.PartyId, party => party.Name);
        page.Text(say("page.on-paper")).Facts(
                (say("page.signed-on"), [Day(paper.SignedOn)]),
                (say("page.confirmed-by"), [.. paper.Confirmations.Select(one =>
                    $"{names.GetValueOrDefault(one.PartyId, "")}: {one.PersonName ?? one.PersonId.ToString()}, {Day(one.ConfirmedOn)}")]))
            .Small(say("page.paper-hash")).Hash($"SHA-256 {paper.DocumentSha256}");
    }

    private static string Party(AgreementText.PartyText party, Labels labels, Func<string, string> say) =>
        $"{party.Name} ({Number(party.OrganisationNumber)}), {say($"label.value.kind.{Words.Of(party.Kind)}")}"
        + $", {labels.Field("parties", "requiredSignatures").ToLowerInvariant()}: {party.RequiredSignatures}";

    private static string Number(string digits) => digits.Length == 10 ? $"{digits[..6]}-{digits[6..]}" : digits;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Optional(string? value) => string.IsNullOrEmpty(value) ? [] : [value];
}
