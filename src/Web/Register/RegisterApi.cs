using Iop.Web.Gateway;

namespace Iop.Web.Register;

/// <summary>The public register, as the pages read it.</summary>
internal sealed class RegisterApi(GatewayCalls gateway)
{
    public Task<Answer<Listing<EntryInList>>> Find(EntryQuery query, int limit, CancellationToken cancel) =>
        gateway.Get<Listing<EntryInList>>("/registry/v1/entries" + query.Address("limit", limit), cancel);

    public Task<Answer<Entry>> Show(Guid id, CancellationToken cancel) =>
        gateway.Get<Entry>($"/registry/v1/entries/{id}", cancel);

    public Task<Answer<RegisterFigures>> Figures(CancellationToken cancel) =>
        gateway.Get<RegisterFigures>("/registry/v1/figures", cancel);

    public Task<Answer<Listing<Organisation>>> Organisations(string? search, CancellationToken cancel) =>
        gateway.Get<Listing<Organisation>>(
            "/registry/v1/organisations?limit=100&q=" + Uri.EscapeDataString(search ?? ""), cancel);

    public Task<Answer<Organisation>> OrganisationWithUnits(Guid id, CancellationToken cancel) =>
        gateway.Get<Organisation>($"/registry/v1/organisations/{id}", cancel);
}

/// <summary>What is looked for in the register.</summary>
internal sealed record EntryQuery(string? Q, string? Area, string? Status, int Page)
{
    /// <summary>As a query string; empty wishes left out.</summary>
    public string Address(string name, int number) => QueryString.Create(
        new KeyValuePair<string, string?>[]
        {
            new("q", Q), new("area", Area), new("status", Status), new("page", Page > 1 ? Text(Page) : null),
            new(name, Text(number)),
        }.Where(pair => !string.IsNullOrEmpty(pair.Value))).ToString();

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

public sealed record EntryInList(
    Guid Id, string Title, string? Purpose, string Status, string? Area, string? TargetAge, DateOnly? StartsOn, DateOnly? EndsOn,
    bool OpenEnded, IReadOnlyList<EntryParty>? Parties, EntryPlace? Geography);

public sealed record EntryParty(Guid? OrganisationId, string Name, string Kind, string? UnitName);

public sealed record EntryPlace(string? MunicipalityCode, string? CountyCode, string? Name);

public sealed record Entry(
    Guid Id, string Title, string? Purpose, string? Challenge, string? TargetGroup, string Status, string? Area,
    string? TargetAge, DateOnly? StartsOn,
    DateOnly? EndsOn, bool OpenEnded, EntryPlace? Geography, string? Provenance, DateOnly? LastConfirmedOn,
    IReadOnlyList<EntryParty>? Parties,
    IReadOnlyList<EntryResource>? Resources, IReadOnlyList<EntryAgreement>? Agreements, IReadOnlyList<EntryEvent>? History,
    IReadOnlyList<string>? Missing);

public sealed record EntryResource(string? PartyName, string Kind, string? Description, string? AmountPerYear, int? HoursPerYear);

public sealed record EntryAgreement(
    string Title, DateOnly SignedOn, DateOnly StartsOn, DateOnly? EndsOn, bool AutoRenews, string VersionHash);

public sealed record EntryEvent(DateOnly On, string What);

public sealed record RegisterFigures(
    DateOnly? AsOf, long Active, long All, long Organisations, long IdeaDriven, long Public, IReadOnlyList<EntryInList>? Newest,
    long Base, long LeftOut);

public sealed record Organisation(Guid Id, string Name, string Kind, IReadOnlyList<OrganisationUnit>? Units);

public sealed record OrganisationUnit(Guid Id, string Name);
