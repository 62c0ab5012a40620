using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.FromPaper;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Drafting;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.FromPaper;

/// <summary>A running agreement, signed on paper, is brought in (tas över). Its key facts are written like a draft: what is not
/// known stays missing.</summary>
internal static class BringFromPaper
{
    public sealed record Request(
        string Title, DateOnly SignedOn, DateOnly StartsOn, bool AutoRenews, DateOnly? EndsOn = null, int? NoticeMonths = null,
        string? Area = null, string? TargetAge = null, string? MunicipalityCode = null, string? CountyCode = null,
        int? RenewalMonths = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/partnerships/{id:guid}/paper-agreements", Handle).WithName(nameof(BringFromPaper)).Creates();
        api.MapGet("/agreements/{id:guid}/paper", Show).WithName("ShowPaper");
    }

    internal static async Task<Answer<PaperView>> Handle(
        Guid id, Request request, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        var sent = new FrameRequest(
            request.Title, request.StartsOn, request.AutoRenews, request.EndsOn, request.NoticeMonths, request.Area,
            request.TargetAge, request.MunicipalityCode, request.CountyCode, request.RenewalMonths);
        if (sent.Read(out var frame) is { } malformed) return malformed;
        var parties = await db.Parties.Where(party => party.PartnershipId == partnership.Id).ToListAsync(cancel);
        if (!parties.Any(party => party.IsActedForBy(viewer.Organisation, viewer.Unit))) return PartnershipRefusals.NotAParty;
        var (now, today) = (clock.GetUtcNow(), clock.Today());
        if ((partnership.HasEnded() ?? PaperGate.Running(frame, request.SignedOn, today)) is { } refusal) return refusal;
        var agreement = Agreement.Draft(
            new AgreementId(Guid.CreateVersion7(now)), partnership.Id, frame, Catalogues.Current, now);
        agreement.ComeFromPaper();
        var first = Change.FromPaper(
            new ChangeId(Guid.CreateVersion7(now)), agreement, new Changer(viewer.Person, viewer.Organisation), now);
        agreement.BelongsTo(first);
        db.AddRange(agreement, first, Paper.Of(agreement, request.SignedOn));
        db.AddRange(parties.Select(party =>
            new AgreementParty { AgreementId = agreement.Id, PartyId = party.Id, PartnershipId = partnership.Id }));
        db.AddRange(SectionKeys.All.Select(key => Section.Empty(agreement.Id, partnership.Id, key)));
        await db.SaveChangesAsync(cancel);
        var file = await PaperFile.Of(db, catalogues, agreement, today, cancel);
        return Answers.Created($"/agreements/v1/agreements/{agreement.Id.Value}/paper", PaperView.Of(file!, viewer),
            file!.Paper.Version);
    }

    internal static async Task<Answer<PaperView>> Show(
        Guid id, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Agreements.FindAsync([new AgreementId(id)], cancel) is not { } agreement) return Refusal.NotFound;
        return await PaperFile.Of(db, catalogues, agreement, clock.Today(), cancel) is { } file
            ? Answers.Ok(PaperView.Of(file, viewer), file.Paper.Version)
            : Refusal.NotFound;
    }
}
