using Iop.Web.Gateway;

namespace Iop.Web.Published;

/// <summary>What is public about outcome contracts, as the open pages read it.</summary>
internal sealed class PublishedApi(GatewayCalls gateway)
{
    private const string Root = "/outcome-finance/v1/published-contracts";

    public Task<Answer<Listing<PublishedInList>>> Find(string? search, int page, int limit, CancellationToken cancel) =>
        gateway.Get<Listing<PublishedInList>>(
            $"{Root}?q={Uri.EscapeDataString(search ?? "")}&page={page}&limit={limit}", cancel);

    public Task<Answer<PublishedContract>> Show(Guid id, CancellationToken cancel) =>
        gateway.Get<PublishedContract>($"{Root}/{id}", cancel);
}

public sealed record PublishedInList(Guid Id, string Title, string State, DateOnly SignedOn, IReadOnlyList<string>? Parties);

public sealed record PublishedContract(
    Guid Id, string Title, string State, string Currency, DateOnly SignedOn, DateOnly? EndedOn,
    IReadOnlyList<PublishedParty>? Parties, IReadOnlyList<PublishedPeriod>? Periods, int Release, DateTimeOffset ReleasedAt);

public sealed record PublishedParty(string Name, string Role);

public sealed record PublishedPeriod(
    string Key, DateOnly From, DateOnly To, bool Final, string? Amount, string? AmountReason,
    IReadOnlyList<PublishedResult>? Results, IReadOnlyList<PublishedTotal>? Totals);

/// <summary>Without a value it is withheld, and the reason says why.</summary>
public sealed record PublishedResult(
    string? Collection, string? Group, string Measure, string Kind, string? Value, string? Reason);

public sealed record PublishedTotal(string Collection, string Measure, string Value, int GroupsLeftOut);
