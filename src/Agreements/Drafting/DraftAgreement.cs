using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Drafting;

/// <summary>The parties begin to write an agreement (utkast). All its sections are there from the start, empty.</summary>
internal static class DraftAgreement
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/partnerships/{id:guid}/agreements", Handle).WithName(nameof(DraftAgreement)).Creates();

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, FrameRequest request, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
            CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (request.Read(out var frame) is { } malformed) return malformed;
        if (partnership.HasEnded() is { } ended) return ended;
        var now = clock.GetUtcNow();
        var agreement = Agreement.Draft(new AgreementId(Guid.CreateVersion7(now)), partnership.Id, frame, Catalogues.Current,
            now);
        var first = Change.First(new ChangeId(Guid.CreateVersion7(now)), agreement,
            new Changer(viewer.Person, viewer.Organisation), now);
        agreement.BelongsTo(first);
        db.Add(agreement);
        db.Add(first);
        var parties = await Partners(partnership, db, cancel);
        db.AddRange(parties.Select(party =>
            new AgreementParty { AgreementId = agreement.Id, PartyId = party.Id, PartnershipId = partnership.Id }));
        db.AddRange(SectionKeys.All.Select(key => Section.Empty(agreement.Id, partnership.Id, key)));
        await db.SaveChangesAsync(cancel);
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        return Answers.Created($"/agreements/v1/agreements/{agreement.Id.Value}", await AgreementView.Of(file, viewer, cancel),
            file.Tag);
    }

    /// <summary>The partnership's parties but for those that have left and are in none of its agreements any more.</summary>
    private static Task<List<Party>> Partners(Partnership partnership, AgreementsDb db, CancellationToken cancel)
    {
        AgreementState[] over = [AgreementState.Ended, AgreementState.Rescinded, AgreementState.Withdrawn];
        return db.Parties.Where(party => party.PartnershipId == partnership.Id
            && (!db.Changes.Any(change => change.PartyId == party.Id && change.Kind == ChangeKind.Withdrawal
                    && change.State == ChangeState.Done)
                || db.AgreementParties.Any(link => link.PartyId == party.Id && link.InText
                    && db.Agreements.Any(of => of.Id == link.AgreementId && !over.Contains(of.State)))))
            .ToListAsync(cancel);
    }
}

/// <summary>Title, period, notice and what the register needs, as sent.</summary>
internal sealed record FrameRequest(
    string Title, DateOnly StartsOn, bool AutoRenews, DateOnly? EndsOn = null, int? NoticeMonths = null,
    string? Area = null, string? TargetAge = null, string? MunicipalityCode = null, string? CountyCode = null,
    int? RenewalMonths = null, int? AssessmentMonths = null, string? AdjustedBy = null,
    IReadOnlyList<string>? AdjustedSections = null)
{
    private const int YearMin = 2000;
    private const int YearMax = 2200;

    public Refusal? Read(out Frame frame)
    {
        frame = new Frame(Title?.Trim() ?? "", StartsOn, EndsOn, AutoRenews, NoticeMonths, Area, TargetAge, MunicipalityCode,
            CountyCode, RenewalMonths, AssessmentMonths, AdjustedBy?.Trim(), AdjustedSections);
        var fields = new Fields().Text("title", Title, Frame.TitleMax)
            .Between("startsOn", StartsOn.Year, YearMin, YearMax)
            .Between("endsOn", EndsOn?.Year ?? YearMin, YearMin, YearMax)
            .Between("noticeMonths", NoticeMonths ?? 0, 0, Frame.NoticeMonthsMax)
            .Between("renewalMonths", RenewalMonths ?? 1, 1, Frame.RenewalMonthsMax)
            .Between("assessmentMonths", AssessmentMonths ?? 1, 1, Frame.AssessmentMonthsMax)
            .OptionalText("adjustedBy", AdjustedBy, Change.BodyMax)
            .Must("adjustedSections", (AdjustedSections is { Count: > 0 }) == !string.IsNullOrWhiteSpace(AdjustedBy),
                "frame.body-and-sections")
            .Must("adjustedSections", AdjustedSections is null || AdjustedSections.All(SectionKeys.MayBeAdjusted),
                "frame.section-not-adjustable")
            .Accept("endsOn", new Period(StartsOn, EndsOn).Refusal)
            .Must("municipalityCode", IsCode(MunicipalityCode, 4), "field.malformed")
            .Must("countyCode", IsCode(CountyCode, 2), "field.malformed");
        if (Area is not null) fields.OneOf("area", Area, Frame.Areas);
        if (TargetAge is not null) fields.OneOf("targetAge", TargetAge, Frame.TargetAges);
        return fields.Refusal;
    }

    private static bool IsCode(string? code, int digits) =>
        code is null || (code.Length == digits && code.All(char.IsAsciiDigit));
}
