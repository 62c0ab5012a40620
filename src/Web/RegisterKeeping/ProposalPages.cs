using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Iop.Web.Register;

namespace Iop.Web.RegisterKeeping;

/// <summary>What may be the same partnership twice, or one renewed: seen side by side and decided.</summary>
internal static class ProposalPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/register/forslag", Show);
        app.MapPost("/register/forslag", Look);
        app.MapPost("/register/forslag/{id:guid}", Decide);
    }

    private static async Task<IResult> Show(
        string? lage, int? page, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        if (!visitor.SignedIn) return Results.Redirect("/session/start?returnUrl=" + Uri.EscapeDataString(visitor.Here));
        var (state, number) = (lage ?? "waiting", Math.Clamp(page ?? 1, 1, EntryQuery.PageMax));
        var proposals = await register.Proposals(state, number, cancel);
        return proposals.Problem is { } no ? no.AsPage(visitor) : Page.Of<ProposalList>(new
        {
            Proposals = proposals.Value!.Items, Total = proposals.Value.Total ?? 0, State = state, Page = number,
        });
    }

    private static async Task<IResult> Look(
        Filled form, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        var answer = await register.LookForLikenesses(form.Key, cancel);
        return answer.Problem is { } no ? no.AsPage(visitor) : Page.Done("/register/forslag", "proposals-found");
    }

    private static async Task<IResult> Decide(
        Guid id, Filled form, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        var decision = form.Text("decision") ?? "";
        var answer = decision == "undo"
            ? await register.UndoProposal(id, form.Tag, cancel)
            : await register.DecideProposal(id, new
            {
                decision = decision.Split(':')[0],
                keepId = decision.Split(':') is [_, var keep] && Guid.TryParse(keep, out var kept) ? kept : (Guid?)null,
            }, form.Tag, cancel);
        return answer.Problem is { } no ? no.AsPage(visitor) : Page.Done("/register/forslag", "proposal-decided");
    }
}
