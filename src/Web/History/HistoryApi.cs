using System.Globalization;
using Iop.Web.Gateway;

namespace Iop.Web.History;

/// <summary>Who did what when, and how an agreement stood.</summary>
internal sealed class HistoryApi(GatewayCalls gateway)
{
    private const string Root = "/agreements/v1";

    /// <param name="of">partnerships or agreements.</param>
    /// <param name="id">Which one.</param>
    /// <param name="page">From 1.</param>
    /// <param name="person">Only what this person did.</param>
    /// <param name="section">Only what concerns this section.</param>
    /// <param name="cancel">Given up.</param>
    public Task<Answer<HistoryOf>> Of(
        string of, Guid id, int page, Guid? person, string? section, CancellationToken cancel) =>
        gateway.Get<HistoryOf>(
            $"{Root}/{of}/{id}/history?page={page}{(person is { } one ? $"&person={one}" : "")}"
                + (string.IsNullOrEmpty(section) ? "" : $"&section={Uri.EscapeDataString(section)}"),
            cancel);

    public Task<Answer<AsOf>> AsOf(Guid agreement, DateOnly day, CancellationToken cancel) => gateway.Get<AsOf>(
        $"{Root}/agreements/{agreement}/as-of?date={day.ToString("O", CultureInfo.InvariantCulture)}", cancel);
}

public sealed record HistoryOf(IReadOnlyList<HistoryLine> Items, IReadOnlyList<HistoryPerson>? People);

public sealed record HistoryPerson(Guid Id, string Name);

public sealed record HistoryLine(
    string Id, DateTimeOffset At, string? OrganisationName, Guid? AgreementId, string Sentence,
    IReadOnlyList<HistoryField>? Fields);

public sealed record HistoryField(string Name, string? From, string? To, bool Prose);

public sealed record AsOf(
    DateOnly Date, string State, AsOfVersion? InForce, string? Title, IReadOnlyList<AsOfField>? Frame,
    IReadOnlyList<AsOfParty>? Parties, IReadOnlyList<AsOfSection>? Sections, IReadOnlyList<AsOfThing>? Others);

public sealed record AsOfVersion(int Number, string Hash);

public sealed record AsOfField(string Name, string? Value);

public sealed record AsOfParty(string? Name, string? Kind);

public sealed record AsOfSection(string Key, string? Name, string? Text, string? Reason, string Status);

public sealed record AsOfThing(string Thing, string? ThingName, IReadOnlyList<AsOfField>? Fields);
