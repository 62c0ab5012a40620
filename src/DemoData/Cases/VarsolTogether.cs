using System.Text.Json;
using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>The parties of Vårsol follow each other up in the spring of 2024: a group that was cancelled is raised as a
/// deviation, talked about at a meeting and decided on. The source tells of the groups; what happened, what was said and the
/// days are invented.</summary>
internal static class VarsolTogether
{
    private const string Title = "En samtalsgrupp ställdes in";
    private const string Topic = "Vårens uppföljning";
    private const string Service = "/follow-up/v1";
    private static readonly string[] Decisions = ["Planen behålls.", "Varje grupp får två ledare från hösten."];

    public static async Task Play(Story story, string partnership, CancellationToken cancel)
    {
        await Raise(story, partnership, cancel);
        await Meet(story, partnership, cancel);
    }

    private static async Task Raise(Story story, string partnership, CancellationToken cancel)
    {
        await story.Step("Vårsol: raise a deviation", "association-officer", Story.On(2024, 5, 13),
            (api, stop) => Fact(api, partnership, async plan => (await Deviation(api, plan, stop)) is null ? null : Title, stop),
            async (api, stop) => await api.Create($"{Service}/plans/{(await Plan(api, partnership, stop)).Id}/deviations", new
            {
                title = Title, happenedOn = new DateOnly(2024, 4, 22),
                whatHappened = "Gruppen för de yngsta barnen kom inte i gång. En samtalsledare blev sjuk och ingen kunde ersätta.",
            }, stop), cancel);
        await story.Step("Vårsol: note what was learnt", "officer", Story.On(2024, 5, 20),
            (api, stop) => Fact(api, partnership, async plan =>
                (await Deviation(api, plan, stop))?.GetProperty("lessons").GetArrayLength() > 0 ? "a lesson" : null, stop),
            async (api, stop) =>
            {
                var (path, tag) = await Seen(api, partnership, stop);
                await api.Act($"{path}/lessons", new
                {
                    text = "Varje grupp behöver två ledare. Barnhälsovården kan låna ut en när någon är borta.",
                }, tag, stop);
            }, cancel);
    }

    private static async Task Meet(Story story, string partnership, CancellationToken cancel)
    {
        await story.Step("Vårsol: call to a meeting", "officer", Story.On(2024, 5, 21),
            (api, stop) => Fact(api, partnership, async plan => (await Meeting(api, plan, stop)) is null ? null : Topic, stop),
            async (api, stop) => await api.Create($"{Service}/plans/{(await Plan(api, partnership, stop)).Id}/meetings", new
            {
                topic = Topic, agenda = "1. Halvårets siffror\n2. Gruppen som ställdes in\n3. Hösten",
                heldOn = new DateOnly(2024, 5, 27), startsAt = "09:00", place = "Vårsol samtalscenter",
            }, stop), cancel);
        await story.Step("Vårsol: write the minutes", "officer", Story.On(2024, 5, 27),
            (api, stop) => Fact(api, partnership, async plan =>
                (await Meeting(api, plan, stop))?.GetProperty("state").GetString() is "held" ? "held" : null, stop),
            async (api, stop) =>
            {
                var (path, tag) = await Called(api, partnership, stop);
                await api.Act($"{path}/minutes", new
                {
                    text = "Parterna gick igenom halvårets grupper och talade om gruppen som ställdes in.",
                    decisions = Decisions,
                }, tag, stop);
            }, cancel);
        await story.Step("Vårsol: decide on the deviation", "officer", Story.On(2024, 5, 27),
            (api, stop) => Fact(api, partnership, async plan =>
                (await Deviation(api, plan, stop))?.GetProperty("state").GetString() is "decided" ? "the plan is kept" : null,
                stop),
            async (api, stop) =>
            {
                var (path, tag) = await Seen(api, partnership, stop);
                await api.Act($"{path}/decision", new
                {
                    decision = "keep", reason = "Planen håller med två ledare i varje grupp. Gruppen börjar om efter sommaren.",
                }, tag, stop);
            }, cancel);
    }

    /// <summary>Whether it is so. What was not played while the agreement was in force is not played after it.</summary>
    private static async Task<string?> Fact(
        Api api, string partnership, Func<Reply, Task<string?>> look, CancellationToken cancel)
    {
        var plan = await Plan(api, partnership, cancel);
        return await look(plan) ?? (plan.Text("state") == "closed" ? "the agreement has ended" : null);
    }

    private static async Task<Reply> Plan(Api api, string partnership, CancellationToken cancel)
    {
        var id = await Looking.PartnershipId(api, partnership, cancel);
        var plans = await api.Get($"{Service}/plans?partnershipId={id}", cancel);
        return await api.Get($"{Service}/plans/{plans.Items().First().GetProperty("id").GetGuid()}", cancel);
    }

    private static async Task<JsonElement?> Deviation(Api api, Reply plan, CancellationToken cancel) =>
        Named((await api.Get($"{Service}/plans/{plan.Id}/deviations?limit=100", cancel)).Items(), "title", Title);

    private static async Task<JsonElement?> Meeting(Api api, Reply plan, CancellationToken cancel) =>
        Named((await api.Get($"{Service}/plans/{plan.Id}/meetings?limit=100", cancel)).Items(), "topic", Topic);

    private static async Task<(string Path, string? Tag)> Seen(Api api, string partnership, CancellationToken cancel) =>
        await One(api, "deviations", await Deviation(api, await Plan(api, partnership, cancel), cancel), cancel);

    private static async Task<(string Path, string? Tag)> Called(Api api, string partnership, CancellationToken cancel) =>
        await One(api, "meetings", await Meeting(api, await Plan(api, partnership, cancel), cancel), cancel);

    private static async Task<(string Path, string? Tag)> One(
        Api api, string kind, JsonElement? found, CancellationToken cancel)
    {
        var path = $"{Service}/{kind}/{found!.Value.GetProperty("id").GetGuid()}";
        return (path, (await api.Get(path, cancel)).Tag);
    }

    private static JsonElement? Named(IEnumerable<JsonElement> all, string property, string name)
    {
        foreach (var one in all)
        {
            if (one.GetProperty(property).GetString() == name) return one;
        }
        return null;
    }
}
