using Iop.Web.Contracts;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Iop.Web.Texts;

namespace Iop.Web.ContractDrafting;

/// <summary>The public costs that a contract finances, one line each: 2026; 1 250 000; Norrköpings kommun; teamledare.</summary>
internal static class CostPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/utfallskontrakt/{id:guid}/kostnader",
            (Guid id, ContractsApi api, Visitor visitor, CancellationToken cancel) => Show(id, null, api, visitor, cancel));
        app.MapPost("/utfallskontrakt/{id:guid}/kostnader", Save);
    }

    public static string Written(PublicCost cost) => $"{cost.Year}; {cost.Amount}; {cost.Body}; {cost.Description}";

    private static async Task<IResult> Show(
        Guid id, Filled? form, ContractsApi api, Visitor visitor, CancellationToken cancel)
    {
        var contract = await api.Show(id, cancel);
        return contract.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<CostPage>(new { Contract = contract.Value, contract.Tag, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Save(
        Guid id, Filled form, ContractsApi api, Visitor visitor, Words words, CancellationToken cancel)
    {
        var costs = new List<object>();
        foreach (var line in (form.Text("costs") ?? "")
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(';', 4, StringSplitOptions.TrimEntries);
            if (parts.Length < 4 || !int.TryParse(parts[0], null, out var year))
                return await Show(id, form.With(Wrong(words["costs.unread", line], words)), api, visitor, cancel);
            costs.Add(new { year, amount = Typed.Amount(parts[1]), body = parts[2], description = parts[3] });
        }
        var answer = await api.StateCosts(id, costs, form.Tag, cancel);
        if (answer.Problem is not { } no) return Page.Done($"/utfallskontrakt/{id}", "costs-stated");
        return await Show(
            id, form.With(no with { Errors = [.. no.Errors.Select(error => error with { Field = "costs" })] }), api, visitor,
            cancel);
    }

    private static Problem Wrong(string message, Words words) => new(
        StatusCodes.Status400BadRequest, null, words["draft.unfinished"], null,
        [new WrongField("costs", "field.required", message)]);
}
