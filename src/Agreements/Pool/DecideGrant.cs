using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Pool;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;

namespace Iop.Agreements.Pool;

/// <summary>The body decides together what the pool is used for (gemensamt beslut). The money is set aside at once, so that it
/// cannot be promised twice.</summary>
internal static class DecideGrant
{
    public sealed record Request(
        Guid PartyId, string Amount, string Purpose, IReadOnlyList<Guid> CriterionIds, DecisionRequest Decision);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/pool/grants", Handle).WithName(nameof(DecideGrant)).Creates();

    internal static async Task<Answer<GrantView>> Handle(
        Guid id, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await PoolFile.ForUpdate(db, id, cancel) is not { } file) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(file.Pool.AgreementId, cancel) is { } outside) return outside;
        if (request.Decision.Look(FillPool.Amount(
            new Fields().Text("purpose", request.Purpose, SharedPool.TextMax)
                .Count("criterionIds", request.CriterionIds.Count, 1, PoolCriterion.PerSetMax),
            request.Amount, out var amount)).Refusal is { } malformed) return malformed;
        if (file.Touch(viewer, isMoney: true) is { } closed) return closed;
        var now = clock.GetUtcNow();
        var (undecided, decision) = await request.Decision.Record(db, file.Living, viewer, joint: true, now, cancel);
        if (undecided is not null) return undecided;
        var wish = new PoolGrant.Wish(
            new PartyId(request.PartyId), amount, request.Purpose.Trim(),
            [.. request.CriterionIds.Select(criterion => new CriterionId(criterion))]);
        if (PoolGrant.Decide(
            new GrantId(Guid.CreateVersion7(now)), file.Pool, wish, decision, file.Criteria, file.Living.Parties, file.Ledger,
            out var grant) is { } refusal) return refusal;
        db.Add(grant);
        db.Announce(file.Pool.Id.Value, file.Pool.Version, new PoolGrantDecided
        {
            GrantId = grant.Id.Value,
            Sequence = file.Pool.Version,
            PoolId = file.Pool.Id.Value,
            AgreementId = id,
            PartnershipId = file.Pool.PartnershipId.Value,
            Title = file.Pool.Title,
            Purpose = grant.Purpose,
            AmountMinor = grant.Ore,
            Currency = Currency.Sek.Code,
            ReceiverOrganisationId = OrganisationOf(file, grant.PartyId),
            HolderOrganisationId = OrganisationOf(file, file.Pool.HolderId),
            HolderUnitId = file.Living.AllParties.Single(party => party.Id == file.Pool.HolderId).Unit?.Value,
        });
        await db.SaveChangesAsync(cancel);
        file.Grants.Add(grant);
        return Answers.Created(
            $"/agreements/v1/agreements/{id}/pool/grants/{grant.Id.Value}",
            GrantView.Of(grant, file, await PoolView.Decisions(db, file, cancel)), grant.Version);
    }

    private static Guid OrganisationOf(PoolFile file, PartyId party) =>
        file.Living.AllParties.Single(known => known.Id == party).Organisation.Value;
}
