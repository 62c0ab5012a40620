using Iop.Web.Parts;

namespace Iop.Web.Plans;

/// <summary>What is typed in a form about a plan or a decision, as it is sent.</summary>
internal static class PlanForm
{
    /// <summary>Rows the form shows beside those that are filled.</summary>
    public const int Blank = 3;

    private const int ItemsMax = 200;

    public static object Decision(Filled form) => new
    {
        bodyId = form.Text("decision.bodyId"), meetingOn = form.Text("decision.meetingOn"),
        paragraph = form.Text("decision.paragraph"), tookPart = form.All("decision.tookPart"),
    };

    public static object Plan(Filled form, bool adopts) => new
    {
        title = form.Text("title") ?? "", startsOn = form.Text("startsOn"), endsOn = form.Text("endsOn"),
        reason = form.Text("reason"), knowsItLeavesTheFrame = form.Text("knows") is not null,
        decision = adopts ? Decision(form) : null,
        items = Rows(form).Select(at => new
        {
            id = form.Text($"items[{at}].id"), what = form.Text($"items[{at}].what") ?? "",
            partyIds = form.All($"items[{at}].partyIds"), others = form.Text($"items[{at}].others"),
            activityId = form.Text($"items[{at}].activityId"), startsOn = form.Text($"items[{at}].startsOn"),
            endsOn = form.Text($"items[{at}].endsOn"), target = form.Text($"items[{at}].target"),
            cost = Typed.Amount(form.Text($"items[{at}].cost")),
        }).ToList(),
    };

    /// <summary>The rows in which something stands; an emptied one is taken out of the plan.</summary>
    public static IReadOnlyList<int> Rows(Filled form) =>
        [.. Enumerable.Range(0, ItemsMax).Where(at => form.Text($"items[{at}].what") is not null)];
}
