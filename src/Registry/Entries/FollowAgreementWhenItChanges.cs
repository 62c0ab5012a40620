using Iop.Contracts.Agreements;
using Iop.Registry.Domain;
using Iop.Registry.Places;
using Iop.Registry.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Entries;

/// <summary>A new version of an agreement has taken over (renegotiated, joined, left, renewed, adjusted): the entry stays one,
/// shows the parties and the period as they are now, and has one more line of history.</summary>
public sealed class FollowAgreementWhenItChanges(RegistryDb db) : IConsumer<AgreementChanged>
{
    public const string Queue = "registry.follow-agreement-when-it-changes";

    public async Task Consume(ConsumeContext<AgreementChanged> context)
    {
        var (message, cancel) = (context.Message, context.CancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({message.PartnershipId.ToString()}, 1))", cancel);
        var isNewest = !await db.HasHeard(Queue, message.AgreementId, message.Sequence, cancel);
        if (isNewest) await Clear(message.AgreementId, cancel);
        var partnership = new PartnershipRef(message.PartnershipId);
        var entry = await db.Entries.Include(entry => entry.Agreements).ThenInclude(agreement => agreement.Parties)
            .Include(entry => entry.Agreements).ThenInclude(agreement => agreement.Changes)
            .FirstOrDefaultAsync(entry => entry.PartnershipId == partnership, cancel);
        // The change may overtake the beginning: the message waits until the beginning is here.
        if (entry?.Agreements.FirstOrDefault(known => known.AgreementId == message.AgreementId) is not { } agreement)
            throw new InvalidOperationException($"Agreement {message.AgreementId} changes before it is in force here.");
        if (isNewest) await Retell(agreement, message, cancel);
        entry.Follow(agreement, new EntryChange
        {
            AgreementId = message.AgreementId,
            VersionHash = message.VersionHash,
            OnDay = message.EffectiveOn,
            Kind = message.Kind,
        }, isNewest, PlaceList.NameOf);
        await db.SaveChangesAsync(cancel);
    }

    private async Task Clear(Guid agreement, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"DELETE FROM entry_resource WHERE agreement_id = {agreement}", cancel);
        await db.Database.ExecuteSqlAsync($"DELETE FROM entry_party WHERE agreement_id = {agreement}", cancel);
    }

    private async Task Retell(EntryAgreement agreement, AgreementChanged message, CancellationToken cancel)
    {
        var units = message.Parties.Select(party => party.UnitId).OfType<Guid>().ToList();
        var names = await db.Set<OrganisationUnit>().Where(unit => units.Contains(unit.UnitId))
            .ToDictionaryAsync(unit => unit.UnitId, unit => unit.Name, cancel);
        (agreement.Title, agreement.Purpose, agreement.Challenge, agreement.TargetGroup) =
            (PublicText.WithoutPersons(message.Title), PublicText.WithoutPersons(message.Purpose),
                PublicText.WithoutPersons(message.Challenge), PublicText.WithoutPersons(message.TargetGroup));
        (agreement.Area, agreement.TargetAge, agreement.MunicipalityCode, agreement.CountyCode) =
            (message.Area, message.TargetAge, message.MunicipalityCode, message.CountyCode);
        (agreement.VersionHash, agreement.EndsOn, agreement.AutoRenews) =
            (message.VersionHash, message.EndsOn, message.AutoRenews);
        agreement.Between(message.Parties.Select(party => new EntryParty
        {
            AgreementId = message.AgreementId,
            PartyId = party.PartyId,
            OrganisationId = new OrganisationId(party.OrganisationId),
            UnitId = party.UnitId,
            Name = party.Name,
            UnitName = party.UnitId is { } unit ? names.GetValueOrDefault(unit) : null,
            Kind = PublishEntryWhenAgreementEntersIntoForce.KindOf(party.Kind),
        }));
        agreement.With(message.Contributions.Select((contribution, number) => new EntryResource
        {
            AgreementId = message.AgreementId,
            Number = number + 1,
            PartyId = contribution.PartyId,
            Kind = contribution.Kind,
            Description = PublicText.WithoutPersons(contribution.Description),
            OrePerYear = contribution.OrePerYear,
            HoursPerYear = contribution.HoursPerYear,
        }));
    }
}
