using System.Globalization;
using System.Text.Json;
using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>The state's compensation changes on 2017-07-01: SEK 1,900 a day becomes 1,350 (under 18) or 750 (18–21). A
/// negotiation group works, the steering group adjusts the agreement early in 2017, and transition terms soften it. The days of
/// the meetings are those of the follow-up study's list of minutes; which of them decided is invented.</summary>
internal static class UnaccompaniedChange
{
    private static readonly string[] SteeringMet =
        ["2016-10-19", "2016-12-01", "2017-01-25", "2017-02-21", "2017-03-27", "2017-04-26", "2017-05-17"];

    private static readonly string[] CooperationMet =
    [
        "2016-09-23", "2016-10-11", "2016-11-04", "2016-12-12", "2017-02-03", "2017-03-09", "2017-03-30", "2017-05-02",
        "2017-05-23",
    ];

    public static async Task Play(Deciding the, string steering, string cooperation, CancellationToken cancel)
    {
        await the.Step("the state's compensation will change", Story.On(2016, 12, 5),
            async (api, stop) => await Noted(the, api, stop) is null ? null : "from 2017-07-01",
            (api, stop) => Note(the, api, stop), cancel);
        await the.Form("temporary", "Förhandlingsgrupp", "Tar fram vad som behöver ändras och övergångsvillkor.", agreed: false,
            Story.On(2016, 12, 6), cancel);
        await the.Step("the steering group adjusts the agreement", Story.On(2017, 1, 26),
            async (api, stop) => await Adjustment(the, api, stop) is null ? null : "version 4, nobody signs anew",
            (api, stop) => Adjust(the, steering, api, stop), cancel);
        await the.Step("transition terms are agreed", Story.On(2017, 1, 27),
            async (api, stop) => (await Noted(the, api, stop))!.Value.GetProperty("transitionTerms").GetArrayLength() > 0
                ? "two parties" : null,
            (api, stop) => Soften(the, api, stop), cancel);
        await the.Step("what it led to is written down", null,
            async (api, stop) => (await Noted(the, api, stop))!.Value.GetProperty("outcomes").GetArrayLength() > 0
                ? "an adjustment" : null,
            async (api, stop) => await Act(the, api, HttpMethod.Post, "outcomes", new
            {
                kind = "adjustment",
                subjectId = (await Adjustment(the, api, stop))!.Value.GetProperty("id").GetGuid(),
            }, stop), cancel);
        await the.Step($"minutes of {SteeringMet.Length} and {CooperationMet.Length} meetings", Story.On(2017, 6, 1),
            async (api, stop) => (await Minutes(the, api, stop)).Count >= SteeringMet.Length + CooperationMet.Length
                ? "kept" : null,
            async (api, stop) =>
            {
                foreach (var day in SteeringMet) await Keep(the, steering, day, api, stop);
                foreach (var day in CooperationMet) await Keep(the, cooperation, day, api, stop);
            }, cancel);
    }

    private static async Task Note(Deciding the, Api api, CancellationToken cancel) =>
        await api.Create($"{await the.Root(api, cancel)}/preconditions", new
        {
            what = "Statens ersättning för ensamkommande barn och unga ändras",
            source = "Regeringens beslut om nytt ersättningssystem",
            occursOn = new DateOnly(2017, 7, 1),
            effect = "1 900 kronor per dygn blir 1 350 (under 18 år) eller 750 (18–21 år). Boendena får hälften att arbeta med.",
        }, cancel);

    private static async Task Adjust(Deciding the, string steering, Api api, CancellationToken cancel)
    {
        var agreement = await the.View(api, cancel);
        await api.Act($"{await the.Root(api, cancel)}/adjustment", new
        {
            reason = "Ersättningen från staten ändras den 1 juli 2017.",
            effectiveOn = new DateOnly(2017, 2, 1),
            decision = new { body = steering, decidedOn = new DateOnly(2017, 1, 25), paragraph = "3" },
            sections = new[]
            {
                new
                {
                    key = "interventions",
                    text = "Fler platser blir stödboende. Mervärdesinsatserna – fritid, läxhjälp, mentorer och psykosocialt stöd – finns kvar och samordnas mer.",
                },
            },
        }, agreement.Tag, cancel);
    }

    private static async Task Soften(Deciding the, Api api, CancellationToken cancel) => await Act(the, api, HttpMethod.Put,
        "transition-terms", new
        {
            terms = new[]
            {
                new
                {
                    partyId = await the.Party(api, Gothenburg.City, cancel),
                    terms = "Staden betalar den tidigare ersättningen under en övergångstid.",
                    startsOn = new DateOnly(2017, 7, 1), endsOn = new DateOnly(2017, 12, 31),
                },
                new
                {
                    partyId = await the.Party(api, Gothenburg.Raddningsmissionen.Organisation, cancel),
                    terms = "De idéburna sänker sina ambitioner i takt med ersättningen.",
                    startsOn = new DateOnly(2017, 7, 1), endsOn = new DateOnly(2017, 12, 31),
                },
            },
        }, cancel);

    private static async Task Keep(Deciding the, string body, string day, Api api, CancellationToken cancel)
    {
        var heldOn = DateOnly.Parse(day, CultureInfo.InvariantCulture);
        await api.Create(await Dialogue(the, api, cancel), new
        {
            kind = "meeting",
            heldOn,
            participants = $"{body}, alla parter",
            said = $"{body}s möte den {heldOn:yyyy-MM-dd}. Minnesanteckningarna finns hos parterna (demonstration).",
        }, cancel);
    }

    private static async Task<string> Dialogue(Deciding the, Api api, CancellationToken cancel) =>
        $"/agreements/v1/partnerships/{await Looking.PartnershipId(api, the.Partnership, cancel)}/dialogue";

    private static async Task<List<JsonElement>> Minutes(Deciding the, Api api, CancellationToken cancel) =>
        [.. (await api.Get($"{await Dialogue(the, api, cancel)}?limit=100", cancel)).Items()
            .Where(one => one.GetProperty("kind").GetString() == "meeting")];

    private static async Task<JsonElement?> Adjustment(Deciding the, Api api, CancellationToken cancel) => Looking.First(
        (await api.Get($"{await the.Root(api, cancel)}/life", cancel)).Items("changes"),
        change => change.GetProperty("kind").GetString() == "adjustment");

    private static async Task<JsonElement?> Noted(Deciding the, Api api, CancellationToken cancel) =>
        Looking.First((await api.Get($"{await the.Root(api, cancel)}/preconditions", cancel)).Items(), _ => true);

    private static async Task Act(
        Deciding the, Api api, HttpMethod method, string what, object body, CancellationToken cancel)
    {
        var noted = (await Noted(the, api, cancel))!.Value;
        var path = $"{await the.Root(api, cancel)}/preconditions/{noted.GetProperty("id").GetGuid()}/{what}";
        var tag = noted.GetProperty("preconditionTag").GetString();
        _ = method == HttpMethod.Put ? await api.Put(path, body, tag, cancel) : await api.Act(path, body, tag, cancel);
    }
}
