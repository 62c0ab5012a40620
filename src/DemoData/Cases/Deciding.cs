using System.Globalization;
using System.Text.Json;
using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>A case's agreement in force, lived with: its bodies meet and decide, its people write down what follows.</summary>
/// <param name="Officer">Who writes for the parties.</param>
internal sealed record Deciding(Story Story, string Partnership, string? Agreement, string Officer)
{
    public async Task<string> Root(Api api, CancellationToken cancel) =>
        $"/agreements/v1/agreements/{await Looking.AgreementId(api, Partnership, Agreement, cancel)}";

    public Task<Reply> View(Api api, CancellationToken cancel) => Looking.Agreement(api, Partnership, Agreement, cancel);

    public async Task<Guid> Party(Api api, Organisation organisation, CancellationToken cancel) =>
        Looking.Party(await Looking.PartnershipView(api, Partnership, cancel), organisation)!.Value.GetProperty("id").GetGuid();

    public async Task<JsonElement?> Body(Api api, string name, CancellationToken cancel) => Looking.First(
        (await api.Get($"/agreements/v1/partnerships/{await Looking.PartnershipId(api, Partnership, cancel)}/bodies", cancel))
            .Items(), one => one.GetProperty("name").GetString() == name);

    /// <summary>Says in the partnership itself what the source does not give: whoever reads the demonstration must not take it
    /// for what was.</summary>
    public Task Mark(DateTimeOffset begun, string invented, CancellationToken cancel) => Step("what is invented is said", null,
        async (api, stop) => Looking.First(
            (await api.Get($"/agreements/v1/partnerships/{await Looking.PartnershipId(api, Partnership, stop)}/dialogue?limit=100",
                stop)).Items(),
            one => one.GetProperty("said").GetString()!.StartsWith(Invented, StringComparison.Ordinal)) is null ? null : "noted",
        async (api, stop) => await api.Create(
            $"/agreements/v1/partnerships/{await Looking.PartnershipId(api, Partnership, stop)}/dialogue", new
            {
                kind = "note",
                heldOn = DateOnly.FromDateTime(begun.Date),
                participants = "Demonstrationen",
                said = Invented + invented,
            }, stop), cancel);

    private const string Invented = "Påhittat i den här demonstrationen: ";

    /// <summary>What a body decided, all parties being there.</summary>
    public async Task<object> Decision(Api api, string body, DateOnly on, string paragraph, CancellationToken cancel) => new
    {
        bodyId = (await Body(api, body, cancel))!.Value.GetProperty("id").GetGuid(),
        meetingOn = on,
        tookPart = (await View(api, cancel)).Items("parties").Select(party => party.GetProperty("id").GetGuid()).ToList(),
        paragraph,
    };

    /// <summary>A step of the officer's: does it unless the page shows it already.</summary>
    public Task Step(
        string title, DateTimeOffset? on, Func<Api, CancellationToken, Task<string?>> fact,
        Func<Api, CancellationToken, Task> act, CancellationToken cancel) =>
        Story.Step($"{Partnership}: {title}", Officer, on, fact, act, cancel);

    public Task Form(string kind, string name, string mandate, bool agreed, DateTimeOffset? on, CancellationToken cancel) =>
        Step($"form «{name}»", on,
            async (api, stop) => await Body(api, name, stop) is null ? null : kind,
            async (api, stop) => await api.Create(
                $"/agreements/v1/partnerships/{await Looking.PartnershipId(api, Partnership, stop)}/bodies", new
                {
                    kind,
                    name,
                    mandate,
                    agreementId = agreed ? await Looking.AgreementId(api, Partnership, Agreement, stop) : null,
                    rhythm = agreed ? new { everyWeeks = 4, forMonths = 6, thenEveryWeeks = 8 } : null,
                }, stop), cancel);

    /// <summary>A plan for a year, adopted by a body without anybody signing.</summary>
    public Task Adopt(
        int year, string body, DateTimeOffset on, IReadOnlyList<string> what, CancellationToken cancel) =>
        Step($"{body} adopts the plan for {year}", on,
            async (api, stop) => Looking.First((await api.Get($"{await Root(api, stop)}/plans", stop)).Items(),
                one => one.GetProperty("title").GetString() == $"Insatsplan {year}") is null
                    ? null : $"{what.Count} interventions",
            async (api, stop) => await api.Create($"{await Root(api, stop)}/plans", new
            {
                title = $"Insatsplan {year}",
                startsOn = await FirstDay(api, year, stop),
                endsOn = new DateOnly(year, 12, 31),
                items = what.Select(one => new { what = one }).ToList(),
                reason = "Årets plan, efter samtal om det som gick bra och inte.",
                decision = await Decision(api, body, DateOnly.FromDateTime(on.Date), "4", stop),
            }, stop), cancel);

    /// <summary>Of the year, or the agreement's when that comes later.</summary>
    private async Task<DateOnly> FirstDay(Api api, int year, CancellationToken cancel)
    {
        var starts = DateOnly.Parse((await View(api, cancel)).Text("startsOn"), CultureInfo.InvariantCulture);
        return starts.Year == year ? starts : new DateOnly(year, 1, 1);
    }
}
