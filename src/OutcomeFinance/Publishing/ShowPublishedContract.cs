using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Publishing;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Publishing;

/// <summary>What is published about signed contracts. Public by its nature: public bodies pay by them. Small counts, and what
/// would give them away, were left out when it was written.</summary>
internal static class ShowPublishedContract
{
    private const string Withheld = "too-few";

    public sealed record Line(Guid Id, string Title, string State, DateOnly SignedOn, IReadOnlyList<string> Parties);

    public sealed record ListView(IReadOnlyList<Line> Items, int Total);

    public sealed record PartyView(Guid OrganisationId, string Name, string Role);

    /// <param name="Amount">What the period comes to; null where it would give a withheld count away, or before it is
    /// measured.</param>
    /// <param name="AmountReason">too-few when it is withheld.</param>
    public sealed record PeriodView(
        string Key, DateOnly From, DateOnly To, bool Final, string? Amount, string? AmountReason,
        IReadOnlyList<ResultView> Results, IReadOnlyList<TotalView> Totals);

    /// <param name="Group">A group of a collection; null for the contract as a whole.</param>
    /// <param name="Value">Null when it is withheld, never nought.</param>
    /// <param name="Reason">too-few: fewer than five people, or something that would give such a number away.</param>
    public sealed record ResultView(
        string? Collection, string? Group, string Measure, FigureKind Kind, string? Value, string? Reason);

    /// <summary>Of the groups that are shown.</summary>
    public sealed record TotalView(string Collection, string Measure, string Value, int GroupsLeftOut);

    public sealed record View(
        Guid Id, string Title, string State, string Currency, Guid? PartnershipId, DateOnly SignedOn, DateOnly? EndedOn,
        IReadOnlyList<PartyView> Parties, IReadOnlyList<PeriodView> Periods, int Release, DateTimeOffset ReleasedAt);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/published-contracts", Find).WithName("FindPublishedContracts").AllowAnonymous();
        api.MapGet("/published-contracts/{id:guid}", Handle).WithName(nameof(ShowPublishedContract)).AllowAnonymous();
    }

    internal static async Task<Answer<ListView>> Find(
        string? q, Paging paging, OutcomeFinanceDb db, HttpRequest request, CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        if (new Fields().OptionalText("q", q, 200).Refusal is { } malformed) return malformed;
        Guid? after = Guid.TryParse(paging.After, out var last) ? last : null;
        var total = await Matching(db, q, null).CountAsync(cancel);
        var page = await Matching(db, q, after).OrderByDescending(one => one.ContractId).Skip(paging.Skip)
            .Take(paging.Limit + 1).ToListAsync(cancel);
        var lines = page.Take(paging.Limit).Select(one => new Line(one.ContractId.Value, one.Title, Words.Of(one.State),
            one.SignedOn, [.. PublishedContract.Read<ContractFacts>(one.Facts).Parties.Select(party => party.Name)
                .Distinct(StringComparer.Ordinal)])).ToList();
        return Answers.Page(new ListView(lines, total),
            page.Count > paging.Limit ? Paging.Next(request, lines[^1].Id.ToString()) : null);
    }

    /// <summary>By title or by a party's name.</summary>
    private static IQueryable<PublishedContract> Matching(OutcomeFinanceDb db, string? q, Guid? after)
    {
        var wanted = string.IsNullOrWhiteSpace(q) ? null : $"%{Escaped(q.Trim())}%";
        return db.PublishedContracts.FromSql($"""
            SELECT * FROM published_contract WHERE ({after}::uuid IS NULL OR contract_id < {after}::uuid)
              AND ({wanted}::text IS NULL OR title ILIKE {wanted} OR EXISTS (
                SELECT FROM jsonb_array_elements(facts -> 'parties') AS party WHERE party ->> 'name' ILIKE {wanted}))
            """).AsNoTracking();
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    internal static async Task<Answer<View>> Handle(Guid id, OutcomeFinanceDb db, CancellationToken cancel)
    {
        var contract = new ContractId(id);
        return await db.PublishedContracts.AsNoTracking().SingleOrDefaultAsync(one => one.ContractId == contract, cancel)
            is { } published
            ? Answers.Ok(Of(published), $"{published.Release}.{published.State}")
            : Refusal.NotFound;
    }

    private static View Of(PublishedContract one)
    {
        var (facts, results) = (PublishedContract.Read<ContractFacts>(one.Facts),
            PublishedContract.Read<Publication>(one.Results));
        return new View(one.ContractId.Value, one.Title, Words.Of(one.State), one.Currency, one.PartnershipId, one.SignedOn,
            one.EndedOn, [.. facts.Parties.Select(party => new PartyView(party.OrganisationId, party.Name, party.Role))],
            [.. facts.Periods.Select(period => Of(period, results))], one.Release, one.ReleasedAt);
    }

    private static PeriodView Of(PeriodFact period, Publication results)
    {
        var amount = results.Amounts.FirstOrDefault(one => one.Period == period.Key);
        return new PeriodView(period.Key, period.From, period.To, period.Final, amount?.Amount,
            amount is { Amount: null } ? Withheld : null,
            [.. results.Figures.Where(one => one.Period == period.Key).Select(one => new ResultView(
                one.Collection.Length == 0 ? null : one.Collection, one.Group.Length == 0 ? null : one.Group, one.Measure,
                one.Kind, one.Value, one.Value is null ? Withheld : null))],
            [.. results.Totals.Where(one => one.Period == period.Key).Select(one => new TotalView(
                one.Collection, one.Measure, one.Value, one.GroupsLeftOut))]);
    }
}
