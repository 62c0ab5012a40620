using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Assessing;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Domain.Texts;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Signing;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Assessing;

/// <summary>What is different from what a lawyer approved last: the text itself was kept with the approval.</summary>
internal sealed record WhatChanged(
    Guid OrganisationId, string OrganisationName, DateTimeOffset Since, IReadOnlyList<WhatChanged.ChangeView> Items)
{
    /// <param name="What">frame, party, section, contribution, goal, activity, body, attachment or answer.</param>
    /// <param name="Name">What it is called: a section's name, a question's wording.</param>
    public sealed record ChangeView(string What, string Subject, string? Name, string? Before, string? After);

    /// <summary>Since the last approval of the caller's own organisation, or else of anybody; null where nothing has been
    /// approved, or nothing has changed since.</summary>
    public static async Task<WhatChanged?> Of(AgreementFile file, Catalogues catalogues, Viewer viewer, AgreementsDb db,
        CancellationToken cancel)
    {
        var last = file.Given.OrderByDescending(approval => approval.Organisation == viewer.Organisation)
            .ThenByDescending(approval => approval.ApprovalId).FirstOrDefault();
        if (last is null || last.AssessedHash == file.AssessedHash) return null;
        if (await db.ApprovedTexts.FindAsync([last.ApprovalId], cancel) is not { } kept) return null;
        var earlier = JsonSerializer.Deserialize<AssessedText>(Encoding.UTF8.GetString(kept.Canonical), Reading)!;
        return new WhatChanged(last.Organisation.Value, file.Names.Of(last.Organisation), last.ApprovedAt,
            [.. file.Assessed.Since(earlier).Select(change => new ChangeView(
                change.What, change.Subject, NameOf(change, file, catalogues, viewer), Say(change.Before, viewer),
                Say(change.After, viewer)))]);
    }

    /// <summary>The version before the one that is being assessed.</summary>
    public static Task<AgreementVersion?> VersionBefore(AgreementFile file, AgreementsDb db, CancellationToken cancel) =>
        file.Round == 0
            ? Task.FromResult<AgreementVersion?>(null)
            : db.Versions.SingleOrDefaultAsync(
                version => version.AgreementId == file.Agreement.Id && version.Number == file.Round, cancel);

    private static string? NameOf(AssessedText.Change change, AgreementFile file, Catalogues catalogues, Viewer viewer) =>
        change.What switch
    {
        "section" => viewer.Say($"section.{change.Subject}"),
        "answer" when file.Catalogue.Find(change.Subject) is not null =>
            catalogues.Wording(file.Agreement.Catalogue, change.Subject).In(viewer.Language),
        "contribution" => file.Parties.FirstOrDefault(party => party.Id.Value == PartyOf(change)) is { } party
            ? file.Names.Of(party) : null,
        _ => null,
    };

    private static Guid? PartyOf(AssessedText.Change change) =>
        ((change.After ?? change.Before) as AgreementText.ContributionText)?.PartyId;

    private static string? Say(object? thing, Viewer viewer) => thing switch
    {
        Frame frame => string.Join(" · ", new[]
        {
            frame.Title, $"{frame.StartsOn:yyyy-MM-dd} – {frame.EndsOn:yyyy-MM-dd}".TrimEnd(' ', '–'),
            frame.AutoRenews ? viewer.Say("assessment.auto-renews") : null,
            frame.NoticeMonths is { } months ? viewer.Say("assessment.notice-months", "count", $"{months}") : null,
        }.OfType<string>()),
        AgreementText.PartyText party => party.Name,
        AgreementText.SectionText section => section.Text ?? section.NotNeededReason,
        AgreementText.ContributionText offer => string.Join(" · ", new[]
        {
            viewer.Say($"contribution.{Words.Of(offer.Kind)}"), offer.Description,
            offer.OrePerYear is { } ore ? $"{Money.Ore(ore).ToDecimalString()} SEK" : null,
            offer.HoursPerYear is { } hours ? $"{hours} h" : null, offer.FundingSource,
        }.OfType<string>()),
        GoalText goal => goal.Text,
        ActivityText activity => string.Join(" · ", new[]
        {
            activity.Name, activity.BookedByName, activity.Description, activity.TargetGroup,
        }.OfType<string>()),
        BodyText body => string.Join(" · ", new[] { body.Name, body.Mandate }.OfType<string>()),
        AttachmentText file => $"{file.Title} ({file.FileName}, SHA-256 {file.Sha256[..12]}…)",
        AssessedText.AnswerText answer =>
            $"{viewer.Say($"answer.{Words.Of(answer.Reply)}")}: {answer.Reason}{(answer.Clause is null ? "" : $" ({answer.Clause})")}",
        _ => null,
    };

    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
