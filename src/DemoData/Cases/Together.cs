using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>A party of a case with many: who signs for it, and what it brings.</summary>
internal sealed record PartOf(Organisation Organisation, string Signatory, Bring Brings, string? Unit = null)
{
    public static PartOf An(Association association, string kind, string what, int? hours = null) =>
        new(association.Organisation, association.Who, new Bring(kind, what, null, hours, "Egna medel och gåvor"));
}

internal sealed record Bring(string Kind, string What, string? KronorPerYear, int? HoursPerYear, string FundingSource);

/// <summary>A partnership of many parties: taken from the sources; what they do not give is invented and marked so.</summary>
internal sealed record ManyParties
{
    public required string Title { get; init; }
    public required string Challenge { get; init; }

    /// <summary>The first begins.</summary>
    public required IReadOnlyList<PartOf> Parties { get; init; }
    public required string Officer { get; init; }
    public required string Lawyer { get; init; }
    public required DateTimeOffset TalksBegin { get; init; }
    public required DateTimeOffset Opens { get; init; }
    public required DateOnly Starts { get; init; }
    public required DateOnly Ends { get; init; }
    public required string Area { get; init; }
    public required string TargetAge { get; init; }
    public required IReadOnlyDictionary<string, string> Sections { get; init; }

    /// <summary>The body that may adjust the sections named, within the frame.</summary>
    public string? AdjustedBy { get; init; }
    public IReadOnlyList<string>? AdjustedSections { get; init; }

    /// <summary>Formed by the agreement: kind, name and mandate.</summary>
    public IReadOnlyList<(string Kind, string Name, string Mandate)> Bodies { get; init; } = [];

    public Deciding In(Story story) => new(story, Title, null, Officer);
}

/// <summary>Many parties' way from the first talk to an agreement in force. What one person does at one sitting is one
/// step.</summary>
internal static class Together
{
    public static async Task Begin(Story story, ManyParties the, CancellationToken cancel)
    {
        await story.Step($"{the.Title}: begin the partnership", the.Officer, the.TalksBegin,
            async (api, stop) => (await Looking.Partnership(api, the.Title, stop))?.GetProperty("state").GetString(),
            (api, stop) => api.Create("/agreements/v1/partnerships",
                new { title = the.Title, challenge = the.Challenge }, stop), cancel);
        foreach (var party in the.Parties.Skip(1)) await Invite(story, the, party, the.TalksBegin.AddDays(1), cancel);
    }

    public static Task Invite(Story story, ManyParties the, PartOf party, DateTimeOffset on, CancellationToken cancel) =>
        story.Step($"{the.Title}: invite {party.Unit ?? party.Organisation.Name}", the.Officer, on,
            async (api, stop) =>
                Looking.Party(await Looking.PartnershipView(api, the.Title, stop), party.Organisation, party.Unit) is null
                    ? null : "a party",
            async (api, stop) => await api.Create(
                $"/agreements/v1/partnerships/{await Looking.PartnershipId(api, the.Title, stop)}/parties", new
                {
                    organisationId = await Organisations.Id(api, party.Organisation, stop),
                    unitId = party.Unit is { } unit ? (await Gothenburg.Units(api, stop))[unit] : (Guid?)null,
                    requiredSignatures = 1,
                }, stop), cancel);

    public static async Task Agree(Story story, ManyParties the, CancellationToken cancel)
    {
        await Draft(story, the, cancel);
        await Assess(story, the, null, cancel);
        await Open(story, the.Title, null, the.Officer, the.Opens, cancel);
        foreach (var party in the.Parties) await Sign(story, the.Title, null, party, the.Opens, cancel);
    }

    public static async Task TakeEffect(Story story, ManyParties the, CancellationToken cancel)
    {
        await story.Step($"{the.Title}: the start date comes", the.Officer,
            Story.On(the.Starts.Year, the.Starts.Month, the.Starts.Day),
            async (api, stop) => (await Looking.Agreement(api, the.Title, null, stop)).Text("state") is "in-force" or "ended"
                ? "in force" : null, null, cancel);
        await story.Step($"{the.Title}: stands in the public register", null, null,
            async (api, stop) => (await Looking.Entry(api, the.Title, stop))?.GetProperty("status").GetString(), null, cancel);
    }

    private static async Task Draft(Story story, ManyParties the, CancellationToken cancel)
    {
        await story.Step($"{the.Title}: begin the agreement", the.Officer, the.TalksBegin.AddDays(14),
            async (api, stop) => await Looking.AgreementId(api, the.Title, null, stop) is null
                ? null : $"{the.Starts} – {the.Ends}",
            async (api, stop) => await api.Create(
                $"/agreements/v1/partnerships/{await Looking.PartnershipId(api, the.Title, stop)}/agreements", new
                {
                    title = the.Title,
                    startsOn = the.Starts,
                    endsOn = the.Ends,
                    autoRenews = false,
                    noticeMonths = 6,
                    area = the.Area,
                    targetAge = the.TargetAge,
                    municipalityCode = Gothenburg.City.MunicipalityCode,
                    adjustedBy = the.AdjustedBy,
                    adjustedSections = the.AdjustedSections,
                }, stop), cancel);
        foreach (var (kind, name, mandate) in the.Bodies)
            await the.In(story).Form(kind, name, mandate, agreed: true, null, cancel);
        await story.Step($"{the.Title}: write {the.Sections.Count} sections", the.Officer, the.TalksBegin.AddDays(30),
            async (api, stop) => the.Sections.Keys.All((await Looking.Agreement(api, the.Title, null, stop)).IsWritten)
                ? "complete" : null,
            async (api, stop) =>
            {
                var agreement = await Looking.Agreement(api, the.Title, null, stop);
                foreach (var (key, text) in the.Sections)
                {
                    await api.Put($"/agreements/v1/agreements/{agreement.Id}/sections/{key}", new { text },
                        Looking.SectionOf(agreement, key)!.Value.GetProperty("sectionTag").GetString(), stop);
                }
            }, cancel);
        foreach (var party in the.Parties) await Contribute(story, the.Title, null, party, null, cancel);
    }

    public static Task Contribute(
        Story story, string partnership, string? title, PartOf party, DateTimeOffset? on, CancellationToken cancel) =>
        story.Step($"{partnership}: offer «{party.Brings.What}»", party.Signatory, on,
            async (api, stop) => (await Looking.Agreement(api, partnership, title, stop)).Items("contributions").Any(one =>
                one.GetProperty("description").GetString() == party.Brings.What
                && one.GetProperty("partyName").GetString()!
                    .Contains(party.Unit ?? party.Organisation.Name, StringComparison.Ordinal)) ? party.Brings.Kind : null,
            async (api, stop) =>
            {
                var agreement = await Looking.Agreement(api, partnership, title, stop);
                await api.Create($"/agreements/v1/agreements/{agreement.Id}/contributions", new
                {
                    partyId = Looking.Party(agreement, party.Organisation, party.Unit)!.Value.GetProperty("id").GetGuid(),
                    kind = party.Brings.Kind,
                    description = party.Brings.What,
                    kronorPerYear = party.Brings.KronorPerYear,
                    hoursPerYear = party.Brings.HoursPerYear,
                    fundingSource = party.Brings.FundingSource,
                }, stop);
            }, cancel);

    public static async Task Assess(Story story, ManyParties the, string? title, CancellationToken cancel)
    {
        await story.Step($"{the.Title}: answer the questions of law", the.Lawyer, the.Opens.AddDays(-10),
            async (api, stop) => (await Looking.Assessment(api, the.Title, title, stop)).Text("state") is "open"
                ? null : "answered",
            async (api, stop) =>
            {
                var agreement = await Looking.AgreementId(api, the.Title, title, stop);
                foreach (var question in (await Looking.Assessment(api, the.Title, title, stop)).Items("questions"))
                {
                    var id = question.GetProperty("id").GetString()!;
                    var (answer, reason, clause) = LegalAnswers.For(id);
                    await api.Put($"/agreements/v1/agreements/{agreement}/assessment/answers/{id}",
                        new { answer, reason, clause }, question.GetProperty("answerTag").GetString(), stop);
                }
            }, cancel);
        await story.Step($"{the.Title}: approve the legal assessment, once for all units", the.Lawyer, the.Opens.AddDays(-5),
            async (api, stop) => (await Looking.Agreement(api, the.Title, title, stop)).IsSigned()
                || (await Looking.Assessment(api, the.Title, title, stop)).Text("state") == "approved" ? "approved" : null,
            async (api, stop) =>
            {
                var assessment = await Looking.Assessment(api, the.Title, title, stop);
                await api.Act(
                    $"/agreements/v1/agreements/{await Looking.AgreementId(api, the.Title, title, stop)}/assessment/approvals",
                    new { }, assessment.Text("assessedHash"), stop);
            }, cancel);
    }

    public static Task Open(
        Story story, string partnership, string? title, string officer, DateTimeOffset on, CancellationToken cancel) =>
        story.Step($"{partnership}: open for signature", officer, on,
            async (api, stop) => (await Looking.Agreement(api, partnership, title, stop)).Text("state") is "draft" or "assessment"
                ? null : "opened",
            async (api, stop) =>
            {
                var agreement = await Looking.Agreement(api, partnership, title, stop);
                await api.Act($"/agreements/v1/agreements/{agreement.Id}/opening", new { }, agreement.Tag, stop);
            }, cancel);

    public static Task Sign(
        Story story, string partnership, string? title, PartOf party, DateTimeOffset on, CancellationToken cancel) =>
        story.Step($"{partnership}: sign for {party.Unit ?? party.Organisation.Name}", party.Signatory, on.AddDays(1),
            async (api, stop) =>
            {
                var agreement = await Looking.Agreement(api, partnership, title, stop);
                return agreement.IsSigned() || agreement.Items("signatures").Any(one =>
                    one.GetProperty("personName").GetString() == story.Cast.NameOf(party.Signatory)) ? "signed" : null;
            },
            async (api, stop) =>
            {
                var agreement = await Looking.Agreement(api, partnership, title, stop);
                await api.Act($"/agreements/v1/agreements/{agreement.Id}/signatures", new
                {
                    mandate = new
                    {
                        basis = party.Unit is null ? "board" : "delegation",
                        decidedOn = DateOnly.FromDateTime(on.Date),
                    },
                    partyId = Looking.Party(agreement, party.Organisation, party.Unit)!.Value.GetProperty("id").GetGuid(),
                }, agreement.Text("versionHash"), stop);
            }, cancel);
}
