using System.Globalization;
using System.Runtime.CompilerServices;
using Iop.Registry.Domain;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Entries;

/// <summary>A wish as conditions on the register, said once for lists, counts and downloads.</summary>
internal sealed class Search
{
    public const string NotSaid = "missing";

    private const string OnPage = "#";
    private const string Everything = "true";

    private const int WordsMax = 10;

    // What counts as the same word, misspelt: half of what they consist of is the same.
    private const string AlikeFrom = "SET LOCAL pg_trgm.word_similarity_threshold = 0.5";

    private readonly List<object> _values = [];
    private readonly string _base;
    private readonly bool _isByWords;
    private readonly IReadOnlyList<(string Facet, string Condition)> _narrowed;

    private Search(FindEntries.Wishes wishes, DateOnly today, bool alike)
    {
        var all = new List<string> { Everything };
        var words = WordsOf(wishes.Q);
        if (words.Length > 0 && !alike) all.Add($"search @@ search_words({Value(words)})");
        if (alike) all.AddRange(words.Select(word => Value(word) is var at
            ? $"(search @@ search_words(ARRAY[{at}]) OR {at} <% likeness)" : ""));
        if (wishes.Organisation is { } organisation)
            all.Add($"""
                EXISTS (SELECT FROM entry_agreement a JOIN entry_party p USING (agreement_id)
                        WHERE a.entry_id = entry.entry_id AND p.organisation_id = {Value(organisation)})
                """);
        if (wishes.Kind is { } kind)
            all.Add($"""
                EXISTS (SELECT FROM entry_agreement a JOIN entry_party p USING (agreement_id)
                        WHERE a.entry_id = entry.entry_id AND p.kind = {Value(FindEntries.Kinds[kind].ToString())})
                """);
        if ((wishes.ActiveOn ?? (wishes.Running ? today : null)) is { } day) all.Add(Active(Value(day)));
        (_base, _isByWords) = (string.Join(" AND ", all), words.Length > 0);
        _narrowed =
        [
            ("area", OneOf("area", wishes.Area)), ("age", OneOf("target_age", wishes.Age)),
            ("status", OneOf("lower(status)", wishes.Status)), ("provenance", OneOf("provenance", wishes.Provenance)),
            ("county", Within(wishes.County)), ("municipality", Within(wishes.Municipality)),
            ("missing", wishes.Missing is { Length: > 0 } missing ? $"missing && {Value(missing)}" : Everything),
        ];
    }

    public static async Task<(Search Search, bool IsAlike)> For(
        FindEntries.Wishes wishes, DateOnly today, RegistryDb db, CancellationToken cancel)
    {
        var search = new Search(wishes, today, alike: false);
        if (WordsOf(wishes.Q).Length == 0 || await search.In(db).AnyAsync(cancel)) return (search, false);
        await db.Database.ExecuteSqlRawAsync(AlikeFrom, cancel);
        return (new Search(wishes, today, alike: true), true);
    }

    /// <summary>One page of what is found, with the counts when they are wanted. What is only alike is looked for when nothing
    /// is right.</summary>
    public static async Task<Page> OnePage(
        FindEntries.Wishes wishes, DateOnly today, Span span, RegistryDb db, CancellationToken cancel)
    {
        var right = await new Search(wishes, today, alike: false).Read(span, wishes.Facets, isAlike: false, db, cancel);
        if (right.Total > 0 || WordsOf(wishes.Q).Length == 0) return right;
        await db.Database.ExecuteSqlRawAsync(AlikeFrom, cancel);
        return await new Search(wishes, today, alike: true).Read(span, wishes.Facets, isAlike: true, db, cancel);
    }

    public IQueryable<Entry> In(RegistryDb db) => db.Entries.FromSql(
        Said($"SELECT * FROM entry WHERE {_base} AND {string.Join(" AND ", _narrowed.Select(one => one.Condition))}"));

    /// <summary>How many there are, which stand on the page, and how many there would be with each other choice: every facet is
    /// counted with what was chosen in all others. All in one reading of the register, for the words are dear to look
    /// up.</summary>
    private async Task<Page> Read(Span span, bool facets, bool isAlike, RegistryDb db, CancellationToken cancel)
    {
        var rows = await db.Database.SqlQuery<FacetRow>(Said(Counting(span, facets))).ToListAsync(cancel);
        return new Page(
            rows.Single(row => row.Facet.Length == 0).Count,
            [
                .. rows.Where(row => row.Facet == OnPage).OrderBy(row => row.Count)
                    .Select(row => new EntryId(Guid.Parse(row.Value))),
            ],
            rows.FindAll(row => row.Facet is { Length: > 0 } and not OnPage), isAlike);
    }

    // Words are dear to look up, so what they hit is kept for both; without words the page comes straight from its index. What
    // has the same choices is counted once, and then only the groups: a third of the time at a hundred thousand entries.
    private string Counting(Span span, bool facets) => $"""
        WITH hits AS {(_isByWords ? "MATERIALIZED" : "NOT MATERIALIZED")} (
          SELECT entry_id, sorts_on, area, target_age, status, provenance, places, missing{string.Concat(
              Chosen.Select(one => $", ({one.Condition}) AS in_{one.Facet}"))}
          FROM entry WHERE {_base} AND merged_into_entry_id IS NULL)
        {(facets ? Grouped : "")}
        SELECT '' AS "Facet", '' AS "Value", {(facets
            ? "coalesce(sum(n), 0)::int AS \"Count\" FROM found" : "count(*)::int AS \"Count\" FROM hits")} WHERE {Others("")}
        UNION ALL SELECT '{OnPage}', entry_id::text, row_number() OVER (ORDER BY sorts_on DESC, entry_id DESC)::int FROM (
          SELECT entry_id, sorts_on FROM hits WHERE {Others("")} AND {After(span)}
          ORDER BY sorts_on DESC, entry_id DESC OFFSET {Number(span.Skip)} LIMIT {Number(span.Most)}) AS page
        {(facets ? "UNION ALL " + string.Join("\nUNION ALL ", Parts) : "")}
        """;

    private string Grouped => $"""
        , found AS MATERIALIZED (
          SELECT area, target_age, lower(status) AS status, provenance, places, missing{Ins}, count(*)::int AS n
          FROM hits GROUP BY area, target_age, hits.status, provenance, places, missing{Ins})
        """;

    private string Ins => string.Concat(Chosen.Select(one => $", in_{one.Facet}"));

    // Only these: columns that are always true make the database expect many more groups than there are.
    private IEnumerable<(string Facet, string Condition)> Chosen => _narrowed.Where(one => one.Condition != Everything);

    // The order ends in the id, so that the next page begins where this one ended.
    private string After(Span span) => span.After is var (on, id)
        ? $"(sorts_on, entry_id) < ({Value(on)}, {Value(id)})" : Everything;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Which part of what is found: after this one, or so many left out; and at most so many.</summary>
    public sealed record Span((DateOnly On, Guid Id)? After, int Skip, int Most);

    public sealed record Page(int Total, IReadOnlyList<EntryId> Ids, IReadOnlyList<FacetRow> Rows, bool IsAlike);

    private IEnumerable<string> Parts =>
    [
        .. Columns.Select(one =>
            $"SELECT '{one.Facet}', coalesce({one.Column}, '{NotSaid}'), sum(n)::int FROM found WHERE {Others(one.Facet)} GROUP BY 2"),
        .. Lengths.Select(one =>
            $"SELECT '{one.Facet}', place, sum(n)::int FROM found, unnest(places) AS place WHERE length(place) = {one.Length} AND {Others(one.Facet)} GROUP BY 2"),
        .. Lengths.Select(one =>
            $"SELECT '{one.Facet}', '{NotSaid}', sum(n)::int FROM found WHERE places = ARRAY[]::text[] AND {Others(one.Facet)} HAVING count(*) > 0"),
        $"SELECT 'missing', lacks, sum(n)::int FROM found, unnest(missing) AS lacks WHERE {Others("missing")} GROUP BY 2",
    ];

    // The conditions hold places for values only; what people write is always a value.
    private FormattableString Said(string sql) => FormattableStringFactory.Create(sql, [.. _values]);

    public sealed record FacetRow(string Facet, string Value, int Count);

    /// <summary>Nothing but letters and digits gets through.</summary>
    private static string[] WordsOf(string? text) =>
    [
        .. string.Concat((text ?? "").ToLowerInvariant().Select(letter => char.IsLetterOrDigit(letter) ? letter : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(WordsMax),
    ];

    private static readonly (string Facet, string Column)[] Columns =
        [("area", "area"), ("age", "target_age"), ("status", "status"), ("provenance", "provenance")];

    private static readonly (string Facet, string Length)[] Lengths = [("county", "2"), ("municipality", "4")];

    private string Others(string facet) =>
        string.Join(" AND ", Chosen.Where(one => one.Facet != facet).Select(one => $"in_{one.Facet}").DefaultIfEmpty(Everything));

    private string OneOf(string column, string[]? values) => values is not { Length: > 0 } ? Everything
        : Value(values) is var at && values.Contains(NotSaid, StringComparer.Ordinal)
            ? $"({column} = ANY ({at}) OR {column} IS NULL)" : $"coalesce({column} = ANY ({at}), false)";

    private string Within(string[]? codes) => codes is not { Length: > 0 } ? Everything
        : Value(codes) is var at && codes.Contains(NotSaid, StringComparer.Ordinal)
            ? $"(places && {at} OR places = ARRAY[]::text[])" : $"places && {at}";

    /// <summary>What ran on the day, as far as is known: confirmed or not.</summary>
    private static string Active(string day) => $"""
        sorts_on <= {day} AND (starts_on IS NOT NULL OR start_year IS NOT NULL) AND (ended_on IS NULL OR ended_on >= {day})
        AND (open_ended OR auto_renews OR provenance = 'signed-here'
          OR ((ends_on IS NULL OR ends_on >= {day}) AND (end_year IS NULL OR end_year >= extract(year FROM {day}))))
        """;

    private string Value(object value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"{{{_values.Count - 1}}}");
    }
}
