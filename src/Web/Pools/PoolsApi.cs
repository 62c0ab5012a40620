using Iop.Web.Gateway;
using Iop.Web.Plans;

namespace Iop.Web.Pools;

/// <summary>The shared pool, as the pages read and move it.</summary>
internal sealed class PoolsApi(GatewayCalls gateway)
{
    private const string Root = "/agreements/v1/agreements";

    public Task<Answer<Pool>> Show(Guid agreement, string? on, CancellationToken cancel) =>
        gateway.Get<Pool>($"{Root}/{agreement}/pool{(on is null ? "" : $"?on={Uri.EscapeDataString(on)}")}", cancel);

    /// <summary>Creates something in it: a line, a decision, or the pool itself.</summary>
    public Task<Answer<object>> Add(Guid agreement, string what, object body, string? key, CancellationToken cancel) =>
        gateway.Create<object>($"{Root}/{agreement}/pool{what}", body, key, cancel);

    /// <summary>Agrees a rate or criteria, or releases a decision.</summary>
    public Task<Answer<object>> Agree(Guid agreement, string what, object body, string? tag, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Post, $"{Root}/{agreement}/pool/{what}", body, tag, null, cancel);
}

public sealed record Pool(
    Guid Id, string Title, Guid HolderPartyId, string? HolderName, bool Mine, DateOnly On, string Balance, string Granted,
    string Available, DateTimeOffset? SettledAt, Decision? Decision, IReadOnlyList<PoolRate>? Rates,
    IReadOnlyList<PoolCriterion>? Criteria, IReadOnlyList<PoolShare>? Parties, IReadOnlyList<PoolGrant>? Grants,
    IReadOnlyList<PoolEntry>? Entries, string? PoolTag);

public sealed record PoolRate(string Unit, string PerUnit, DateOnly StartsOn, bool AppliesToday);

public sealed record PoolCriterion(Guid Id, int Rank, string Text, DateOnly AgreedOn, bool Applies);

public sealed record PoolShare(Guid PartyId, string? Name, string Accrued, string Deposited, string Paid, string Settled);

public sealed record PoolGrant(
    Guid Id, string? PartyName, string Amount, string Paid, string Left, string Purpose, IReadOnlyList<string>? Criteria,
    Decision? Decision, DateTimeOffset? ReleasedAt, string? ReleasedBecause, string? GrantTag);

public sealed record PoolEntry(
    Guid Id, int Number, string Kind, string? PartyName, string Amount, DateOnly BookedOn, string? Note, string? Unit,
    string? PerUnit, int? Quantity, DateOnly? StartsOn, DateOnly? EndsOn, string? Purpose, bool Reversed);
