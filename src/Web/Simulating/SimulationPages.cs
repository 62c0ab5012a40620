using Iop.Web.Contracts;
using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Simulating;

/// <summary>Simulate what a contract may come to: what is assumed, how far it has come, what came of it; scenarios; and when the
/// funders pay in.</summary>
internal static class SimulationPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/utfallskontrakt/{id:guid}/simulering",
            (Guid id, Guid? fran, bool? historik, ContractsApi contracts, SimulationsApi api, Visitor visitor,
                CancellationToken cancel) =>
                Begin(id, new(fran, historik is true), null, contracts, api, visitor, cancel));
        app.MapPost("/utfallskontrakt/{id:guid}/simulering", Start);
        app.MapGet("/utfallskontrakt/{id:guid}/simulering/{simulation:guid}",
            (Guid id, Guid simulation, ContractsApi contracts, SimulationsApi api, Visitor visitor, HttpResponse response,
                CancellationToken cancel) => Show(id, simulation, null, contracts, api, visitor, response, cancel));
        app.MapPost("/utfallskontrakt/{id:guid}/simulering/{simulation:guid}/avbryt", Cancel);
        app.MapPost("/utfallskontrakt/{id:guid}/simulering/{simulation:guid}/scenario", Record);
        app.MapGet("/utfallskontrakt/{id:guid}/investeringsplan",
            (Guid id, ContractsApi contracts, Visitor visitor, CancellationToken cancel) =>
                Schedule(id, null, contracts, visitor, cancel));
        app.MapPost("/utfallskontrakt/{id:guid}/investeringsplan", Plan);
    }

    /// <summary>What the form begins with: a simulation, else the newest one; or what the contract's history proposes.</summary>
    private readonly record struct Beginning(Guid? Simulation, bool History);

    private static async Task<IResult> Begin(
        Guid id, Beginning from, Filled? form, ContractsApi contracts, SimulationsApi api, Visitor visitor,
        CancellationToken cancel)
    {
        var contract = await contracts.Show(id, cancel);
        if (contract.Problem is { } no) return no.AsPage(visitor);
        var list = await api.List(id, cancel);
        if (list.Problem is { } neither) return neither.AsPage(visitor);
        Guid? wanted = from.History ? null : from.Simulation ?? (list.Value!.Items is [var newest, ..] ? newest.Id : null);
        var earlier = wanted is { } known ? (await api.Show(id, known, cancel)).Value : null;
        var scenarios = await api.Scenarios(id, cancel);
        return Page.Of<SimulationStart>(
            new
            {
                Contract = contract.Value, list.Value!.Measures, Simulations = list.Value.Items, Earlier = earlier,
                Scenarios = scenarios.Value?.Items ?? [], Form = form,
            },
            form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Start(
        Guid id, Filled form, ContractsApi contracts, SimulationsApi api, Visitor visitor, CancellationToken cancel)
    {
        var contract = await contracts.Show(id, cancel);
        if (contract.Problem is { } unseen) return unseen.AsPage(visitor);
        var list = await api.List(id, cancel);
        if (list.Problem is { } neither) return neither.AsPage(visitor);
        var (request, fields) = AssumptionForm.Read(form, list.Value!.Measures, contract.Value!);
        var started = await api.Start(id, request, form.Key, cancel);
        return started.Problem is { } no
            ? await Begin(id, default, form.With(AssumptionForm.AtFields(no, fields, list.Value.Measures)), contracts, api,
                visitor, cancel)
            : Results.Redirect($"/utfallskontrakt/{id}/simulering/{started.Value!.Id}");
    }

    private static async Task<IResult> Show(
        Guid id, Guid simulation, Filled? form, ContractsApi contracts, SimulationsApi api, Visitor visitor,
        HttpResponse response,
        CancellationToken cancel)
    {
        var contract = await contracts.Show(id, cancel);
        if (contract.Problem is { } no) return no.AsPage(visitor);
        var shown = await api.Show(id, simulation, cancel);
        if (shown.Problem is { } neither) return neither.AsPage(visitor);
        // The page asks for itself again, with or without scripts, for as long as there is something to wait for.
        if (shown.Value!.State is "waiting" or "running") response.Headers["Refresh"] = "2";
        return Page.Of<SimulationPage>(
            new { Contract = contract.Value, Simulation = shown.Value, shown.Tag, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Cancel(
        Guid id, Guid simulation, Filled form, ContractsApi contracts, SimulationsApi api, Visitor visitor, HttpResponse response,
        CancellationToken cancel)
    {
        var answer = await api.Cancel(id, simulation, form.Tag, cancel);
        return answer.Problem is { } no
            ? await Show(id, simulation, form.With(no), contracts, api, visitor, response, cancel)
            : Page.Done($"/utfallskontrakt/{id}/simulering/{simulation}", "simulation-cancelled");
    }

    private static async Task<IResult> Record(
        Guid id, Guid simulation, Filled form, ContractsApi contracts, SimulationsApi api, Visitor visitor, HttpResponse response,
        CancellationToken cancel)
    {
        // One key for the form, one for each kind in it: the three are one act for the person.
        foreach (var kind in form.All("kind"))
        {
            var answer = await api.Record(id, kind, simulation, $"{form.Key}-{kind}", cancel);
            if (answer.Problem is { } no)
                return await Show(id, simulation, form.With(no), contracts, api, visitor, response, cancel);
        }
        return Page.Done($"/utfallskontrakt/{id}/simulering", "scenarios-recorded");
    }

    private static async Task<IResult> Schedule(
        Guid id, Filled? form, ContractsApi contracts, Visitor visitor, CancellationToken cancel)
    {
        var contract = await contracts.Show(id, cancel);
        return contract.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<InvestmentPage>(
                new { Contract = contract.Value, contract.Tag, Form = form }, form?.Problem?.Status ?? 200);
    }

    /// <summary>One line for each payment in, in a field for each funder: 2026-01-15; 3 000 000.</summary>
    private static async Task<IResult> Plan(
        Guid id, Filled form, ContractsApi contracts, SimulationsApi api, Visitor visitor, Texts.Words words,
        CancellationToken cancel)
    {
        var investments = new List<object>();
        var fields = new List<string>();
        foreach (var name in form.Names.Where(name => name.StartsWith("funder-", StringComparison.Ordinal)))
        {
            foreach (var line in (form.Text(name) ?? "")
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = line.Split(';', 2, StringSplitOptions.TrimEntries);
                if (!DateOnly.TryParseExact(parts[0], "yyyy-MM-dd", out var on)
                    || !Guid.TryParse(name["funder-".Length..], out var party))
                    return await Schedule(id, form.With(Unread(name, words)), contracts, visitor, cancel);
                investments.Add(new { partyId = party, on, amount = parts.Length > 1 ? Typed.Amount(parts[1]) : "" });
                fields.Add(name);
            }
        }
        var answer = await api.PlanInvestments(id, investments, form.Tag, cancel);
        if (answer.Problem is not { } no) return Page.Done($"/utfallskontrakt/{id}/investeringsplan", "investments-planned");
        var placed = no with
        {
            Errors = [.. no.Errors.Select(error => int.TryParse(
                new string([.. error.Field.Where(char.IsAsciiDigit)]), null, out var at) && at < fields.Count
                    ? error with { Field = fields[at] } : error)],
        };
        return await Schedule(id, form.With(placed), contracts, visitor, cancel);
    }

    private static Gateway.Problem Unread(string field, Texts.Words words) =>
        new(400, null, words["investments.unread"], null, [new Gateway.WrongField(field, null, words["investments.unread"])]);
}
