using Iop.Web.Gateway;

namespace Iop.Web.Register;

/// <summary>The public register, as the pages read it.</summary>
internal sealed class RegisterApi(GatewayCalls gateway)
{
    public Task<Answer<Listing<EntryInList>>> Find(string? search, string? status, int page, int limit, CancellationToken cancel) =>
        gateway.Get<Listing<EntryInList>>("/registry/v1/entries" + QueryString.Create(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["search"] = search, ["status"] = status, ["page"] = page.ToString(Invariant), ["limit"] = limit.ToString(Invariant),
            }.Where(pair => !string.IsNullOrEmpty(pair.Value))), cancel);

    public Task<Answer<Entry>> Show(Guid id, CancellationToken cancel) => gateway.Get<Entry>($"/registry/v1/entries/{id}", cancel);

    public Task<Answer<RegisterFigures>> Figures(CancellationToken cancel) => gateway.Get<RegisterFigures>("/registry/v1/statistics", cancel);

    private static readonly IFormatProvider Invariant = System.Globalization.CultureInfo.InvariantCulture;
}

public sealed record EntryInList(
    Guid Id, string Title, string? Purpose, string Status, string? Area, string? TargetAge, DateOnly? StartsOn, DateOnly? EndsOn,
    bool AutoRenews, IReadOnlyList<EntryParty> Parties);

public sealed record EntryParty(string Name, string Kind, string? Unit);

public sealed record Entry(
    Guid Id, string Title, string? Purpose, string? Challenge, string? TargetGroup, string Status, string? Area, string? TargetAge, DateOnly? StartsOn,
    DateOnly? EndsOn, bool AutoRenews, string? MunicipalityCode, string? CountyCode, string? Provenance, DateOnly? LastConfirmedOn,
    IReadOnlyList<EntryParty> Parties, IReadOnlyList<EntryContribution>? Contributions, IReadOnlyList<EntryEvent>? History);

public sealed record EntryContribution(string? Party, string Kind, string? Description, string? AmountPerYear, int? HoursPerYear);

public sealed record EntryEvent(DateOnly On, string What);

public sealed record RegisterFigures(DateOnly? AsOf, long Active, long Entries, long Organisations, long Municipalities);
