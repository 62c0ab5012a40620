using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Texts;
using Iop.Agreements.Drafting;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Delivering;

/// <summary>What the parties put in: planned and delivered, per party and side, with every report and its corrections.</summary>
internal static class ShowResources
{
    public sealed record Result(ResourcesView Resources, IReadOnlyList<ContributionView> Contributions,
        IReadOnlyList<DeliveryView> Deliveries);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/agreements/{id:guid}/resources", Handle).WithName(nameof(ShowResources));
        api.MapGet("/agreements/{id:guid}/deliveries/{deliveryId:guid}", Show).WithName("ShowDelivery");
    }

    internal static async Task<Answer<Result>> Handle(
        Guid id, Viewer viewer, AgreementsDb db, Catalogues catalogues, CancellationToken cancel)
    {
        if (await db.Agreements.FindAsync([new AgreementId(id)], cancel) is not { } agreement) return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        var all = file.Living.Deliveries;
        var names = await viewer.NamesOf(all.Select(delivery => delivery.ReportedBy), cancel);
        return new Result(ResourcesView.Of(file, viewer),
            [.. file.Contributions.Select(offer => ContributionView.Of(offer, file))],
            [.. all.Select(delivery => DeliveryView.Of(delivery, all, file, names))]);
    }

    internal static async Task<Answer<DeliveryView>> Show(
        Guid id, Guid deliveryId, Viewer viewer, AgreementsDb db, Catalogues catalogues, CancellationToken cancel)
    {
        if (await db.Agreements.FindAsync([new AgreementId(id)], cancel) is not { } agreement) return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (file.Living.Deliveries.SingleOrDefault(known => known.DeliveryId == deliveryId) is not { } delivery)
            return Refusal.NotFound;
        return DeliveryView.Of(delivery, file.Living.Deliveries, file, await viewer.NamesOf([delivery.ReportedBy], cancel));
    }
}
