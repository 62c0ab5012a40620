using System.Globalization;
using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Attachments;
using Iop.Agreements.Domain.FromPaper;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.FromPaper;

/// <summary>An agreement that comes from paper, with the paper, its copy and what the parties have said of it.</summary>
internal sealed record PaperFile(
    AgreementFile File, Paper Paper, Attachment? Document, StoredFile? Copy, List<PaperAnswer> Answers, DateOnly Today)
{
    /// <summary>What a party confirms: every word that is written here, the day, and the document byte for byte.</summary>
    public string ContentHash => AgreementFile.Hash(new
    {
        File.AssessedHash,
        SignedOn = Paper.SignedOn.ToString("O", CultureInfo.InvariantCulture),
        Document = Copy?.Sha256,
    });

    public PaperGate Gate => PaperGate.Of(
        File.Agreement.Frame, Paper.SignedOn, Copy is { Kind: FileKind.Pdf }, File.Parties, Answers, ContentHash, Today);

    /// <summary>What came before what: grows with every change of the paper and every answer.</summary>
    public long Occasion => Paper.Version + Answers.Count;

    /// <summary>Whom to ask for their word; null while nobody can give it.</summary>
    public PaperAgreementReady? Asking(long occasion) =>
        Gate is { NotReady: null, Missing: { Count: > 0 } missing } ? AskingOf(missing, occasion) : null;

    private PaperAgreementReady AskingOf(IReadOnlyList<Party> missing, long occasion) => new()
    {
        AgreementId = File.Agreement.Id.Value,
        Sequence = occasion,
        PartnershipId = File.Agreement.PartnershipId.Value,
        Title = File.Agreement.Title,
        Parties =
        [
            .. missing.Select(party => new PaperAgreementReady.Asked
            {
                PartyId = party.Id.Value, OrganisationId = party.Organisation.Value, UnitId = party.Unit?.Value,
            }),
        ],
    };

    public static async Task<PaperFile?> Of(
        AgreementsDb db, Catalogues catalogues, Agreement agreement, DateOnly today, CancellationToken cancel)
    {
        if (await db.Papers.SingleOrDefaultAsync(known => known.AgreementId == agreement.Id, cancel) is not { } paper)
            return null;
        Attachment? document = null;
        StoredFile? copy = null;
        if (paper.DocumentId is { } id)
        {
            var attachment = new AttachmentId(id);
            document = await db.Attachments.SingleOrDefaultAsync(
                known => known.Id == attachment && known.AgreementId == agreement.Id, cancel);
        }
        if (document is not null)
        {
            var file = document.FileId;
            copy = await db.Files.SingleAsync(known => known.Id == file, cancel);
        }
        var answers = await db.PaperAnswers.Where(answer => answer.AgreementId == agreement.Id).OrderBy(answer => answer.Number)
            .ToListAsync(cancel);
        return new PaperFile(await AgreementFile.Of(db, catalogues, agreement, cancel), paper, document, copy, answers, today);
    }
}

/// <param name="TakenOver">Whether it is in force here.</param>
/// <param name="ContentHash">What is confirmed, and the If-Match of doing so.</param>
/// <param name="NotReady">Why nobody can confirm yet, in a sentence; null when the parties can.</param>
internal sealed record PaperView(
    Guid AgreementId, Guid PartnershipId, string Title, AgreementState State, bool TakenOver, DateOnly SignedOn,
    DateOnly StartsOn, DateOnly? EndsOn, bool AutoRenews, int? NoticeMonths, Guid? DocumentId, string? DocumentName,
    string? DocumentSha256, string? DocumentPath, string ContentHash, string? NotReady,
    IReadOnlyList<PaperView.PartyLine> Parties, IReadOnlyList<string> SectionsMissing, string PaperTag)
{
    /// <param name="Answer">confirmed, declined, changed (what it said was of something else) or none.</param>
    public sealed record PartyLine(
        Guid PartyId, string Name, bool Mine, string Answer, string? Reason, string? PersonName, DateTimeOffset? At);

    public static PaperView Of(PaperFile paper, Viewer viewer)
    {
        var (file, agreement) = (paper.File, paper.File.Agreement);
        var over = agreement.InForceHash is not null;
        var id = agreement.Id.Value;
        return new PaperView(
            id, agreement.PartnershipId.Value, agreement.Title, agreement.State, over, paper.Paper.SignedOn,
            agreement.StartsOn, agreement.EndsOn, agreement.AutoRenews, agreement.NoticeMonths, paper.Paper.DocumentId,
            paper.Copy?.Name, paper.Copy?.Sha256,
            paper.Copy is null ? null : $"/agreements/v1/agreements/{id}/files/{paper.Copy.Sha256}",
            paper.ContentHash, over || paper.Gate.NotReady is not { } why ? null : viewer.Say(why),
            [.. file.Parties.Select(party => Line(party, paper, over, viewer))],
            [.. SectionKeys.All.Where(key => file.Sections.All(section => section.Key != key
                || section.Status is SectionStatus.Missing)).Select(key => viewer.Say($"section.{key}"))],
            $"{paper.Paper.Version}");
    }

    private static PartyLine Line(Party party, PaperFile paper, bool over, Viewer viewer)
    {
        var last = paper.Answers.LastOrDefault(answer => answer.PartyId == party.Id);
        var answer = last is null ? "none"
            : !over && last.ContentHash != paper.ContentHash ? "changed"
            : last.Confirms ? "confirmed" : "declined";
        return new PartyLine(
            party.Id.Value, paper.File.Names.Of(party), party.IsActedForBy(viewer.Organisation, viewer.Unit), answer,
            last?.Reason, last?.PersonName, last?.AnsweredAt);
    }
}
