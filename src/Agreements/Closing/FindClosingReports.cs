using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Closing;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Closing;

/// <summary>Somebody who begins something new looks for what earlier processes learnt, in the partnerships of one's
/// own.</summary>
internal static class FindClosingReports
{
    private const int WordsMax = 200;

    public sealed record Line(
        Guid AgreementId, Guid PartnershipId, string Title, AgreementState State, string? Worked, string? DidNotWork, string? Why,
        string? StructuralChanges, string? NextProcess, Guid? SuccessorId, DateTimeOffset WrittenAt);

    public sealed record View(IReadOnlyList<Line> Items);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/closing-reports", Handle).WithName(nameof(FindClosingReports));

    internal static async Task<Answer<View>> Handle(
        string? q, Paging paging, HttpRequest request, AgreementsDb db, CancellationToken cancel)
    {
        if ((paging.Refusal ?? new Fields().OptionalText("q", q, WordsMax).Refusal) is { } refusal) return refusal;
        var after = Guid.TryParse(paging.After, out var last) ? last : (Guid?)null;
        var words = string.IsNullOrWhiteSpace(q) ? null : q.Trim();
        var page = await db.ClosingReports.FromSql($"""
            SELECT * FROM closing_report
             WHERE ({words}::text IS NULL OR words @@ websearch_to_tsquery('swedish', {words}::text))
               AND ({after}::uuid IS NULL OR agreement_id < {after}::uuid)
            """).AsNoTracking().OrderByDescending(report => report.AgreementId).Skip(paging.Skip).Take(paging.Limit + 1)
            .ToListAsync(cancel);
        var ids = page.Select(report => report.AgreementId).ToList();
        var agreements = await db.Agreements.AsNoTracking().Where(agreement => ids.Contains(agreement.Id))
            .ToDictionaryAsync(agreement => agreement.Id, cancel);
        var items = page.Take(paging.Limit).Select(report => Of(report, agreements[report.AgreementId])).ToList();
        return Answers.Page(new View(items), page.Count > paging.Limit
            ? Paging.Next(request, items[^1].AgreementId.ToString()) : null);
    }

    private static Line Of(ClosingReport report, Agreement agreement) => new(
        agreement.Id.Value, agreement.PartnershipId.Value, agreement.Title, agreement.State, report.Worked, report.DidNotWork,
        report.Why, report.StructuralChanges, report.NextProcess, report.SuccessorId?.Value, report.WrittenAt);
}
