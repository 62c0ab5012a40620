using Iop.Web.FollowUp;
using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Contracts;

/// <summary>The reporter asks for keys that stand for people, and fetches them as a file; the page itself shows none.</summary>
internal static class AskForKeys
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/utfallskontrakt/{id:guid}/deltagare",
            (Guid id, FollowUpApi api, Visitor visitor, CancellationToken cancel) =>
            Show(id, null, api, visitor, cancel));
        app.MapPost("/utfallskontrakt/{id:guid}/deltagare", Mint);
    }

    private static async Task<IResult> Show(
        Guid id, Filled? form, FollowUpApi api, Visitor visitor, CancellationToken cancel)
    {
        var contract = await api.Contract(id, cancel);
        if (contract.Problem is { } no) return no.AsPage(visitor);
        var keys = await api.Keys(id, cancel);
        return keys.Problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<ParticipantsPage>(
                new { Contract = contract.Value, Keys = keys.Value, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Mint(Guid id, Filled form, FollowUpApi api, Visitor visitor, CancellationToken cancel)
    {
        var count = int.TryParse(Typed.Amount(form.Text("count")), out var wanted) ? wanted : 0;
        var answer = await api.Mint(id, count, form.Key, cancel);
        return answer.Problem is { } no
            ? await Show(id, form.With(no), api, visitor, cancel)
            : Page.Done($"/utfallskontrakt/{id}/deltagare", "keys-minted");
    }
}
