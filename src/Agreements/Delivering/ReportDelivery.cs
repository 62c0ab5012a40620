using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Texts;
using Iop.Agreements.Drafting;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;

namespace Iop.Agreements.Delivering;

/// <summary>A party says what it has put in during a period (levererat), or corrects what it has said.</summary>
internal static class ReportDelivery
{
    public sealed record Request(
        DateOnly FromOn, DateOnly ToOn, string? Kronor = null, int? Hours = null, string? Comment = null, Guid? Corrects = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/contributions/{contributionId:guid}/deliveries", Handle)
            .WithName(nameof(ReportDelivery))
            .Creates();

    internal static async Task<Answer<DeliveryView>> Handle(
        Guid id, Guid contributionId, Request request, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
            CancellationToken cancel)
    {
        if (await db.AgreementForWriting(id, cancel) is not { } agreement) return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (file.Contributions.SingleOrDefault(offer => offer.Id.Value == contributionId) is not { } planned)
            return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Reporter, Roles.Controller) is { } missing) return missing;
        if (Read(request, out var reported) is { } malformed) return malformed;
        if (!file.Parties.Single(party => party.Id == planned.PartyId).IsActedForBy(viewer.Organisation, viewer.Unit))
            return DeliveryRefusals.OnlyOwn;
        var present = file.Living.Deliveries.Where(other => other.ContributionId == planned.Id).ToList();
        var begun = file.Versions.Select(version => version.InForceFrom).OfType<DateOnly>().Cast<DateOnly?>().Min();
        var refusal = Delivery.Report(Guid.CreateVersion7(clock.GetUtcNow()), agreement, begun, planned, reported, viewer.Person,
            present,
            clock.GetUtcNow(), out var delivery);
        if (refusal is not null) return refusal;
        db.Add(delivery);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/agreements/v1/agreements/{id}/deliveries/{delivery.DeliveryId}",
            DeliveryView.Of(delivery, [.. present, delivery], file, await viewer.NamesOf([viewer.Person], cancel)), 1);
    }

    private static Refusal? Read(Request request, out Delivery.Reported reported)
    {
        Money? value = null;
        var fields = new Fields().OptionalText("comment", request.Comment, Delivery.CommentMax)
            .Between("hours", request.Hours ?? 0, 0, Contribution.HoursMax)
            .Must("toOn", request.ToOn >= request.FromOn, "delivery.ends-before-start")
            .Must("kronor", request.Kronor is not null || request.Hours is not null
                || !string.IsNullOrWhiteSpace(request.Comment),
                "delivery.says-nothing");
        if (request.Kronor is not null)
        {
            var isMoney = Money.TryParse(request.Kronor, Currency.Sek, out var money);
            fields.Must("kronor", isMoney, "field.malformed")
                .Must("kronor", !isMoney || money.Minor is >= 0 and <= Contribution.OreMax, "contribution.amount-out-of-range");
            value = money;
        }
        var comment = string.IsNullOrWhiteSpace(request.Comment) ? null : request.Comment.Trim();
        reported = new Delivery.Reported(request.FromOn, request.ToOn, value, request.Hours, comment, request.Corrects);
        return fields.Refusal;
    }
}
