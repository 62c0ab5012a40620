using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Partnerships;
using Iop.Web.Parts;
using Iop.Web.Plans;
using Iop.Web.Problems;

namespace Iop.Web.Closing;

/// <summary>Closing: the report, the exit plan, the settlement, and the search in earlier reports.</summary>
internal static class ClosingPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/avslut", Show);
        app.MapGet("/avtal/{id:guid}/avslut/{act}",
            (Guid id, string act, string? vad, AgreementsApi agreements, PartnershipsApi partnerships, PlansApi plans,
                ClosingApi api, Visitor visitor, CancellationToken cancel) =>
                Form(id, act, vad, null, agreements, partnerships, plans, api, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/avslut/{act}", Do);
        app.MapGet("/samverkan/slutrapporter", Find);
    }

    private static async Task<IResult> Show(
        Guid id, AgreementsApi agreements, ClosingApi api, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var closing = await api.Show(id, cancel);
        return closing.Problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<ClosingPage>(new { Agreement = agreement.Value, Closing = closing.Value });
    }

    private static async Task<IResult> Form(
        Guid id, string act, string? subject, Filled? form, AgreementsApi agreements, PartnershipsApi partnerships,
        PlansApi plans, ClosingApi api, Visitor visitor, CancellationToken cancel)
    {
        if (act is not ("rapport" or "uttrade" or "avrakning")) return Results.NotFound();
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var closing = await api.Show(id, cancel);
        if (closing.Problem is { } neither) return neither.AsPage(visitor);
        var partnership = await partnerships.Show(agreement.Value!.PartnershipId, cancel);
        var bodies = await plans.Bodies(agreement.Value.PartnershipId, cancel);
        return Page.Of<ClosingActPage>(
            new
            {
                Agreement = agreement.Value, Closing = closing.Value, Act = act, Subject = subject, Form = form,
                Successors = (partnership.Value?.Agreements ?? []).Where(other => other.Id != id).ToList(),
                Bodies = PlanPages.BodiesOf(bodies.Value, id),
            },
            form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Do(
        Guid id, string act, string? vad, Filled form, AgreementsApi agreements, PartnershipsApi partnerships, PlansApi plans,
        ClosingApi api, Visitor visitor, CancellationToken cancel)
    {
        var answer = act switch
        {
            "rapport" => await api.Write(id, Report(form), form.Tag, cancel),
            "uttrade" => form.Text("stepId") is { } step
                ? await api.ChangeExit(id, step, Exit(form), form.Tag, cancel)
                : await api.PlanExit(id, Exit(form), form.Key, cancel),
            _ => await api.Settle(id, Settlement(form), form.Key, cancel),
        };
        return answer.Problem is { } no
            ? await Form(id, act, vad, form.With(no), agreements, partnerships, plans, api, visitor, cancel)
            : Page.Done($"/avtal/{id}/avslut", $"closing-{act}");
    }

    private static async Task<IResult> Find(string? sok, ClosingApi api, Visitor visitor, CancellationToken cancel)
    {
        var found = await api.Find(string.IsNullOrWhiteSpace(sok) ? null : sok, cancel);
        return found.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<ReportsFound>(new { Words = sok, Reports = found.Value!.Items });
    }

    private static object Report(Filled form) => new
    {
        worked = form.Text("worked"), didNotWork = form.Text("didNotWork"), why = form.Text("why"),
        structuralChanges = form.Text("structuralChanges"), nextProcess = form.Text("nextProcess"),
        successorId = form.Text("successorId"),
    };

    private static object Exit(Filled form) => new
    {
        activity = form.Text("activity"), activityId = form.Text("activityId"), takesOver = form.Text("takesOver"),
        handsOverOn = form.Text("handsOverOn"), people = form.Text("people"),
    };

    /// <summary>A line for each party and source; an empty amount is no share.</summary>
    private static object Settlement(Filled form) => new
    {
        surplus = Typed.Amount(form.Text("surplus")) ?? "0.00",
        decision = PlanForm.Decision(form),
        shares = form.Names.Where(name => name.StartsWith("share/", StringComparison.Ordinal) && form.Text(name) is not null)
            .Select(name => name.Split('/')).Select(parts => new
            {
                partyId = parts[2], from = parts[1], how = form.Text($"how/{parts[1]}/{parts[2]}") ?? "reinvested",
                amount = Typed.Amount(form.Text($"share/{parts[1]}/{parts[2]}")) ?? "",
            }).ToList(),
    };
}
