using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>An agreement in force is changed: opened again, assessed again, signed by all; the old version holds
/// meanwhile.</summary>
/// <param name="Number">Which version it becomes.</param>
/// <param name="What">As the report names it.</param>
internal sealed record Renegotiating(Deciding The, int Number, string What)
{
    public Task Begin(string act, Func<Api, CancellationToken, Task<object>> body, DateTimeOffset on, CancellationToken cancel) =>
        The.Step($"{What}: the text is opened again", on,
            async (api, stop) => await Is(api, stop, "draft", "assessment", "open-for-signature", "signed") ? "begun" : null,
            async (api, stop) =>
            {
                var agreement = await The.View(api, stop);
                await api.Act($"{await The.Root(api, stop)}/{act}", await body(api, stop), agreement.Tag, stop);
            }, cancel);

    /// <summary>The lawyer looks at every earlier answer again and approves; the officer opens; all sign, each for
    /// oneself.</summary>
    public async Task SignAnew(string lawyer, IReadOnlyList<string> signatories, DateTimeOffset on, CancellationToken cancel)
    {
        await The.Story.Step($"{The.Partnership}: {What}: look at the earlier answers again", lawyer, on,
            async (api, stop) => await Is(api, stop, "open-for-signature", "signed")
                || (await Looking.Assessment(api, The.Partnership, The.Agreement, stop)).Text("state") == "approved"
                    ? "approved" : null, LookAgain, cancel);
        await The.Step($"{What}: open for signature", on.AddDays(1),
            async (api, stop) => await Is(api, stop, "open-for-signature", "signed") ? "opened" : null,
            async (api, stop) =>
            {
                var agreement = await The.View(api, stop);
                await api.Act($"{await The.Root(api, stop)}/opening", new { }, agreement.Tag, stop);
            }, cancel);
        await The.Step($"{What}: all {signatories.Count} sign", on.AddDays(3),
            async (api, stop) => await Is(api, stop, "signed") ? "signed" : null,
            async (_, stop) =>
            {
                foreach (var who in signatories) await Sign(The.Story.Cast.Api(who), on, stop);
            }, cancel);
    }

    /// <summary>Its day comes.</summary>
    public Task TakeOver(DateTimeOffset on, CancellationToken cancel) =>
        The.Step($"{What}: takes over", on,
            async (api, stop) => await Is(api, stop) ? $"version {Number} in force" : null,
            (_, _) => Task.CompletedTask, cancel);

    /// <summary>Whether the change has come to one of these, or is over.</summary>
    private async Task<bool> Is(Api api, CancellationToken cancel, params string[] working)
    {
        var agreement = await The.View(api, cancel);
        var (versions, now) = (agreement.Items("versions").Count(), agreement.Text("working"));
        return versions > Number || versions == Number && now == "none"
            || versions >= Number - 1 && working.Contains(now) && !(versions == Number - 1 && now == "signed");
    }

    private async Task LookAgain(Api api, CancellationToken cancel)
    {
        var root = await The.Root(api, cancel);
        foreach (var question in (await api.Get($"{root}/assessment", cancel)).Items("questions"))
        {
            if (!question.GetProperty("carriedOver").GetBoolean()) continue;
            await api.Act($"{root}/assessment/answers/{question.GetProperty("id").GetString()}/confirmation", new { },
                question.GetProperty("answerTag").GetString(), cancel);
        }
        var assessed = await api.Get($"{root}/assessment", cancel);
        await api.Act($"{root}/assessment/approvals", new { }, assessed.Text("assessedHash"), cancel);
    }

    private async Task Sign(Api api, DateTimeOffset on, CancellationToken cancel)
    {
        var agreement = await The.View(api, cancel);
        await api.Act($"{await The.Root(api, cancel)}/signatures",
            new { mandate = new { basis = "board", decidedOn = DateOnly.FromDateTime(on.Date), paragraph = "9" } },
            agreement.Text("versionHash"), cancel);
    }
}
