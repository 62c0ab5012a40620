using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Contracts.Agreements;

namespace Iop.Agreements.Life;

/// <summary>What is told of a version that takes over: as agreed, not as names may be by now.</summary>
internal static class Facts
{
    public static AgreementEnteredIntoForce EnteredIntoForce(Agreement agreement, AgreementText text) => new()
    {
        AgreementId = agreement.Id.Value,
        Sequence = agreement.Version,
        PartnershipId = agreement.PartnershipId.Value,
        Title = text.Frame.Title,
        VersionHash = agreement.InForceHash!,
        SignedOn = agreement.SignedOn!.Value,
        StartsOn = text.Frame.StartsOn,
        EndsOn = text.Frame.EndsOn,
        AutoRenews = text.Frame.AutoRenews,
        LastDateOfNotice = agreement.Term?.LastDateOfNotice,
        Purpose = Section(text, "goals"),
        Challenge = Section(text, "challenge"),
        TargetGroup = Section(text, "targetGroup"),
        Area = text.Frame.Area,
        TargetAge = text.Frame.TargetAge,
        MunicipalityCode = text.Frame.MunicipalityCode,
        CountyCode = text.Frame.CountyCode,
        Parties =
        [
            .. text.Parties.Select(party => new AgreementEnteredIntoForceParty
            {
                PartyId = party.PartyId,
                OrganisationId = party.OrganisationId,
                UnitId = party.UnitId,
                Name = party.Name,
                Kind = Words.Of(party.Kind),
            }),
        ],
        Contributions =
        [
            .. text.Contributions.Select(contribution => new AgreementEnteredIntoForceContribution
            {
                PartyId = contribution.PartyId,
                Kind = Words.Of(contribution.Kind),
                Description = contribution.Description,
                OrePerYear = contribution.OrePerYear,
                HoursPerYear = contribution.HoursPerYear,
            }),
        ],
    };

    public static AgreementChanged Changed(Agreement agreement, Change change, AgreementText text, string before) => new()
    {
        AgreementId = agreement.Id.Value,
        Sequence = agreement.Version,
        PartnershipId = agreement.PartnershipId.Value,
        Title = text.Frame.Title,
        Kind = Words.Of(change.Kind),
        BindsBy = Words.Of(change.BindsBy),
        Reason = change.Reason,
        VersionHash = agreement.InForceHash!,
        PreviousVersionHash = before,
        EffectiveOn = change.EffectiveOn!.Value,
        SignedOn = change.DecidedOn
            ?? (change.BindsBy is Binding.Signatures ? agreement.SignedOn!.Value : change.EffectiveOn.Value),
        StartsOn = agreement.Term!.From,
        EndsOn = agreement.Term.To,
        AutoRenews = agreement.Term.AutoRenews,
        LastDateOfNotice = agreement.Term.LastDateOfNotice,
        WithoutTalk = change.WithoutTalk,
        AssessmentTooOld = change.AssessmentTooOld,
        Purpose = Section(text, "goals"),
        Challenge = Section(text, "challenge"),
        TargetGroup = Section(text, "targetGroup"),
        Area = text.Frame.Area,
        TargetAge = text.Frame.TargetAge,
        MunicipalityCode = text.Frame.MunicipalityCode,
        CountyCode = text.Frame.CountyCode,
        Parties =
        [
            .. text.Parties.Select(party => new AgreementChangedParty
            {
                PartyId = party.PartyId,
                OrganisationId = party.OrganisationId,
                UnitId = party.UnitId,
                Name = party.Name,
                Kind = Words.Of(party.Kind),
            }),
        ],
        Contributions =
        [
            .. text.Contributions.Select(contribution => new AgreementChangedContribution
            {
                PartyId = contribution.PartyId,
                Kind = Words.Of(contribution.Kind),
                Description = contribution.Description,
                OrePerYear = contribution.OrePerYear,
                HoursPerYear = contribution.HoursPerYear,
            }),
        ],
    };

    private static string Section(AgreementText text, string key) =>
        text.Sections.FirstOrDefault(section => section.Key == key)?.Text ?? "";
}
