using Iop.Web.Frame;
using Iop.Web.Gateway;
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
        var measured = await Measured(id, api, cancel);
        if (measured.Problem is { } unmeasured) return unmeasured.AsPage(visitor);
        var rooms = new List<PlanInOverview>();
        foreach (var line in plans.Value!.Items)
        {
            // Of an agreement that has ended nothing waits for a decision any more.
            var waiting = line.State == "open" ? deviations.Undecided(line.Id, cancel) : null;
            var (plan, next, open) = (api.Plan(line.Id, cancel), meetings.Next(line.Id, cancel),
                meetings.OpenActions(line.Id, cancel));
            await Task.WhenAll([plan, next, open, .. waiting is null ? (Task[])[] : [waiting]]);
            var undecided = waiting is null ? null : await waiting;
            if (((await plan).Problem ?? (await next).Problem ?? (await open).Problem ?? undecided?.Problem) is { } trouble)
                return trouble.AsPage(visitor);
            rooms.Add(new PlanInOverview((await plan).Value!, undecided?.Value?.Items ?? [],
                (await next).Value!.Items is [var first, ..] ? first : null, (await open).Value!.Items));
        }
        return Page.Of<FollowUpOverview>(new
        {
            Partnership = partnership.Value, Plans = rooms, Contracts = measured.All,
        });
    }

    /// <summary>What is measured for this partnership, with what has been reported.</summary>
    private static async Task<(IReadOnlyList<MeasuredContract> All, Problem? Problem)> Measured(
        Guid partnership, FollowUpApi api, CancellationToken cancel)
    {
        var all = await api.Contracts(cancel);
        if (all.Problem is { } no) return ([], no);
        var measured = await Task.WhenAll(all.Value!.Items.Where(one => one.PartnershipId == partnership)
            .Select(one => api.Contract(one.Id, cancel)));
        return ([.. measured.Select(one => one.Value!)], measured.FirstOrDefault(one => !one.Ok)?.Problem);
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

/// <summary>A plan with what lies ahead in it.</summary>
/// <param name="Undecided">Deviations that wait for a decision.</param>
/// <param name="NextMeeting">The next to be held, if there is one.</param>
/// <param name="OpenActions">What the parties have yet to do.</param>
public sealed record PlanInOverview(
    Plan Plan, IReadOnlyList<Deviation> Undecided, MeetingInList? NextMeeting, IReadOnlyList<OpenAction> OpenActions);
