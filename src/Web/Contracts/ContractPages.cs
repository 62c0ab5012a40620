using Iop.Web.FollowUp;
using Iop.Web.Frame;
using Iop.Web.Problems;

namespace Iop.Web.Contracts;

/// <summary>Outcome contracts (utfallskontrakt): what they say, what has been measured, what they pay and how it was
/// calculated.</summary>
internal static class ContractPages
{
    private static readonly string[] SidePages =
        ["", "/bedomning", "/simulering", "/underskrift", "/tillagg", "/satsning", "/huvudbok", "/kontoutdrag", "/avstamning"];

    /// <summary>What the parties plan, and where they sign.</summary>
    private static readonly string[] NotForGuests = ["/simulering", "/underskrift"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/utfallskontrakt", List);
        app.MapGet("/utfallskontrakt/{id:guid}", Show);
        app.MapGet("/utfallskontrakt/{id:guid}/perioder/{period}/harledning", Derive);
        app.MapGet("/utfallskontrakt/{id:guid}/huvudbok", ShowLedger);
        EditTerms.Map(app);
        ContractActs.Map(app);
        ReportMeasurement.Map(app);
        AskForKeys.Map(app);
    }

    private static async Task<IResult> List(ContractsApi api, Visitor visitor, CancellationToken cancel)
    {
        var mine = await api.Mine(cancel);
        return mine.Problem is { } no ? no.AsPage(visitor) : Page.Of<MyContracts>(new { Mine = mine.Value!.Items });
    }

    private static async Task<IResult> Show(
        Guid id, ContractsApi api, FollowUpApi followUp, Visitor visitor, CancellationToken cancel)
    {
        var contract = await api.Show(id, cancel);
        if (contract.Problem is { } no) return no.AsPage(visitor);
        var signed = contract.Value!.State is "signed" or "ended";
        var obligations = signed ? await api.Obligations(id, cancel) : null;
        var measured = signed ? await followUp.Contract(id, cancel) : null;
        return Page.Of<ContractOverview>(new
        {
            Contract = contract.Value, contract.Tag, Obligations = obligations?.Value?.Items ?? [],
            Measurements = measured?.Value?.Measurements ?? [], Levels = (await api.Levels(id, cancel)).Value,
        });
    }

    private static async Task<IResult> Derive(Guid id, string period, ContractsApi api, Visitor visitor, CancellationToken cancel)
    {
        var contract = await api.Show(id, cancel);
        if (contract.Problem is { } no) return no.AsPage(visitor);
        var derivation = await api.Derivation(id, period, cancel);
        return derivation.Problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<DerivationPage>(new { Contract = contract.Value, Derivation = derivation.Value });
    }

    private static async Task<IResult> ShowLedger(Guid id, ContractsApi api, Visitor visitor, CancellationToken cancel)
    {
        var contract = await api.Show(id, cancel);
        if (contract.Problem is { } no) return no.AsPage(visitor);
        var ledger = await api.Ledger(id, cancel);
        return ledger.Problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<LedgerPage>(new { Contract = contract.Value, Transfers = ledger.Value!.Items });
    }

    public static IReadOnlyList<Link> Crumbs(Texts.Words words, Contract contract) =>
        [new Link(words["section.contracts"], "/utfallskontrakt"), new Link(contract.Title, $"/utfallskontrakt/{contract.Id}")];

    public static IReadOnlyList<Link> Side(Texts.Words words, Guid id, string here) =>
    [
        .. SidePages.Where(page => words.Guest is null || !NotForGuests.Contains(page, StringComparer.Ordinal))
            .Select(page => new Link(words["contract.side" + page], $"/utfallskontrakt/{id}{page}", page == here)),
    ];
}
