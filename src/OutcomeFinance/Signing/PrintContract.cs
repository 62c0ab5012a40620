using System.Globalization;
using System.Text.Json.Nodes;
using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Printing;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Signing;

/// <summary>A version as PDF, with the signatures given so far: what one signs, on paper.</summary>
internal static class PrintContract
{
    public static void Map(IEndpointRouteBuilder api) => api
        .MapGet("/contracts/{id:guid}/versions/{hash}/pdf", Handle).WithName(nameof(PrintContract))
        .Produces(StatusCodes.Status200OK, contentType: "application/pdf");

    internal static async Task<IResult> Handle(
        Guid id, string hash, OutcomeFinanceDb db, ContractViews views, Texts texts, HttpRequest request, ChromiumPrinter printer,
        CancellationToken cancel)
    {
        var version = await db.Versions.AsNoTracking()
            .SingleOrDefaultAsync(one => one.ContractId == new ContractId(id) && one.Hash == hash, cancel);
        if (version is null || await db.Contract(new ContractId(id), cancel) is not { } contract)
            return (Answer<object>)Refusal.NotFound;
        var language = Texts.LanguageOf(request);
        var signatures = await views.SignaturesUnder(hash, contract, cancel);
        var page = Page(version, signatures, language, code => texts.Find(language, code) ?? code);
        return new PrintedPage(page, $"utfallskontrakt-{hash[..12]}.pdf", printer);
    }

    /// <summary>What was fixed, not what may be called otherwise by now.</summary>
    private static string Page(
        ContractVersion version, IReadOnlyList<SignatureView> signatures, string language, Func<string, string> say)
    {
        var content = JsonNode.Parse(version.Canonical)!.AsObject();
        var page = new PrintedHtml(language, say("page.kind"), Text(content["title"]));
        if (content["holdsFrom"] is { } from)
            page.Facts((say("page.amendment"), [Text(from)]), (say("page.reason"), [Text(content["reason"])]));
        page.Heading(say("page.parties"))
            .Table([say("page.party"), say("page.role")], Rows(content["parties"], party =>
                [$"{Text(party["name"])}{(party["alias"] is { } alias ? $" ({Text(alias)})" : "")}",
                    say($"page.role.{Text(party["role"])}")]))
            .Heading(say("page.periods"))
            .Table([say("page.period"), say("page.from"), say("page.to")], Rows(content["periods"], period =>
                [Text(period["key"]), Text(period["from"]), Text(period["to"])]));
        if (content["investments"] is { } investments)
        {
            page.Heading(say("page.investments")).Table([say("page.funder"), say("page.paid-in-on"), say("page.amount")],
                Rows(investments, one =>
                    [Text(one["funder"]), Text(one["on"]), $"{Text(one["amount"])} {Text(one["currency"])}"]));
        }
        if (content["publicCosts"] is { } costs)
        {
            page.Heading(say("page.costs")).Table([say("page.body"), say("page.year"), say("page.for"), say("page.amount")],
                Rows(costs, one => [Text(one["body"]), Text(one["year"]), Text(one["description"]),
                    $"{Text(one["amount"])} {Text(one["currency"])}"]));
        }
        page.Heading(say("page.terms")).Verbatim(Text(content["terms"]))
            .Heading(say("page.signatures"));
        if (signatures.Count == 0) page.Text(say("page.unsigned"));
        foreach (var signature in signatures)
        {
            var mandate = signature.Mandate;
            page.Signature(signature.PartyName, $"{Name(signature)}, {Time(signature.At)}",
                $"{say($"page.mandate.{mandate.Basis}")}: {string.Join(", ", new[] { Day(mandate.DecidedOn), mandate.Paragraph,
                    mandate.CaseNumber }.Where(part => !string.IsNullOrEmpty(part)))}");
        }
        return page.Heading(say("page.verification")).Text(say("page.verification-text"))
            .Facts((say("page.version"), [$"{version.Number}, {Day(SwedishTime.DateIn(version.OpenedAt))}"]),
                ("SHA-256", [version.Hash]))
            .Small(say("page.legal-weight")).End();
    }

    private static string Name(SignatureView signature) =>
        signature.PersonName.Length > 0 ? signature.PersonName : signature.PersonId.ToString();

    private static IEnumerable<IReadOnlyList<string>> Rows(JsonNode? list, Func<JsonObject, IReadOnlyList<string>> row) =>
        (list as JsonArray ?? []).OfType<JsonObject>().Select(row);

    private static string Text(JsonNode? node) => node?.ToString() ?? "";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => $"{Day(SwedishTime.DateIn(at))} {at.UtcDateTime:HH:mm} UTC";
}
