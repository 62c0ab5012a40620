using Iop.Agreements.Domain.Texts;
using Iop.Kernel;

namespace Iop.Agreements.Domain;

/// <summary>Everything that is agreed, as it stands: what the lawyers approve, and what is fixed at the opening. The lists that
/// may be null are missing in versions from before they were part of it.</summary>
public sealed record AgreementText(
    Guid AgreementId, Guid PartnershipId, Frame Frame, IReadOnlyList<AgreementText.PartyText> Parties,
    IReadOnlyList<AgreementText.SectionText> Sections, IReadOnlyList<AgreementText.ContributionText> Contributions,
    IReadOnlyList<GoalText>? Goals = null, IReadOnlyList<ActivityText>? Activities = null, IReadOnlyList<BodyText>? Bodies = null,
    IReadOnlyList<AttachmentText>? Attachments = null)
{
    public sealed record PartyText(
        Guid PartyId, Guid OrganisationId, string OrganisationNumber, Guid? UnitId, string Name, OrganisationKind Kind,
            int RequiredSignatures);

    public sealed record SectionText(string Key, string? Text, string? NotNeededReason);

    public sealed record ContributionText(
        Guid ContributionId, Guid PartyId, ContributionKind Kind, string Description, long? OrePerYear, int? HoursPerYear,
            string? FundingSource);

    /// <summary>In an order that does not depend on how rows came out of the database.</summary>
    public static AgreementText Of(
        Agreement agreement, IEnumerable<Party> parties, Func<Party, (string Number, string Name)> called,
        IEnumerable<Section> sections, IEnumerable<Contribution> contributions, AgreedParts parts,
        Func<OrganisationRef, string> calledOrganisation) => new(
            agreement.Id.Value,
            agreement.PartnershipId.Value,
            agreement.Frame,
            [.. parties.OrderBy(party => party.Id.Value).Select(party => PartyOf(party, called(party)))],
            [.. SectionKeys.All.Join(sections, key => key, section => section.Key, (_, section) =>
                section, StringComparer.Ordinal)
                .Where(section => section.Status is not SectionStatus.Missing)
                .Select(section => new SectionText(section.Key, section.Text, section.NotNeededReason))],
            [.. contributions.OrderBy(contribution => contribution.Id.Value).Select(contribution => new ContributionText(
                contribution.Id.Value, contribution.PartyId.Value, contribution.Kind, contribution.Description,
                contribution.OrePerYear, contribution.HoursPerYear, contribution.FundingSource))],
            PartTexts.Of(parts.Goals), PartTexts.Of(parts.Activities, calledOrganisation), PartTexts.Of(parts.Bodies),
            PartTexts.Of(parts.Attachments));

    /// <summary>The same with another end.</summary>
    public AgreementText Until(DateOnly? end) => this with { Frame = Frame with { EndsOn = end } };

    /// <summary>The same with other words in some sections.</summary>
    public AgreementText With(IReadOnlyDictionary<string, string> texts) => this with
    {
        Sections =
        [
            .. SectionKeys.All.Select(key => texts.TryGetValue(key, out var text)
                ? new SectionText(key, text, null) : Sections.FirstOrDefault(section => section.Key == key))
                .OfType<SectionText>(),
        ],
    };

    /// <summary>The same without a party, what it puts in, its own learning goals, and the activities whose cost it booked: these
    /// go with it.</summary>
    public AgreementText Without(PartyId party)
    {
        var stay = Parties.Where(one => one.PartyId != party.Value).ToList();
        return this with
        {
            Parties = stay,
            Contributions = [.. Contributions.Where(offer => offer.PartyId != party.Value)],
            Goals = Goals?.Where(goal => goal.PartyId != party.Value).ToList(),
            Activities = Activities?.Select(activity => activity with
                {
                    PartyIds = [.. activity.PartyIds.Where(id => id != party.Value)],
                })
                .Where(activity => stay.Exists(one => one.OrganisationId == activity.BookedBy
                    && activity.PartyIds.Contains(one.PartyId))).ToList(),
        };
    }

    private static PartyText PartyOf(Party party, (string Number, string Name) called) => new(
        party.Id.Value, party.Organisation.Value, called.Number, party.Unit?.Value, called.Name, party.Kind,
            party.RequiredSignatures);
}
