using Iop.Agreements.Domain.Life;
using Iop.Agreements.Partnerships;
using Iop.Contracts.Agreements;

namespace Iop.Agreements.Changing;

/// <summary>What is told of a change before it takes over.</summary>
internal static class ChangeFacts
{
    public static AgreementChangeBegun Begun(AgreementFile file, Change change) => new()
    {
        AgreementId = file.Agreement.Id.Value,
        Sequence = file.Agreement.Version,
        PartnershipId = file.Agreement.PartnershipId.Value,
        Title = file.Agreement.Title,
        Kind = Words.Of(change.Kind),
        Reason = change.Reason,
        OrganisationId = change.BegunFor!.Value.Value,
        EffectiveOn = change.EffectiveOn!.Value,
        PartyId = change.PartyId?.Value,
    };

    public static AgreementChangeAbandoned Abandoned(AgreementFile file, string reason) => new()
    {
        AgreementId = file.Agreement.Id.Value,
        Sequence = file.Agreement.Version,
        PartnershipId = file.Agreement.PartnershipId.Value,
        Title = file.Agreement.Title,
        Kind = Words.Of(file.Change.Kind),
        Reason = reason,
    };
}
