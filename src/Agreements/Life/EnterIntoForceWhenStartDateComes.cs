using Iop.Agreements.Domain;
using Iop.Agreements.Signing;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Life;

/// <summary>All have signed and the start date has come, at Swedish midnight: the agreement is in force (träder i
/// kraft).</summary>
public sealed class EnterIntoForceWhenStartDateComes(AgreementsDb db, TimeProvider clock) : ITimerRings
{
    public const string Kind = "agreement-starts";

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        var agreement = await db.AgreementForUpdate(subject, cancel)
            ?? throw new InvalidOperationException($"No agreement {subject} to enter into force.");
        if (agreement.State is not AgreementState.Signed) return; // rung before, or rescinded before its start
        if (agreement.EnterIntoForce(clock.GetUtcNow()) is { } refusal) throw new InvalidOperationException(refusal.Code);
        var version = await db.Versions.AsNoTracking()
            .SingleAsync(known => known.AgreementId == agreement.Id && known.Hash == agreement.VersionHash, cancel);
        db.Announce(subject, agreement.Version, InForce(agreement, FixedText.Read(version).Text));
        // One that renews itself goes on until somebody gives notice.
        if (agreement is { EndsOn: { } last, AutoRenews: false }) await db.Schedule(EndWhenLastDayPasses.Kind, subject,
            SwedishTime.StartOf(last.AddDays(1)), cancel);
    }

    /// <summary>As signed, not as names may be by now.</summary>
    private static AgreementEnteredIntoForce InForce(Agreement agreement, AgreementText text) => new()
    {
        AgreementId = agreement.Id.Value,
        Sequence = agreement.Version,
        PartnershipId = agreement.PartnershipId.Value,
        Title = text.Frame.Title,
        VersionHash = agreement.VersionHash!,
        SignedOn = agreement.SignedOn!.Value,
        StartsOn = text.Frame.StartsOn,
        EndsOn = text.Frame.EndsOn,
        AutoRenews = text.Frame.AutoRenews,
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

    private static string Section(AgreementText text, string key) =>
        text.Sections.FirstOrDefault(section => section.Key == key)?.Text ?? "";
}
