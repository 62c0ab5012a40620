using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Plans;

/// <summary>The plans below an agreement: adopted and changed by a body, held against the frame, compared.</summary>
internal static class PlanPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/plan", List);
        app.MapGet("/avtal/{id:guid}/plan/ny",
            (Guid id, AgreementsApi agreements, PlansApi api, Visitor visitor, CancellationToken cancel) =>
                Form(id, null, null, null, agreements, api, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/plan/ny",
            (Guid id, Filled form, AgreementsApi agreements, PlansApi api, Visitor visitor, CancellationToken cancel) =>
                Adopt(id, null, form, agreements, api, visitor, cancel));
        app.MapGet("/avtal/{id:guid}/plan/{planId:guid}", Show);
        app.MapGet("/avtal/{id:guid}/plan/{planId:guid}/skillnad", Compare);
        app.MapGet("/avtal/{id:guid}/plan/{planId:guid}/andra",
            (Guid id, Guid planId, AgreementsApi agreements, PlansApi api, Visitor visitor, CancellationToken cancel) =>
                Form(id, planId, null, null, agreements, api, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/plan/{planId:guid}/andra",
            (Guid id, Guid planId, Filled form, AgreementsApi agreements, PlansApi api, Visitor visitor,
                CancellationToken cancel) => Adopt(id, planId, form, agreements, api, visitor, cancel));
        app.MapGet("/samverkan/{id:guid}/strategisk-grupp", StrategicGroup);
    }

    private static async Task<IResult> List(
        Guid id, AgreementsApi agreements, PlansApi api, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var plans = await api.All(id, cancel);
        return plans.Problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<PlanList>(new { Agreement = agreement.Value, Plans = plans.Value!.Items });
    }

    private static async Task<IResult> Show(
        Guid id, Guid planId, int? version, AgreementsApi agreements, PlansApi api, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var plan = await api.Show(id, planId, version, cancel);
        return plan.Problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<PlanPage>(new { Agreement = agreement.Value, Plan = plan.Value });
    }

    private static async Task<IResult> Compare(
        Guid id, Guid planId, int? fran, int? till, AgreementsApi agreements, PlansApi api, Visitor visitor,
        CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var plan = await api.Show(id, planId, null, cancel);
        var difference = await api.Difference(id, planId, fran, till, cancel);
        return (plan.Problem ?? difference.Problem) is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<PlanDifferencePage>(
                new { Agreement = agreement.Value, Plan = plan.Value, Difference = difference.Value });
    }

    private static async Task<IResult> Form(
        Guid id, Guid? planId, Filled? form, PlanCheck? check, AgreementsApi agreements, PlansApi api, Visitor visitor,
        CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        Answer<Plan>? plan = planId is { } of ? await api.Show(id, of, null, cancel) : null;
        if (plan?.Problem is { } neither) return neither.AsPage(visitor);
        var bodies = await api.Bodies(agreement.Value!.PartnershipId, cancel);
        var all = await api.All(id, cancel);
        return Page.Of<PlanEditor>(
            new
            {
                Agreement = agreement.Value, Plan = plan?.Value, Bodies = BodiesOf(bodies.Value, id),
                Agreed = all.Value?.Activities ?? [], Form = form, Check = check,
            },
            form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Adopt(
        Guid id, Guid? planId, Filled form, AgreementsApi agreements, PlansApi api, Visitor visitor, CancellationToken cancel)
    {
        if (form.Text("do") == "check")
        {
            var check = await api.Check(id, PlanForm.Plan(form, adopts: false), cancel);
            return await Form(id, planId, check.Problem is { } wrong ? form.With(wrong) : form, check.Value, agreements, api,
                visitor, cancel);
        }
        var plan = PlanForm.Plan(form, adopts: true);
        var answer = planId is { } of
            ? await api.Change(id, of, plan, form.Tag, cancel)
            : await api.Adopt(id, plan, form.Key, cancel);
        if (answer.Problem is not { } no)
            return Page.Done($"/avtal/{id}/plan/{answer.Value!.Id}", planId is null ? "plan-adopted" : "plan-changed");
        var oversteps = no.Code == "plan.leaves-the-frame"
            ? await api.Check(id, PlanForm.Plan(form, adopts: false), cancel) : null;
        return await Form(id, planId, form.With(no), oversteps?.Value, agreements, api, visitor, cancel);
    }

    private static async Task<IResult> StrategicGroup(Guid id, PlansApi api, Visitor visitor, CancellationToken cancel)
    {
        var group = await api.StrategicGroup(id, cancel);
        return group.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<StrategicGroupPage>(new { Partnership = id, Group = group.Value });
    }

    /// <summary>The agreement's own bodies and those of the whole partnership.</summary>
    internal static IReadOnlyList<Body> BodiesOf(Listing<Body>? all, Guid agreement) =>
        [.. (all?.Items ?? []).Where(body => body.AgreementId is null || body.AgreementId == agreement)];
}
