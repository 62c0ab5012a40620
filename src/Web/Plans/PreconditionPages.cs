using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Plans;

/// <summary>What has shifted the ground: noted, given to a group, with transition terms and what it led to.</summary>
internal static class PreconditionPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/forutsattningar",
            (Guid id, AgreementsApi agreements, PlansApi api, Visitor visitor, CancellationToken cancel) =>
                Show(id, null, null, agreements, api, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/forutsattningar", Note);
        app.MapPost("/avtal/{id:guid}/forutsattningar/{which:guid}/{part}", Write);
    }

    private static async Task<IResult> Show(
        Guid id, Guid? which, Filled? form, AgreementsApi agreements, PlansApi api, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var all = await api.Preconditions(id, cancel);
        if (all.Problem is { } neither) return neither.AsPage(visitor);
        var bodies = await api.Bodies(agreement.Value!.PartnershipId, cancel);
        var plans = await api.All(id, cancel);
        return Page.Of<PreconditionPage>(
            new
            {
                Agreement = agreement.Value, Preconditions = all.Value!.Items, Which = which, Form = form,
                Bodies = PlanPages.BodiesOf(bodies.Value, id), Plans = plans.Value?.Items ?? [],
            },
            form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Note(
        Guid id, Filled form, AgreementsApi agreements, PlansApi api, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.Note(id, new
        {
            what = form.Text("what") ?? "", source = form.Text("source") ?? "", occursOn = form.Text("occursOn"),
            effect = form.Text("effect") ?? "",
        }, form.Key, cancel);
        return answer.Problem is { } no
            ? await Show(id, null, form.With(no), agreements, api, visitor, cancel)
            : Page.Done($"/avtal/{id}/forutsattningar", "precondition-noted");
    }

    private static async Task<IResult> Write(
        Guid id, Guid which, string part, Filled form, AgreementsApi agreements, PlansApi api, Visitor visitor,
        CancellationToken cancel)
    {
        var answer = part switch
        {
            "grupp" =>
                await api.Write(HttpMethod.Put, id, which, "group", new { bodyId = form.Text("bodyId") }, form.Tag, cancel),
            "overgang" => await api.Write(
                HttpMethod.Put, id, which, "transition-terms", new { terms = Terms(form) }, form.Tag, cancel),
            _ => await api.Write(HttpMethod.Post, id, which, "outcomes", Outcome(form), form.Tag, cancel),
        };
        return answer.Problem is { } no
            ? await Show(id, which, form.With(no), agreements, api, visitor, cancel)
            : Page.Done($"/avtal/{id}/forutsattningar", "precondition-changed");
    }

    private static List<object> Terms(Filled form) =>
    [
        .. Enumerable.Range(0, form.All("partyId").Count).Where(at => form.Text($"terms[{at}].terms") is not null)
        .Select(at => new
        {
            partyId = form.All("partyId")[at], terms = form.Text($"terms[{at}].terms"),
            startsOn = form.Text($"terms[{at}].startsOn"), endsOn = form.Text($"terms[{at}].endsOn"),
        }),
    ];

    /// <summary>A plan is chosen with its version, as plan/number.</summary>
    private static object Outcome(Filled form)
    {
        var plan = form.Text("plan")?.Split('/');
        return new
        {
            kind = plan is null ? "no-change" : "plan-change", subjectId = plan?[0], note = form.Text("note"),
            planVersion = plan is null
                ? (int?)null : int.Parse(plan[1], System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
