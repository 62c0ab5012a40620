using System.Globalization;
using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.History;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.History;

/// <summary>Who did what when, field by field, in sentences (historik), the latest first: of a partnership with all its
/// agreements, or of one agreement.</summary>
internal static class ShowHistory
{
    private const int PeopleMax = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/partnerships/{id:guid}/history", OfPartnership).WithName("ShowPartnershipHistory");
        api.MapGet("/agreements/{id:guid}/history", OfAgreement).WithName("ShowAgreementHistory");
    }

    internal static async Task<Answer<HistoryView>> OfPartnership(
        Guid id, [AsParameters] Wanted wanted, Paging paging, Viewer viewer, AgreementsDb db, Catalogues catalogues,
        HttpRequest request, CancellationToken cancel)
    {
        var partnership = new PartnershipId(id);
        if (!await db.Partnerships.AnyAsync(known => known.Id == partnership, cancel)) return Refusal.NotFound;
        return await Page(
            db.History.Where(line => line.PartnershipId == partnership), wanted, paging, viewer, db, catalogues, request, cancel);
    }

    internal static async Task<Answer<HistoryView>> OfAgreement(
        Guid id, [AsParameters] Wanted wanted, Paging paging, Viewer viewer, AgreementsDb db, Catalogues catalogues,
        HttpRequest request, CancellationToken cancel)
    {
        var agreement = new AgreementId(id);
        if (!await db.Agreements.AnyAsync(known => known.Id == agreement, cancel)) return Refusal.NotFound;
        return await Page(
            db.History.Where(line => line.AgreementId == agreement), wanted, paging, viewer, db, catalogues, request, cancel);
    }

    /// <param name="Person">Only what this person did.</param>
    /// <param name="Section">Only what concerns this section.</param>
    /// <param name="Thing">Only things of this kind.</param>
    internal sealed record Wanted(Guid? Person, string? Section, string? Thing);

    private static async Task<Answer<HistoryView>> Page(
        IQueryable<ChangeEntry> all, Wanted wanted, Paging paging, Viewer viewer, AgreementsDb db, Catalogues catalogues,
        HttpRequest request, CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        var lines = all;
        if (wanted.Person is { } one)
        {
            var person = new PersonRef(one);
            lines = lines.Where(line => line.Person == person);
        }
        if (wanted.Section is { } section)
            lines = lines.Where(line => (line.Thing == "section" && line.Subject == section)
                || ((line.Thing == "comment" || line.Thing == "comment-thread") && line.Label == section));
        if (wanted.Thing is { } thing) lines = lines.Where(line => line.Thing == thing);
        if (long.TryParse(paging.After, CultureInfo.InvariantCulture, out var after))
            lines = lines.Where(line => line.Position < after);
        var page = await lines.OrderByDescending(line => line.Position).Skip(paging.Skip).Take(paging.Limit + 1)
            .ToListAsync(cancel);
        var shown = page.Take(paging.Limit).ToList();
        var words = await HistoryWords.For(shown, viewer, catalogues, db, cancel);
        var people = await viewer.NamesOf(
            (await all.Where(line => line.Person != null).Select(line => line.Person).Distinct().Take(PeopleMax)
                .ToListAsync(cancel))
            .OfType<PersonRef>(), cancel);
        return Answers.Page(
            new HistoryView(
                [.. shown.Select(line => HistoryView.LineOf(line, words))],
                [.. people.Select(known => new HistoryView.PersonLine(known.Key.Value, known.Value))
                    .OrderBy(known => known.Name, StringComparer.Ordinal)]),
            page.Count > paging.Limit ? Paging.Next(request, shown[^1].Position.ToString(CultureInfo.InvariantCulture)) : null);
    }
}

/// <param name="People">Everybody who has done something in it: what one can choose between.</param>
internal sealed record HistoryView(IReadOnlyList<HistoryView.Line> Items, IReadOnlyList<HistoryView.PersonLine> People)
{
    /// <param name="Thing">What kind of thing: section, contribution, agreement …</param>
    /// <param name="Sentence">What happened, in the reader's language.</param>
    public sealed record Line(
        string Id, Guid ActId, DateTimeOffset At, Guid? PersonId, string Who, Guid? OrganisationId, string? OrganisationName,
        Guid? AgreementId, string Thing, string Subject, string SubjectName, DeedKind Change, string Sentence,
        IReadOnlyList<FieldLine> Fields);

    public sealed record PersonLine(Guid Id, string Name);

    public static Line LineOf(ChangeEntry line, HistoryWords words) => new(
        line.Position.ToString(CultureInfo.InvariantCulture), line.ActId, line.At, line.Person?.Value, words.Who(line),
        line.Organisation?.Value, words.NameOf(line.Organisation?.Value), line.AgreementId?.Value, line.Thing, line.Subject,
        words.SubjectName(line), line.Change, words.Sentence(line), words.Fields(line));
}
