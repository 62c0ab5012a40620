using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Texts;
using Iop.Agreements.Partnerships;
using Iop.Kernel;

namespace Iop.Agreements.Delivering;

/// <summary>Kronor as a decimal string, hours, and how many state neither.</summary>
internal sealed record AmountsView(string Kronor, string Currency, int Hours, int Unvalued)
{
    public static AmountsView Of(Amounts amounts) =>
        new(amounts.Value.ToDecimalString(), amounts.Value.Currency.Code, amounts.Hours, amounts.Unvalued);
}

/// <summary>Who puts in what: planned a year, delivered each year, share per side, and the same source named twice.</summary>
/// <param name="BalanceWhy">What the balance says, and what it does not.</param>
internal sealed record ResourcesView(
    IReadOnlyList<ResourcesView.PartyLine> Parties, IReadOnlyList<ResourcesView.SideLine> Sides, Balance Balance,
    string BalanceWhy,
    IReadOnlyList<ResourcesView.SourceLine> SharedSources)
{
    public sealed record PartyLine(
        Guid PartyId, string PartyName, OrganisationKind Side, AmountsView PlannedPerYear, IReadOnlyList<YearLine> Delivered);

    public sealed record YearLine(int Year, AmountsView Amounts);

    public sealed record SideLine(OrganisationKind Side, AmountsView PlannedPerYear, AmountsView Delivered, int? Percent);

    public sealed record SourceLine(string Source, IReadOnlyList<Guid> ContributionIds, IReadOnlyList<string> PartyNames);

    public static ResourcesView Of(AgreementFile file, Viewer viewer)
    {
        var resources = Resources.Of(file.Parties, file.Contributions, file.Living.Deliveries);
        string NameOf(PartyId id) => file.Names.Of(file.Parties.Single(party => party.Id == id));
        return new ResourcesView(
            [.. resources.Parties.Select(party => new PartyLine(
                party.Party.Value, NameOf(party.Party), party.Side, AmountsView.Of(party.PlannedPerYear),
                [.. party.Delivered.Select(year => new YearLine(year.Year, AmountsView.Of(year.Amounts)))]))],
            [.. resources.Sides.Select(side =>
                new SideLine(side.Side, AmountsView.Of(side.PlannedPerYear), AmountsView.Of(side.Delivered), side.Percent))],
            resources.Balance, viewer.Say($"balance.{Words.Of(resources.Balance)}"),
            [.. resources.Shared.Select(shared => new SourceLine(
                shared.Source, [.. shared.Contributions.Select(id => id.Value)],
                [.. file.Contributions.Where(offer => shared.Contributions.Contains(offer.Id))
                    .Select(offer => NameOf(offer.PartyId))
                    .Distinct(StringComparer.Ordinal)]))]);
    }
}

/// <param name="Counts">False when a later report has taken its place.</param>
internal sealed record DeliveryView(
    Guid Id, Guid ContributionId, Guid PartyId, string PartyName, ContributionKind Kind, DateOnly FromOn, DateOnly ToOn,
    string? Kronor,
    string? Currency, int? Hours, string? Comment, string? ReportedBy, DateTimeOffset ReportedAt, Guid? Corrects, bool Counts)
{
    public static DeliveryView Of(
        Delivery delivery, IReadOnlyCollection<Delivery> all, AgreementFile file, IReadOnlyDictionary<PersonRef, string> names) =>
            new(
        delivery.DeliveryId, delivery.ContributionId.Value, delivery.PartyId.Value,
        file.EverParties.FirstOrDefault(party => party.Id == delivery.PartyId) is { } party
            ? file.Names.Of(party) : "", delivery.Kind,
        delivery.FromOn, delivery.ToOn, delivery.Ore is { } ore ? Money.Ore(ore).ToDecimalString() : null,
        delivery.Ore is null ? null : Kernel.Currency.Sek.Code, delivery.Hours, delivery.Comment,
        names.GetValueOrDefault(delivery.ReportedBy), delivery.ReportedAt, delivery.Corrects,
        all.All(other => other.Corrects != delivery.DeliveryId));
}
