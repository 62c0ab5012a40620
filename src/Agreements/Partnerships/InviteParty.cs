using Iop.Agreements.Domain;
using Iop.Agreements.Organisations;
using Iop.Agreements.Partners;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Partnerships;

/// <summary>A party lets another organisation, or a unit of one, into the partnership. It also joins the agreements that are
/// still drafts.</summary>
internal static class InviteParty
{
    public sealed record Request(Guid OrganisationId, int RequiredSignatures, Guid? UnitId = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/partnerships/{id:guid}/parties", Handle).WithName(nameof(InviteParty)).Creates();
        api.MapGet("/partnerships/{id:guid}/parties/{partyId:guid}", Show).WithName("ShowParty");
    }

    internal static async Task<Answer<PartyView>> Handle(
        Guid id, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        var fields = new Fields().Between("requiredSignatures", request.RequiredSignatures, 1, 2);
        if (fields.Refusal is { } malformed) return malformed;
        if (await Invited(request, db, cancel) is not { } organisation) return PartnershipRefusals.UnknownOrganisation;
        var present = await db.Parties.Where(party => party.PartnershipId == partnership.Id).ToListAsync(cancel);
        if (!present.Any(party => party.IsActedForBy(viewer.Organisation, viewer.Unit))) return PartnershipRefusals.NotAParty;
        var now = clock.GetUtcNow();
        UnitRef? unit = request.UnitId is { } unitId ? new UnitRef(unitId) : null;
        var refusal = partnership.Join(
            new PartyId(Guid.CreateVersion7(now)), organisation.OrganisationId, unit, organisation.Kind,
            request.RequiredSignatures, present, now, out var party);
        if (refusal is not null) return refusal;
        await db.LetIn(Admission(party, now), cancel);
        db.Add(party);
        await JoinDrafts(partnership, party, db, cancel);
        await MoveActor.HasJoined(party, db, SwedishTime.DateIn(now), cancel);
        db.Announce(partnership.Id.Value, partnership.Version, Joined(partnership, party));
        await db.SaveChangesAsync(cancel);
        var names = await PartyNames.For(db, [party], cancel);
        return Answers.Created($"/agreements/v1/partnerships/{id}/parties/{party.Id.Value}", PartyView.Of(party, names, viewer),
            party.RequiredSignatures);
    }

    internal static async Task<Answer<PartyView>> Show(Guid id, Guid partyId, Viewer viewer, AgreementsDb db,
        CancellationToken cancel)
    {
        var (partnership, partyOf) = (new PartnershipId(id), new PartyId(partyId));
        if (await db.Parties.SingleOrDefaultAsync(party =>
            party.PartnershipId == partnership && party.Id == partyOf, cancel) is not { } found) return Refusal.NotFound;
        return PartyView.Of(found, await PartyNames.For(db, [found], cancel), viewer);
    }

    /// <summary>All parties stand on an equal footing (jämbördighet): each may invite.</summary>
    internal static Admission Admission(Party party, DateTimeOffset now) => new(
        party.PartnershipId.Value, party.Organisation.Value, Words.Of(party.Kind), SwedishTime.DateIn(now), party.Unit?.Value,
        MayInvite: true);

    internal static PartyJoinedPartnership Joined(Partnership partnership, Party party) => new()
    {
        PartnershipId = partnership.Id.Value,
        Sequence = partnership.Version,
        PartnershipTitle = partnership.Title,
        PartyId = party.Id.Value,
        OrganisationId = party.Organisation.Value,
        UnitId = party.Unit?.Value,
        Kind = Words.Of(party.Kind),
    };

    private static async Task<KnownOrganisation?> Invited(Request request, AgreementsDb db, CancellationToken cancel)
    {
        var id = new OrganisationRef(request.OrganisationId);
        if (request.UnitId is { } unit)
        {
            var part = new UnitRef(unit);
            if (!await db.Units.AnyAsync(known => known.UnitId == part && known.OrganisationId == id, cancel)) return null;
        }
        return await db.Organisations.FindAsync([id], cancel);
    }

    private static async Task JoinDrafts(Partnership partnership, Party party, AgreementsDb db, CancellationToken cancel)
    {
        var agreements =
            await db.Agreements.FromSql(
            $"SELECT * FROM agreement WHERE partnership_id = {partnership.Id.Value} ORDER BY agreement_id FOR UPDATE")
            .ToListAsync(cancel);
        foreach (var agreement in agreements.Where(agreement => agreement.TakesNewcomers && agreement.Touch() is null))
            db.Add(new AgreementParty { AgreementId = agreement.Id, PartyId = party.Id, PartnershipId = partnership.Id });
    }
}
