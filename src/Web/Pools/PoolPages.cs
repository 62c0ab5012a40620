using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Plans;
using Iop.Web.Problems;

namespace Iop.Web.Pools;

/// <summary>The shared pool: what is there, and one page for each thing done with it.</summary>
internal static class PoolPages
{
    /// <summary>What is done on a form of its own.</summary>
    private static readonly string[] Acts = ["ny", "sats", "kriterier", "avsattning", "insattning", "beslut", "utbetalning",
        "aterta", "ratta"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/pott", Show);
        app.MapGet("/avtal/{id:guid}/pott/{act}",
            (Guid id, string act, Guid? vad, AgreementsApi agreements, PlansApi plans, PoolsApi api, Visitor visitor,
                CancellationToken cancel) => Form(id, act, vad, null, agreements, plans, api, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/pott/{act}", Do);
    }

    private static async Task<IResult> Show(
        Guid id, string? dag, AgreementsApi agreements, PoolsApi api, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var pool = await api.Show(id, string.IsNullOrEmpty(dag) ? null : dag, cancel);
        return pool.Problem is { IsMissing: false } neither
            ? neither.AsPage(visitor)
            : Page.Of<PoolPage>(new { Agreement = agreement.Value, Pool = pool.Value });
    }

    private static async Task<IResult> Form(
        Guid id, string act, Guid? subject, Filled? form, AgreementsApi agreements, PlansApi plans, PoolsApi api,
        Visitor visitor, CancellationToken cancel)
    {
        if (!Acts.Contains(act, StringComparer.Ordinal)) return Results.NotFound();
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var pool = await api.Show(id, null, cancel);
        if (pool.Problem is { } neither && !(act == "ny" && neither.IsMissing)) return neither.AsPage(visitor);
        var bodies = await plans.Bodies(agreement.Value!.PartnershipId, cancel);
        return Page.Of<PoolActPage>(
            new
            {
                Agreement = agreement.Value, Pool = pool.Value, Act = act, Subject = subject, Form = form,
                Bodies = PlanPages.BodiesOf(bodies.Value, id),
            },
            form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Do(
        Guid id, string act, Guid? vad, Filled form, AgreementsApi agreements, PlansApi plans, PoolsApi api, Visitor visitor,
        CancellationToken cancel)
    {
        if (!Acts.Contains(act, StringComparer.Ordinal)) return Results.NotFound();
        var answer = await Send(id, act, vad, form, api, cancel);
        return answer.Problem is { } no
            ? await Form(id, act, vad, form.With(no), agreements, plans, api, visitor, cancel)
            : Page.Done($"/avtal/{id}/pott", $"pool-{act}");
    }

    private static Task<Answer<object>> Send(Guid id, string act, Guid? subject, Filled form, PoolsApi api,
        CancellationToken cancel)
    {
        var (party, amount, note) = (form.Text("partyId"), Typed.Amount(form.Text("amount")) ?? "", form.Text("note"));
        var decision = PlanForm.Decision(form);
        return act switch
        {
            "ny" => api.Add(
                id, "", new { title = form.Text("title") ?? "", holderPartyId = form.Text("holderPartyId"), decision }, form.Key,
                cancel),
            "sats" => api.Agree(
                id, "rates", new
                {
                    unit = form.Text("unit") ?? "", perUnit = Typed.Amount(form.Text("perUnit")) ?? "",
                    startsOn = form.Text("startsOn"), decision,
                }, form.Tag, cancel),
            "kriterier" => api.Agree(
                id, "criteria", new { criteria = (form.Text("criteria") ?? "").Split('\n',
                    StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), decision }, form.Tag, cancel),
            "avsattning" => api.Add(
                id, "/accruals", new
                {
                    partyId = party, unit = form.Text("unit") ?? "", quantity = Whole(form.Text("quantity")),
                    startsOn = form.Text("startsOn"), endsOn = form.Text("endsOn"), note,
                }, form.Key, cancel),
            "insattning" => api.Add(id, "/deposits", new { partyId = party, amount, note }, form.Key, cancel),
            "beslut" => api.Add(
                id, "/grants", new
                {
                    partyId = party, amount, purpose = form.Text("purpose")
                        ?? "", criterionIds = form.All("criterionIds"), decision,
                }, form.Key, cancel),
            "utbetalning" => api.Add(id, $"/grants/{subject}/payouts", new { amount, note }, form.Key, cancel),
            "aterta" => api.Agree(
                id, $"grants/{subject}/release", new { reason = form.Text("reason") ?? "", decision }, form.Tag, cancel),
            _ => api.Add(id, $"/entries/{subject}/reversal", new { reason = form.Text("reason") ?? "" }, form.Key, cancel),
        };
    }

    /// <summary>What is no whole number is sent as nought, for the service to refuse at its field.</summary>
    private static int Whole(string? text) => int.TryParse(
        string.Concat((text ?? "").Where(letter => !char.IsWhiteSpace(letter))), System.Globalization.NumberStyles.None,
        System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;
}
