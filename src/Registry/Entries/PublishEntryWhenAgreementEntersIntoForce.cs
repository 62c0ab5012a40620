using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Registry.Domain;
using Iop.Registry.Places;
using Iop.Registry.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Entries;

/// <summary>The partnership appears in the public register, or its entry follows one more agreement.</summary>
public sealed class PublishEntryWhenAgreementEntersIntoForce(RegistryDb db, TimeProvider clock)
    : IConsumer<AgreementEnteredIntoForce>
{
    public const string Queue = "registry.publish-entry-when-agreement-enters-into-force";

    public async Task Consume(ConsumeContext<AgreementEnteredIntoForce> context)
    {
        var (message, cancel) = (context.Message, context.CancellationToken);
        if (await db.HasHeard(Queue, message.AgreementId, message.Sequence, cancel)) return;
        if (await db.Agreements.AnyAsync(agreement => agreement.AgreementId == message.AgreementId, cancel))
            return; // in force once
        var entry = await EntryOf(new PartnershipRef(message.PartnershipId), cancel);
        entry.Follow(await Agreement(message, entry.EntryId, cancel), PlaceList.NameOf);
        await db.SaveChangesAsync(cancel);
    }

    private async Task<Entry> EntryOf(PartnershipRef partnership, CancellationToken cancel)
    {
        // Two agreements of one partnership may come at the same moment.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({partnership.Value.ToString()}, 1))",
            cancel);
        if (await db.Entries.Include(entry => entry.Agreements).ThenInclude(agreement => agreement.Parties)
                .FirstOrDefaultAsync(entry => entry.PartnershipId == partnership, cancel) is { } known) return known;
        var now = clock.GetUtcNow();
        var first = Entry.Of(new EntryId(Guid.CreateVersion7(now)), partnership, now);
        db.Add(first);
        return first;
    }

    private async Task<EntryAgreement> Agreement(AgreementEnteredIntoForce message, EntryId entry, CancellationToken cancel)
    {
        var units = message.Parties.Select(party => party.UnitId).OfType<Guid>().ToList();
        var names = await db.Set<OrganisationUnit>().Where(unit => units.Contains(unit.UnitId))
            .ToDictionaryAsync(unit => unit.UnitId, unit => unit.Name, cancel);
        var parties = message.Parties.Select(party => new EntryParty
        {
            AgreementId = message.AgreementId,
            PartyId = party.PartyId,
            OrganisationId = new OrganisationId(party.OrganisationId),
            UnitId = party.UnitId,
            Name = party.Name,
            UnitName = party.UnitId is { } unit ? names.GetValueOrDefault(unit) : null,
            Kind = KindOf(party.Kind),
        });
        var resources = message.Contributions.Select((contribution, number) => new EntryResource
        {
            AgreementId = message.AgreementId,
            Number = number + 1,
            PartyId = contribution.PartyId,
            Kind = contribution.Kind,
            Description = PublicText.WithoutPersons(contribution.Description),
            OrePerYear = contribution.OrePerYear,
            HoursPerYear = contribution.HoursPerYear,
        });
        return new EntryAgreement
        {
            AgreementId = message.AgreementId,
            EntryId = entry,
            // Written for the parties; what points out a person is not for everybody.
            Title = PublicText.WithoutPersons(message.Title),
            Purpose = PublicText.WithoutPersons(message.Purpose),
            Challenge = PublicText.WithoutPersons(message.Challenge),
            TargetGroup = PublicText.WithoutPersons(message.TargetGroup),
            Area = message.Area,
            TargetAge = message.TargetAge,
            MunicipalityCode = message.MunicipalityCode,
            CountyCode = message.CountyCode,
            VersionHash = message.VersionHash,
            SignedOn = message.SignedOn,
            StartsOn = message.StartsOn,
            EndsOn = message.EndsOn,
            AutoRenews = message.AutoRenews,
        }.Between(parties).With(resources);
    }

    internal static OrganisationKind KindOf(string word) => word switch
    {
        "public" => OrganisationKind.Public,
        "idea-driven" => OrganisationKind.IdeaDriven,
        "private" => OrganisationKind.Private,
        _ => throw new InvalidOperationException($"“{word}” is no kind of organisation."),
    };
}
