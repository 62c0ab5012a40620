using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Partnerships;
using Iop.Web.Problems;

namespace Iop.Web.FollowUp;

/// <summary>Follow-up of a partnership: its indicators, this period's report, and what has been reported.</summary>
internal static class FollowUpPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/samverkan/{id:guid}/uppfoljning", Show);
        app.MapGet("/samverkan/{id:guid}/uppfoljning/ny", (Guid id, Guid plan) =>
            Page.Of<NewIndicator>(new { PartnershipId = id, PlanId = plan }));
        app.MapPost("/samverkan/{id:guid}/uppfoljning/ny", Follow);
        app.MapGet("/samverkan/{id:guid}/uppfoljning/{indicator:guid}",
            (Guid id, Guid indicator, FollowUpApi api, Visitor visitor, CancellationToken cancel) =>
            ReportForm(id, indicator, null, api, visitor, cancel));
        app.MapPost("/samverkan/{id:guid}/uppfoljning/{indicator:guid}", Report);
    }

    private static async Task<IResult> Show(
        Guid id, FollowUpApi api, DeviationsApi deviations, MeetingsApi meetings, PartnershipsApi partnerships,
        Visitor visitor, CancellationToken cancel)
    {
        var partnership = await partnerships.Show(id, cancel);
        if (partnership.Problem is { } no) return no.AsPage(visitor);
        var plans = await api.Plans(id, cancel);
        if (plans.Problem is { } neither) return neither.AsPage(visitor);
        var whole = new List<Plan>();
        var undecided = new List<Deviation>();
        var (next, open) = (new List<MeetingInList>(), new Dictionary<Guid, IReadOnlyList<OpenAction>>());
        foreach (var plan in plans.Value!.Items)
        {
            if ((await api.Plan(plan.Id, cancel)).Value is { } one) whole.Add(one);
            undecided.AddRange((await deviations.Undecided(plan.Id, cancel)).Value?.Items ?? []);
            next.AddRange((await meetings.Next(plan.Id, cancel)).Value?.Items ?? []);
            open[plan.Id] = (await meetings.OpenActions(plan.Id, cancel)).Value?.Items ?? [];
        }
        return Page.Of<FollowUpOverview>(new
        {
            Partnership = partnership.Value, Plans = whole, Undecided = undecided,
            NextMeetings = next, OpenActions = open, Contracts = await Measured(id, api, cancel),
        });
    }

    /// <summary>What is measured for this partnership, with what has been reported.</summary>
    private static async Task<IReadOnlyList<MeasuredContract>> Measured(
        Guid partnership, FollowUpApi api, CancellationToken cancel)
    {
        var measured = new List<MeasuredContract>();
        var all = (await api.Contracts(cancel)).Value?.Items ?? [];
        foreach (var contract in all.Where(one => one.PartnershipId == partnership))
        {
            if ((await api.Contract(contract.Id, cancel)).Value is { } one) measured.Add(one);
        }
        return measured;
    }

    private static async Task<IResult> Follow(Guid id, Filled form, FollowUpApi api, CancellationToken cancel)
    {
        if (!Guid.TryParse(form.Text("plan"), out var plan)) return ErrorPages.NotFound();
        var answer = await api.Follow(plan, new
        {
            name = form.Text("name") ?? "", unit = form.Text("unit") ?? "", ratio = form.Text("ratio") == "true",
            every = form.Text("every"),
            baseline = Typed.Amount(form.Text("baseline")), target = Typed.Amount(form.Text("target")),
            source = form.Text("source"),
        }, form.Key, cancel);
        return answer.Problem is { } no
            ? Page.Of<NewIndicator>(new { PartnershipId = id, PlanId = plan, Form = form.With(no) }, no.Status)
            : Page.Done($"/samverkan/{id}/uppfoljning", "indicator-followed");
    }

    private static async Task<IResult> ReportForm(
        Guid id, Guid indicator, Filled? form, FollowUpApi api, Visitor visitor, CancellationToken cancel)
    {
        var known = await api.Indicator(indicator, cancel);
        return known.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<ReportIndicator>(
                new { PartnershipId = id, Indicator = known.Value, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Report(
        Guid id, Guid indicator, Filled form, FollowUpApi api, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.Report(indicator, new
        {
            periodKey = form.Text("periodKey") ?? "", value = Typed.Amount(form.Text("value")),
            numerator = Typed.Amount(form.Text("numerator")),
            denominator = Typed.Amount(form.Text("denominator")), comment = form.Text("comment"),
        }, form.Key, cancel);
        return answer.Problem is { } no
            ? await ReportForm(id, indicator, form.With(no), api, visitor, cancel)
            : Page.Done($"/samverkan/{id}/uppfoljning", "indicator-reported");
    }
}
