using System.Text.Json;
using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>What a case says of its partnership: taken from the sources; what they do not give is invented and marked
/// so.</summary>
internal sealed record PartnershipCase
{
    public required string Title { get; init; }
    public required string Challenge { get; init; }
    public required Organisation Public { get; init; }
    public required Organisation IdeaDriven { get; init; }
    public required int IdeaDrivenSignatures { get; init; }
    public required DateOnly Starts { get; init; }
    public required DateOnly Ends { get; init; }
    public required DateTimeOffset TalksBegin { get; init; }
    public required string Area { get; init; }
    public required string TargetAge { get; init; }
    public required string Officer { get; init; }
    public required string Lawyer { get; init; }
    public required string Signatory { get; init; }
    public required IReadOnlyList<string> AssociationSignatories { get; init; }
    public required IReadOnlyDictionary<string, string> Sections { get; init; }
    public required IReadOnlyList<ContributionCase> Contributions { get; init; }
}

/// <summary>A contribution of a side.</summary>
internal sealed record ContributionCase(
    bool ByPublic, string Kind, string Description, string? KronorPerYear, int? HoursPerYear, string FundingSource);

/// <summary>A partnership's way from the first talk to the public register.</summary>
internal static class Agreeing
{
    public static async Task<Guid> Play(Story story, PartnershipCase the, CancellationToken cancel)
    {
        await Start(story, the, cancel);
        await Draft(story, the, cancel);
        await Assess(story, the, cancel);
        await Sign(story, the, cancel);
        return await TakeEffect(story, the, cancel);
    }

    private static async Task Start(Story story, PartnershipCase the, CancellationToken cancel)
    {
        await story.Step($"{the.Title}: begin the partnership", the.Officer, the.TalksBegin,
            async (api, stop) => await Partnership(api, the, stop) is { } found ? found.GetProperty("state").GetString() : null,
            (api, stop) => api.Create("/agreements/v1/partnerships", new { title = the.Title, challenge = the.Challenge }, stop),
                cancel);
        await story.Step($"{the.Title}: invite {the.IdeaDriven.Name}", the.Officer, the.TalksBegin.AddDays(1),
            async (api, stop) => Looking.Party(await PartnershipView(api, the, stop), the.IdeaDriven) is null
                ? null : $"{the.IdeaDriven.Name} is a party",
            async (api, stop) =>
                await api.Create($"/agreements/v1/partnerships/{await PartnershipId(api, the, stop)}/parties", new
            {
                organisationId = await Organisations.Id(api, the.IdeaDriven, stop),
                requiredSignatures = the.IdeaDrivenSignatures,
            }, stop), cancel);
        await story.Step($"{the.Title}: begin the agreement", the.Officer, the.TalksBegin.AddDays(14),
            async (api, stop) => await AgreementId(api, the, stop) is null ? null : $"{the.Starts} – {the.Ends}",
            async (api, stop) =>
                await api.Create($"/agreements/v1/partnerships/{await PartnershipId(api, the, stop)}/agreements", new
            {
                title = the.Title,
                startsOn = the.Starts,
                endsOn = the.Ends,
                autoRenews = false,
                noticeMonths = 6,
                area = the.Area,
                targetAge = the.TargetAge,
                municipalityCode = the.Public.MunicipalityCode,
                countyCode = the.Public.CountyCode,
            }, stop), cancel);
    }

    private static async Task Draft(Story story, PartnershipCase the, CancellationToken cancel)
    {
        foreach (var (key, text) in the.Sections)
        {
            // The two sides write together: the association its half of the sections, the public side the other.
            await story.Step($"{the.Title}: write «{key}»", the.Officer, the.TalksBegin.AddDays(30),
                async (api, stop) => Looking.SectionOf(await Agreement(api, the, stop), key) is { } section
                    && section.GetProperty("status").GetString() == "complete" ? "complete" : null,
                async (api, stop) =>
                    await api.Put($"/agreements/v1/agreements/{await AgreementId(api, the, stop)}/sections/{key}", new { text },
                        Looking.SectionOf(await Agreement(api, the, stop), key)!.Value.GetProperty("sectionTag")
                            .GetString(), stop), cancel);
        }
        foreach (var key in await Open(story, the, cancel))
        {
            await story.Step($"{the.Title}: «{key}» is not needed", the.Officer, null,
                async (api, stop) => Looking.SectionOf(await Agreement(api, the, stop), key)!.Value.GetProperty("status")
                    .GetString() == "not-needed" ? "not needed" : null,
                async (api, stop) =>
                    await api.Put($"/agreements/v1/agreements/{await AgreementId(api, the, stop)}/sections/{key}",
                    new { notNeededReason = "Parterna ser inget behov av en egen punkt om detta (demonstration)." },
                    Looking.SectionOf(await Agreement(api, the, stop), key)!.Value.GetProperty("sectionTag")
                        .GetString(), stop), cancel);
        }
        foreach (var contribution in the.Contributions)
        {
            await story.Step($"{the.Title}: contribution «{contribution.Description}»", the.Officer, null,
                async (api, stop) => (await Agreement(api, the, stop)).Items("contributions")
                    .Any(one => one.GetProperty("description").GetString() == contribution.Description)
                    ? contribution.KronorPerYear is { } kronor ? $"{kronor} kr a year" : "value not stated" : null,
                async (api, stop) =>
                {
                    var agreement = await Agreement(api, the, stop);
                    await api.Act($"/agreements/v1/agreements/{agreement.Id}/contributions", new
                    {
                        partyId = Looking.Party(agreement, contribution.ByPublic ? the.Public : the.IdeaDriven)!.Value
                            .GetProperty("id").GetGuid(),
                        kind = contribution.Kind,
                        description = contribution.Description,
                        kronorPerYear = contribution.KronorPerYear,
                        hoursPerYear = contribution.HoursPerYear,
                        fundingSource = contribution.FundingSource,
                    }, agreement.Tag, stop);
                }, cancel);
        }
    }

    private static async Task Assess(Story story, PartnershipCase the, CancellationToken cancel)
    {
        var asked = await Assessment(story.Cast.Api(the.Lawyer), the, cancel);
        foreach (var question in asked.Items("questions").Select(question => question.GetProperty("id").GetString()!).ToList())
        {
            var (answer, reason, clause) = LegalAnswers.For(question);
            await story.Step($"{the.Title}: answer «{question}»", the.Lawyer, the.TalksBegin.AddDays(60),
                async (api, stop) => Question(await Assessment(api, the, stop), question).TryGetProperty("answer", out var given)
                    && given.ValueKind is not JsonValueKind.Null ? given.ToString() : null,
                async (api, stop) =>
                    await api.Put($"/agreements/v1/agreements/{await AgreementId(api, the, stop)}/assessment/answers/{question}",
                    new { answer, reason, clause }, Question(await Assessment(api, the, stop), question).GetProperty("answerTag")
                        .GetString(), stop),
                cancel);
        }
        await story.Step($"{the.Title}: approve the legal assessment", the.Lawyer, the.TalksBegin.AddDays(62),
            async (api, stop) => (await Assessment(api, the, stop)).Text("state") == "approved" ? "approved" : null,
            async (api, stop) =>
                await api.Act($"/agreements/v1/agreements/{await AgreementId(api, the, stop)}/assessment/approvals", new { },
                (await Assessment(api, the, stop)).Text("assessedHash"), stop), cancel);
    }

    private static async Task Sign(Story story, PartnershipCase the, CancellationToken cancel)
    {
        await story.Step($"{the.Title}: open for signature", the.Officer, the.TalksBegin.AddDays(65),
            async (api, stop) => (await Agreement(api, the, stop)).Body.TryGetProperty("versionHash", out var hash)
                && hash.ValueKind is JsonValueKind.String ? $"version {hash.GetString()![..12]}…" : null,
            async (api, stop) =>
            {
                var agreement = await Agreement(api, the, stop);
                await api.Act($"/agreements/v1/agreements/{agreement.Id}/opening", new { }, agreement.Tag, stop);
            }, cancel);
        foreach (var (who, day) in the.AssociationSignatories.Prepend(the.Signatory).Select((who, day) => (who, day)))
        {
            await story.Step($"{the.Title}: sign for {(who == the.Signatory ? the.Public : the.IdeaDriven).Name}", who,
                the.TalksBegin.AddDays(70 + day),
                async (api, stop) => (await Agreement(api, the, stop)).Items("signatures")
                    .Any(one => one.GetProperty("personName").GetString() == story.Cast.NameOf(who)) ? "signed" : null,
                async (api, stop) =>
                    await api.Act($"/agreements/v1/agreements/{await AgreementId(api, the, stop)}/signatures", new
                {
                    mandate = new { basis = who == the.Signatory ? "delegation" : "board",
                        decidedOn = DateOnly.FromDateTime(the.TalksBegin.AddDays(68).Date), paragraph = "12" },
                }, (await Agreement(api, the, stop)).Text("versionHash"), stop), cancel);
        }
    }

    private static async Task<Guid> TakeEffect(Story story, PartnershipCase the, CancellationToken cancel)
    {
        var startsAt = new DateTimeOffset(the.Starts.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero).AddDays(1);
        await story.Step($"{the.Title}: the start date comes", the.Officer, startsAt,
            async (api, stop) => (await Agreement(api, the, stop)).Text("state") is "in-force" or "ended"
                ? "in force" : null, null, cancel);
        await story.Step($"{the.Title}: stands in the public register", null, null,
            async (api, stop) => await Looking.Entry(api, the.Title, stop) is { } entry
                ? $"{entry.GetProperty("status").GetString()}, {entry.GetProperty("startsOn").GetString()} – {entry.GetProperty("endsOn").GetString()}"
                : null, null, cancel);
        await story.Step($"{the.Title}: follow-up has begun", the.Officer, null,
            async (api, stop) =>
                (await api.Get($"/follow-up/v1/plans?partnershipId={await PartnershipId(api, the, stop)}", stop)).Items().Any()
                    ? "plan open" : null, null, cancel);
        return (await PartnershipId(story.Cast.Api(the.Officer), the, cancel))!.Value;
    }

    private static async Task<IReadOnlyList<string>> Open(Story story, PartnershipCase the, CancellationToken cancel) =>
        [.. (await Agreement(story.Cast.Api(the.Officer), the, cancel)).Items("sections")
            .Where(section => section.GetProperty("status").GetString() is "missing"
                or "not-needed" && !section.GetProperty("required").GetBoolean())
            .Select(section => section.GetProperty("key").GetString()!)];

    private static Task<JsonElement?> Partnership(Api api, PartnershipCase the, CancellationToken cancel) =>
        Looking.Partnership(api, the.Title, cancel);

    private static Task<Guid?> PartnershipId(Api api, PartnershipCase the, CancellationToken cancel) =>
        Looking.PartnershipId(api, the.Title, cancel);

    private static Task<Reply> PartnershipView(Api api, PartnershipCase the, CancellationToken cancel) =>
        Looking.PartnershipView(api, the.Title, cancel);

    private static Task<Guid?> AgreementId(Api api, PartnershipCase the, CancellationToken cancel) =>
        Looking.AgreementId(api, the.Title, null, cancel);

    private static Task<Reply> Agreement(Api api, PartnershipCase the, CancellationToken cancel) =>
        Looking.Agreement(api, the.Title, null, cancel);

    private static Task<Reply> Assessment(Api api, PartnershipCase the, CancellationToken cancel) =>
        Looking.Assessment(api, the.Title, null, cancel);

    private static JsonElement Question(Reply assessment, string id) =>
        Looking.First(assessment.Items("questions"), one => one.GetProperty("id").GetString() == id)!.Value;
}
