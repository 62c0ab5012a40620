using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.FromPaper;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Life;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Signing;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.FromPaper;

/// <summary>A party confirms that what stands here is what it signed on paper, or declines with the reason. When all have
/// confirmed the same, the agreement is in force and from then on like any other.</summary>
internal static class ConfirmPaper
{
    /// <param name="Reason">Why not; only with a decline.</param>
    /// <param name="PartyId">Which party, for someone who acts for several units of one organisation.</param>
    public sealed record Request(bool Confirms, string? Reason = null, Guid? PartyId = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/paper/confirmations", Handle).WithName(nameof(ConfirmPaper));

    internal static async Task<Answer<PaperView>> Handle(
        Guid id, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (await PaperFile.Of(db, catalogues, agreement, clock.Today(), cancel) is not { } paper) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Signatory, Roles.Officer) is { } missing) return missing;
        if (agreement.IsFixed is not null && ifMatch.Tag is not null) return PaperRefusals.Done;
        if (ifMatch.Misses(paper.ContentHash) is { } stale) return stale;
        if (new Fields().OptionalText("reason", request.Reason, PaperAnswer.ReasonMax)
            .Must("reason", request.Confirms == string.IsNullOrWhiteSpace(request.Reason), "paper.reason").Refusal
            is { } malformed) return malformed;
        if (PartyOf(paper, request.PartyId, viewer) is not { } party) return PartnershipRefusals.NotAParty;
        if (paper.Gate.NotReady is { } notReady) return notReady;
        if (request.Confirms && !paper.Gate.Missing.Contains(party)) return PaperRefusals.AlreadyConfirmed;
        var now = clock.GetUtcNow();
        var answer = new PaperAnswer
        {
            AnswerId = Guid.CreateVersion7(now),
            AgreementId = agreement.Id,
            PartnershipId = agreement.PartnershipId,
            Number = paper.Answers.Count + 1,
            PartyId = party.Id,
            Organisation = party.Organisation,
            Person = viewer.Person,
            PersonName = (await viewer.NamesOf([viewer.Person], cancel)).GetValueOrDefault(viewer.Person),
            Confirms = request.Confirms,
            Reason = PlanRequest.Blank(request.Reason),
            ContentHash = paper.ContentHash,
            AnsweredAt = now,
        };
        db.Add(answer);
        await db.SaveChangesAsync(cancel);
        paper.Answers.Add(answer);
        db.Announce(answer.AnswerId, 1, Answered(paper, answer));
        if (paper.Gate.Refusal is null) await TakeOver(paper, viewer, db, now, cancel);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(PaperView.Of(paper, viewer), paper.ContentHash);
    }

    private static async Task TakeOver(
        PaperFile paper, Viewer viewer, AgreementsDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var (agreement, gate) = (paper.File.Agreement, paper.Gate);
        var people = await viewer.NamesOf(paper.File.Answers.Select(answer => answer.AnsweredBy), cancel);
        var text = new FixedText.PaperText(
            paper.Paper.SignedOn, paper.Copy!.Sha256,
            [
                .. gate.Answers.OrderBy(answer => answer.Number).Select(answer => new FixedText.ConfirmationText(
                    answer.PartyId.Value, answer.Organisation.Value, answer.Person.Value, answer.PersonName,
                    SwedishTime.DateIn(answer.AnsweredAt))),
            ]);
        var version = FixedText.FixPaper(paper.File, text, viewer.Person, people, now);
        db.Add(version);
        await db.SaveChangesAsync(cancel); // the database looks at the paper's gate for itself
        db.Add(InForce.TakeOver(agreement, version.Hash, agreement.StartsOn, null));
        await db.SaveChangesAsync(cancel);
        if (agreement.TakeOver(gate, version.Hash, paper.Paper.SignedOn, now) is { } refusal)
            throw new InvalidOperationException(refusal.Code);
        await db.SaveChangesAsync(cancel);
        paper.File.Change.Take(version.Hash, agreement.StartsOn, now);
        db.Announce(agreement.Id.Value, agreement.Version, Facts.EnteredIntoForce(agreement, FixedText.Read(version).Text));
        // What time has brought since the paper was signed, and the days ahead: the calendar's work.
        await db.Schedule(EnterIntoForceWhenStartDateComes.Kind, agreement.Id.Value, now, cancel);
    }

    /// <summary>The party the caller acts for: the named one, else the first that has not confirmed.</summary>
    private static Party? PartyOf(PaperFile paper, Guid? named, Viewer viewer)
    {
        var own = paper.File.Parties.Where(party => party.IsActedForBy(viewer.Organisation, viewer.Unit)).ToList();
        if (named is { } id) return own.SingleOrDefault(party => party.Id.Value == id);
        return own.FirstOrDefault(paper.Gate.Missing.Contains) ?? own.FirstOrDefault();
    }

    private static PaperAgreementAnswered Answered(PaperFile paper, PaperAnswer answer) => new()
    {
        AnswerId = answer.AnswerId,
        Sequence = 1,
        AgreementId = paper.File.Agreement.Id.Value,
        PartnershipId = paper.File.Agreement.PartnershipId.Value,
        Title = paper.File.Agreement.Title,
        OrganisationId = answer.Organisation.Value,
        PartyId = answer.PartyId.Value,
        PaperSequence = paper.Occasion,
        Confirms = answer.Confirms,
        Reason = answer.Reason,
        ConfirmationsMissing = paper.Gate.Missing.Count,
    };
}
