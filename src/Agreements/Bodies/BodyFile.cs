using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Organisations;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Bodies;

/// <summary>Bodies of a partnership as the caller sees them: of those that are not for the caller only the agreed text.</summary>
internal static class BodyFile
{
    public static async Task<BodyRoom> Room(AgreementsDb db, PartnershipId partnership, Viewer viewer, CancellationToken cancel)
    {
        var parties = await db.Parties.Where(party => party.PartnershipId == partnership).OrderBy(party => party.Id)
            .ToListAsync(cancel);
        return new BodyRoom(parties, [.. parties.Where(party => party.IsActedForBy(viewer.Organisation, viewer.Unit))],
            await PartyNames.For(db, parties, cancel));
    }

    public static Task<Body?> Find(AgreementsDb db, Guid partnership, Guid body, CancellationToken cancel)
    {
        var (where, which) = (new PartnershipId(partnership), new BodyId(body));
        return db.Bodies.SingleOrDefaultAsync(known => known.PartnershipId == where && known.Id == which, cancel);
    }

    /// <summary>The body's agreement, held against transitions; null when the body is nobody's agreed text.</summary>
    public static async Task<Agreement?> AgreementOf(AgreementsDb db, Body body, CancellationToken cancel) =>
        body is { IsAgreed: true, AgreementId: { } agreement } ? await db.AgreementForWriting(agreement.Value, cancel) : null;

    public static async Task<IReadOnlyList<BodyView>> Views(
        AgreementsDb db, IReadOnlyList<Body> bodies, BodyRoom room, Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        var ids = bodies.Select(body => body.Id).ToList();
        var members = await db.BodyMembers.Where(member => ids.Contains(member.BodyId)).ToListAsync(cancel);
        var people = await viewer.NamesOf(members.Select(member => member.Person).OfType<PersonRef>(), cancel);
        return [.. bodies.Select(body => BodyView.Of(body, members, room, people, today))];
    }

    public static async Task<BodyView> View(
        AgreementsDb db, Body body, BodyRoom room, Viewer viewer, DateOnly today, CancellationToken cancel) =>
        (await Views(db, [body], room, viewer, today, cancel))[0];
}
