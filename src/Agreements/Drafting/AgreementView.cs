using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Partnerships;
using Iop.Kernel;

namespace Iop.Agreements.Drafting;

internal sealed record AgreementView(
    Guid Id, Guid PartnershipId, string Title, AgreementState State, DateTimeOffset StateSince, DateOnly StartsOn,
        DateOnly? EndsOn, bool AutoRenews,
    int? NoticeMonths, string? Area, string? TargetAge, string? MunicipalityCode, string? CountyCode, DateOnly? SignedOn,
        string? WithdrawnBecause,
    IReadOnlyList<PartyView> Parties, IReadOnlyList<SectionView> Sections, IReadOnlyList<ContributionView> Contributions,
    IReadOnlyList<MissingView> Missing, string AssessedHash, string? VersionHash, IReadOnlyList<SignatureView> Signatures,
        IReadOnlyList<AwaitView> Awaits,
    Working Working, ChangeView? Change, TermView? Term, IReadOnlyList<VersionView> Versions, int? RenewalMonths,
    int? AssessmentMonths, string? AdjustedBy, IReadOnlyList<string>? AdjustedSections, TextPartsView Parts, bool TakenOver,
    DateOnly? GuestUntil = null)
{
    public static async Task<AgreementView> Of(AgreementFile file, Viewer viewer, CancellationToken cancel)
    {
        var agreement = file.Agreement;
        var comments = await viewer.CommentsOn(agreement.Id, cancel);
        var names = await viewer.NamesOf(
            [.. file.Sections.Select(section => section.ChangedBy)
                .OfType<PersonRef>(), .. file.Signatures.Select(signature => signature.Person),
                .. TextPartsView.PeopleIn(file)], cancel);
        return new AgreementView(
            agreement.Id.Value, agreement.PartnershipId.Value, agreement.Title, agreement.State, agreement.StateSince,
                agreement.StartsOn, agreement.EndsOn,
            agreement.AutoRenews, agreement.NoticeMonths, agreement.Area, agreement.TargetAge, agreement.MunicipalityCode,
                agreement.CountyCode,
            agreement.SignedOn, agreement.WithdrawnBecause,
            [.. file.Parties.Select(party => PartyView.Of(party, file.Names, viewer))],
            [.. SectionKeys.All.Join(file.Sections, key => key, section => section.Key, (_, section) =>
                SectionView.Of(section, viewer, names, comments.GetValueOrDefault(section.Key)), StringComparer.Ordinal)],
            [.. file.Contributions.Select(contribution => ContributionView.Of(contribution, file))],
            agreement.CanBeDrafted
                ? [.. file.Gate.All.Select(missing => MissingView.Of(missing, file.Parties, file.Names, viewer))] : [],
            file.AssessedHash, agreement.VersionHash,
            [.. file.Signatures.Select(signature => SignatureView.Of(signature, file, names))],
            [.. file.Awaits.Select(waiting => AwaitView.Of(waiting, file.Names, viewer, agreement.Id, file.Parties))],
            agreement.Working, agreement.Working is Working.None ? null : ChangeView.Of(file.Change, file),
            TermView.Of(agreement), [.. file.Versions.Select(VersionView.Of)], agreement.RenewalMonths,
            agreement.AssessmentMonths, agreement.AdjustedBy, agreement.AdjustedSections, TextPartsView.Of(file, viewer, names),
            agreement.TakenOver);
    }
}

/// <summary>What is being changed, or was.</summary>
internal sealed record ChangeView(
    Guid Id, ChangeKind Kind, ChangeState State, string Reason, DateTimeOffset BegunAt, Guid? OrganisationId,
    string? OrganisationName, DateOnly? EffectiveOn, Guid? PartyId, string? PartyName, string? Body, DateOnly? DecidedOn,
    string? Paragraph, string? AbandonedBecause, DateTimeOffset? ClosedAt, string? VersionHash, bool WithoutTalk,
    bool AssessmentTooOld)
{
    public static ChangeView Of(Change change, AgreementFile file) => new(
        change.ChangeId.Value, change.Kind, change.State, change.Reason, change.BegunAt, change.BegunFor?.Value,
        change.BegunFor is { } organisation ? file.Names.Of(organisation) : null, change.EffectiveOn, change.PartyId?.Value,
        change.PartyId is { } party && file.EverParties.FirstOrDefault(known => known.Id == party) is { } found
            ? file.Names.Of(found) : null,
        change.Body, change.DecidedOn, change.Paragraph, change.AbandonedBecause, change.ClosedAt, change.VersionHash,
        change.WithoutTalk, change.AssessmentTooOld);
}

/// <summary>The term in force, apart from the one being written.</summary>
internal sealed record TermView(
    DateOnly From, DateOnly? To, bool AutoRenews, int? NoticeMonths, int RenewalMonths, DateOnly? LastDateOfNotice,
    string? VersionHash)
{
    public static TermView? Of(Agreement agreement) => agreement.Term is not { } term ? null : new TermView(
        term.From, term.To, term.AutoRenews, term.NoticeMonths, term.RenewalMonths,
        agreement.State is AgreementState.InForce ? term.LastDateOfNotice : null, agreement.InForceHash);
}

internal sealed record VersionView(
    int Number, string Hash, string? PreviousHash, ChangeKind Kind, Binding BindsBy, DateOnly? EffectiveOn,
    DateTimeOffset OpenedAt, DateOnly? InForceFrom, DateOnly? InForceTo)
{
    public static VersionView Of(VersionLine line) => new(line.Number, line.Hash, line.PreviousHash, line.Kind, line.BindsBy,
        line.EffectiveOn, line.OpenedAt, line.InForceFrom, line.InForceTo);
}

/// <param name="OpenComments">Threads about it that are not settled, of those the caller may hear.</param>
/// <param name="Comments">All threads about it that the caller may hear.</param>
/// <param name="SectionTag">The If-Match of a change to this section.</param>
internal sealed record SectionView(
    string Key, string Name, string? Text, SectionStatus Status, string? Reason, bool Required, long Version, string SectionTag,
    string? ChangedBy, DateTimeOffset? ChangedAt, int OpenComments, int Comments, IReadOnlyList<WarningView> Warnings)
{
    public static SectionView Of(
        Section section, Viewer viewer, IReadOnlyDictionary<PersonRef, string> names, (int Open, int All) comments = default) =>
            new(
        section.Key, viewer.Say($"section.{section.Key}"), section.Text, section.Status, section.NotNeededReason,
            SectionKeys.IsRequired(section.Key),
        section.Version, $"{section.Version}", section.ChangedBy is { } by ? names.GetValueOrDefault(by)
            : null, section.ChangedAt, comments.Open, comments.All, WarningView.In(section.Text, section.Key, viewer));
}

internal sealed record ContributionView(
    Guid Id, Guid PartyId, string PartyName, ContributionKind Kind, string Description, string? KronorPerYear, string? Currency,
        int? HoursPerYear,
    string? FundingSource, string ContributionTag)
{
    public static ContributionView Of(Contribution contribution, AgreementFile file) => new(
        contribution.Id.Value, contribution.PartyId.Value,
            file.Names.Of(file.Parties.Single(party => party.Id == contribution.PartyId)),
        contribution.Kind, contribution.Description,
        contribution.OrePerYear is { } ore ? Money.Ore(ore).ToDecimalString() : null, contribution.OrePerYear is null ? null
            : Kernel.Currency.Sek.Code, contribution.HoursPerYear,
        contribution.FundingSource, $"{contribution.Version}");
}

internal sealed record SignatureView(
    Guid Id, Guid PartyId, string PartyName, Guid PersonId, string? PersonName, DateTimeOffset At,
        SignatureView.MandateView Mandate, string Seal)
{
    public sealed record MandateView(MandateBasis Basis, DateOnly DecidedOn, string? Paragraph, string? CaseNumber);

    public static SignatureView Of(Signature signature, AgreementFile file, IReadOnlyDictionary<PersonRef, string> names) => new(
        signature.SignatureId, signature.PartyId.Value,
            file.Names.Of(file.Parties.Single(party => party.Id == signature.PartyId)),
        signature.Person.Value, signature.PersonName ?? names.GetValueOrDefault(signature.Person), signature.SignedAt,
        new MandateView(signature.Basis, signature.DecidedOn, signature.Paragraph, signature.CaseNumber), signature.Seal);
}
