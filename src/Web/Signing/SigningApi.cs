using System.Text;
using System.Text.Json;
using Iop.Web.Gateway;

namespace Iop.Web.Signing;

/// <summary>The signing of an agreement, its versions, and what proves them.</summary>
internal sealed class SigningApi(GatewayCalls gateway)
{
    private const string Root = "/agreements/v1/agreements";

    public Task<Answer<SigningRound>> Show(Guid id, CancellationToken cancel) =>
        gateway.Get<SigningRound>($"{Root}/{id}/signing", cancel);

    public Task<Answer<VersionList>> Versions(Guid id, CancellationToken cancel) =>
        gateway.Get<VersionList>($"{Root}/{id}/versions", cancel);

    public Task<Answer<Difference>> Difference(Guid id, string earlier, string later, CancellationToken cancel) =>
        gateway.Get<Difference>(
            $"{Root}/{id}/versions/{Uri.EscapeDataString(earlier)}/difference/{Uri.EscapeDataString(later)}", cancel);

    public Task<Answer<SigningRound>> Order(Guid id, object turns, string? tag, CancellationToken cancel) =>
        gateway.Act<SigningRound>(HttpMethod.Put, $"{Root}/{id}/signing-order", turns, tag, null, cancel);

    public Task<Answer<SigningRound>> Reviewers(Guid id, Guid party, object reviewers, string? tag, CancellationToken cancel) =>
        gateway.Act<SigningRound>(HttpMethod.Put, $"{Root}/{id}/parties/{party}/reviewers", reviewers, tag, null, cancel);

    /// <summary>The package byte for byte, or why not.</summary>
    public async Task<(byte[]? Package, Problem? Problem)> Package(Guid id, string hash, CancellationToken cancel)
    {
        var answer = await gateway.Get<JsonElement>($"{Root}/{id}/versions/{Uri.EscapeDataString(hash)}/package", cancel);
        return answer.Problem is { } no ? (null, no) : (Encoding.UTF8.GetBytes(answer.Value.GetRawText()), null);
    }

    /// <summary>The keys that the service itself publishes.</summary>
    public async Task<byte[]?> PublishedKeys(CancellationToken cancel)
    {
        var answer = await gateway.Get<JsonElement>("/agreements/v1/sealing-keys", cancel);
        return answer.Ok ? Encoding.UTF8.GetBytes(answer.Value.GetRawText()) : null;
    }
}

public sealed record SigningRound(
    string? VersionHash, int? Number, DateTimeOffset? OpenedAt, string? OpenedBy, string Order,
    IReadOnlyList<SigningParty>? Parties, bool MaySign, string? WhyNot, Declined? Declined,
    IReadOnlyList<SigningApproval>? Approvals, Comparable? Previous, IReadOnlyList<Look>? Looks, Look? LastLook, bool LookIsNoted)
{
    /// <summary>The caller is asked to read before the own party signs.</summary>
    public bool AsksMe => VersionHash is not null && Mine.Any(party => party.State != "signed"
        && (party.Reviewers ?? []).Any(reviewer => reviewer is { Me: true, PassedAt: null }));

    public IEnumerable<SigningParty> Mine => (Parties ?? []).Where(party => party.Mine);
}

public sealed record SigningParty(
    Guid PartyId, string Name, bool Mine, int Turn, int RequiredSignatures, int Given, string State, IReadOnlyList<string>? After,
    int ReviewersMissing, IReadOnlyList<Reviewer>? Reviewers);

public sealed record Reviewer(
    Guid Id, Guid? PersonId, string? Name, string? Role, DateTimeOffset? PassedAt, string? PassedBy, string? ReleasedBecause,
    bool Me);

public sealed record Declined(string PartyName, string? PersonName, string Reason, DateTimeOffset At);

public sealed record SigningApproval(string OrganisationName, string? PersonName, DateTimeOffset At);

public sealed record Comparable(string Hash, int Number, DateTimeOffset OpenedAt);

public sealed record Look(string? PersonName, DateTimeOffset At, string Hash, int? Number, string? Comment);

public sealed record VersionList(IReadOnlyList<VersionItem> Items);

public sealed record VersionItem(
    int Number, string Hash, string? PreviousHash, DateTimeOffset OpenedAt, string? OpenedBy, int Signatures,
    string? DeclinedBecause, bool Current);

public sealed record Difference(Compared From, Compared To, int Count, IReadOnlyList<DifferentPart>? Parts);

public sealed record Compared(string Hash, int? Number, DateTimeOffset? At);

public sealed record DifferentPart(string Part, string Name, IReadOnlyList<DifferentItem>? Items);

public sealed record DifferentItem(string? Key, string? Name, string Change, IReadOnlyList<DifferentField>? Fields);

public sealed record DifferentField(string Field, string Name, IReadOnlyList<Stretch>? Words);

public sealed record Stretch(string Change, string Text);
