using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Bodies;

/// <summary>Who meets and decides in a partnership, and who sits where.</summary>
internal static class ListBodies
{
    public sealed record Result(IReadOnlyList<BodyView> Items);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/partnerships/{id:guid}/bodies", Handle).WithName(nameof(ListBodies));
        api.MapGet("/partnerships/{id:guid}/bodies/{bodyId:guid}", Show).WithName("ShowBody");
    }

    internal static async Task<Answer<Result>> Handle(
        Guid id, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel, Guid? agreementId = null)
    {
        var partnership = new PartnershipId(id);
        return await db.Partnerships.AnyAsync(known => known.Id == partnership, cancel)
            ? await Of(db, partnership, agreementId, viewer, clock, cancel)
            : Refusal.NotFound;
    }

    /// <summary>All bodies, or those that an agreement has and those that serve all agreements.</summary>
    internal static async Task<Result> Of(
        AgreementsDb db, PartnershipId partnership, Guid? agreement, Viewer viewer, TimeProvider clock, CancellationToken cancel)
    {
        AgreementId? only = agreement is { } one ? new AgreementId(one) : null;
        var bodies = await db.Bodies.Where(body => body.PartnershipId == partnership
            && (only == null || body.AgreementId == null || body.AgreementId == only)).OrderBy(body => body.Id)
                .ToListAsync(cancel);
        var room = await BodyFile.Room(db, partnership, viewer, cancel);
        return new Result(await BodyFile.Views(db, bodies, room, viewer, clock.Today(), cancel));
    }

    internal static async Task<Answer<BodyView>> Show(
        Guid id, Guid bodyId, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await BodyFile.Find(db, id, bodyId, cancel) is not { } body) return Refusal.NotFound;
        var room = await BodyFile.Room(db, body.PartnershipId, viewer, cancel);
        return Answers.Ok(await BodyFile.View(db, body, room, viewer, clock.Today(), cancel), body.Version);
    }
}
