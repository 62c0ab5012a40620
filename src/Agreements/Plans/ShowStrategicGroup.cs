using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Plans;

/// <summary>The one strategic group of a partnership with several agreements, and what it sees to: that all of them have equal
/// resources.</summary>
internal static class ShowStrategicGroup
{
    /// <param name="Groups">The partnership's own steering bodies, which belong to no single agreement; one is enough.</param>
    public sealed record View(
        Guid PartnershipId, IReadOnlyList<GroupView> Groups, IReadOnlyList<AgreementView> Agreements, string Mean, bool Equal,
        string Currency);

    public sealed record GroupView(Guid Id, string Name, string? Mandate);

    /// <param name="WithoutValue">Contributions nobody has put a value on: they are not in the sums.</param>
    public sealed record AgreementView(
        Guid Id, string Title, AgreementState State, string PublicPerYear, string OthersPerYear, string PerYear, int HoursPerYear,
        int WithoutValue, string Difference);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/partnerships/{id:guid}/strategic-group", Handle).WithName(nameof(ShowStrategicGroup));

    internal static async Task<Answer<View>> Handle(Guid id, AgreementsDb db, CancellationToken cancel)
    {
        var partnership = new PartnershipId(id);
        if (!await db.Partnerships.AnyAsync(known => known.Id == partnership, cancel)) return Refusal.NotFound;
        var groups = await db.Bodies.AsNoTracking()
            .Where(body => body.PartnershipId == partnership && body.AgreementId == null && body.Kind == BodyKind.Steering)
            .OrderBy(body => body.Id).ToListAsync(cancel);
        var agreements = (await db.Agreements.AsNoTracking().Where(known => known.PartnershipId == partnership)
            .OrderBy(known => known.Id).ToListAsync(cancel)).Where(known => !known.State.IsOver()).ToList();
        var parties = await db.Parties.AsNoTracking().Where(party => party.PartnershipId == partnership).ToListAsync(cancel);
        var ids = agreements.Select(agreement => agreement.Id).ToList();
        var contributions = (await db.Contributions.AsNoTracking().Where(one => ids.Contains(one.AgreementId))
            .ToListAsync(cancel)).ToLookup(one => one.AgreementId);
        var resources = agreements.Select(one => AgreementResources.Of(one.Id, parties, contributions[one.Id])).ToList();
        var equal = EqualResources.Of(resources);
        return new View(
            id, [.. groups.Select(group => new GroupView(group.Id.Value, group.Name, group.Mandate))],
            [.. agreements.Zip(resources, (agreement, of) => new AgreementView(
                agreement.Id.Value, agreement.Title, agreement.State, of.PublicPerYear.ToDecimalString(),
                of.OthersPerYear.ToDecimalString(), of.PerYear.ToDecimalString(), of.HoursPerYear, of.WithoutValue,
                equal.Differences[agreement.Id].ToDecimalString()))],
            equal.Mean.ToDecimalString(), equal.AreEqual, Currency.Sek.Code);
    }
}
