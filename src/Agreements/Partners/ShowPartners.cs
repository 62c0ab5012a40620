using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Partners;

/// <summary>How the partners were chosen, who was asked and what became of it, and who is affected without being a
/// party.</summary>
internal static class ShowPartners
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/partnerships/{id:guid}/partners", Handle).WithName(nameof(ShowPartners));

    internal static async Task<Answer<PartnersView>> Handle(Guid id, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var partnership = new PartnershipId(id);
        if (!await db.Partnerships.AnyAsync(known => known.Id == partnership, cancel)) return Refusal.NotFound;
        return await PartnersView.Of(partnership, viewer, db, cancel);
    }
}

/// <param name="Choice">Null until it is written down.</param>
/// <param name="ChoiceTag">The If-Match of the next wording; 0 before the first.</param>
internal sealed record PartnersView(PartnersView.ChoiceView? Choice, string ChoiceTag, IReadOnlyList<ActorView> Actors)
{
    public sealed record ChoiceView(
        bool OpenInvitation, string How, string Criteria, string? ChangedBy, DateTimeOffset ChangedAt);

    public static async Task<PartnersView> Of(
        PartnershipId partnership, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var choice = await db.PartnerChoices.SingleOrDefaultAsync(one => one.PartnershipId == partnership, cancel);
        var actors = await db.Actors.Where(actor => actor.PartnershipId == partnership).OrderBy(actor => actor.ActorId)
            .ToListAsync(cancel);
        var names = await viewer.NamesOf(choice is null ? [] : [choice.ChangedBy], cancel);
        return new PartnersView(
            choice is null ? null : new ChoiceView(choice.OpenInvitation, choice.How, choice.Criteria,
                names.GetValueOrDefault(choice.ChangedBy), choice.ChangedAt),
            $"{choice?.Version ?? 0}", [.. actors.Select(ActorView.Of)]);
    }
}

/// <param name="OnPlatform">An organisation of the platform, that can become a party.</param>
/// <param name="Next">The standings it can move to.</param>
internal sealed record ActorView(
    Guid Id, string Name, OrganisationKind Kind, Guid? OrganisationId, Guid? UnitId, bool OnPlatform, Standing Standing,
    string? Reason, DateOnly Since, IReadOnlyList<Standing> Next, string ActorTag)
{
    public static ActorView Of(Actor actor) => new(
        actor.ActorId, actor.Name, actor.Kind, actor.Organisation?.Value, actor.Unit?.Value, actor.Organisation is not null,
        actor.Standing, actor.Reason, actor.Since,
        [.. Enum.GetValues<Standing>().Where(to => actor.Standing.CanBecome(to))], $"{actor.Version}");
}
