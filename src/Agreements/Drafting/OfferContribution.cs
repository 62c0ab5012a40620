using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;

namespace Iop.Agreements.Drafting;

/// <summary>The draft says what a party puts in (insats): money, premises, hours, competence …</summary>
internal static class OfferContribution
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/contributions", Handle).WithName(nameof(OfferContribution)).Creates();

    public sealed record Request(
        Guid PartyId, ContributionKind Kind, string Description, string? KronorPerYear = null, int? HoursPerYear = null,
            string? FundingSource = null);

    internal static async Task<Answer<ContributionView>> Handle(
        Guid id, Request request, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
            CancellationToken cancel)
    {
        if (await db.AgreementForWriting(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (Read(request.Kind, request.Description, request.KronorPerYear, request.HoursPerYear, request.FundingSource,
            out var offered) is { } malformed) return malformed;
        if (agreement.IsFixed is { } isFixed) return isFixed;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (file.Parties.All(party => party.Id.Value != request.PartyId)) return AgreementRefusals.UnknownParty;
        if (Contribution.NoRoomBeside(file.Contributions.Count) is { } full) return full;
        var contributionId = new ContributionId(Guid.CreateVersion7(clock.GetUtcNow()));
        if (Contribution.Offer(contributionId, agreement.Id, agreement.PartnershipId, new PartyId(request.PartyId), offered,
            out var contribution) is { } refusal)
            return refusal;
        db.Add(contribution);
        await db.SaveChangesAsync(cancel);
        return Answers.Created(
            $"/agreements/v1/agreements/{id}/contributions/{contribution.Id.Value}", ContributionView.Of(contribution, file),
                contribution.Version);
    }

    internal static Refusal? Read(
        ContributionKind kind, string description, string? kronor, int? hours, string? fundingSource,
            out Contribution.Offered offered)
    {
        Money? perYear = null;
        var fields = new Fields().Text("description", description, Contribution.DescriptionMax)
            .OptionalText("fundingSource", fundingSource, Contribution.FundingSourceMax)
            .Between("hoursPerYear", hours ?? 0, 0, Contribution.HoursMax);
        if (kronor is not null)
        {
            var isMoney = Money.TryParse(kronor, Currency.Sek, out var money);
            fields.Must("kronorPerYear", isMoney, "field.malformed")
                .Must("kronorPerYear", !isMoney || money.Minor is >= 0 and <= Contribution.OreMax,
                "contribution.amount-out-of-range");
            perYear = money;
        }
        offered = new Contribution.Offered(kind, description?.Trim() ?? "", perYear, hours, fundingSource);
        return fields.Refusal;
    }
}
