using System.Globalization;
using System.Text.Json;
using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.History;
using Iop.Agreements.Organisations;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.History;

/// <summary>Says a line of the history as a sentence in the reader's language, and its fields in words: names for ids, kronor
/// for öre, dates as people write them.</summary>
internal sealed class HistoryWords
{
    private const int LongText = 80;
    private const char NoBreak = '\u00A0';
    private static readonly string[] Prose = ["text", "said", "decided", "description", "reason", "how", "criteria",
        "whatChanged"];

    private readonly Viewer _viewer;
    private readonly Catalogues _catalogues;
    private readonly Dictionary<string, string> _names;

    private HistoryWords(Viewer viewer, Catalogues catalogues, Dictionary<string, string> names) =>
        (_viewer, _catalogues, _names) = (viewer, catalogues, names);

    /// <summary>With the names of everybody and everything the lines point at.</summary>
    public static async Task<HistoryWords> For(
        IReadOnlyList<ChangeEntry> lines, Viewer viewer, Catalogues catalogues, AgreementsDb db, CancellationToken cancel)
    {
        var ids = lines.SelectMany(line => FieldsOf(line).Values.SelectMany(both => both).Append(line.Subject))
            .Select(text => Guid.TryParse(text, out var id) ? id : (Guid?)null).OfType<Guid>()
            .Concat(lines.Select(line => line.PartyId?.Value).OfType<Guid>()).ToHashSet();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var asPeople = ids.Select(id => new PersonRef(id)).Concat(lines.Select(line => line.Person).OfType<PersonRef>());
        foreach (var (person, name) in await viewer.NamesOf(asPeople, cancel)) names[person.Value.ToString()] = name;
        var asParties = ids.Select(id => new PartyId(id)).ToList();
        var parties = await db.Parties.AsNoTracking().Where(party => asParties.Contains(party.Id)).ToListAsync(cancel);
        var called = await PartyNames.For(db, parties, cancel);
        foreach (var party in parties) names[party.Id.Value.ToString()] = called.Of(party);
        var asOrganisations = ids.Select(id => new OrganisationRef(id))
            .Concat(lines.Select(line => line.Organisation).OfType<OrganisationRef>()).Distinct().ToList();
        foreach (var known in await db.Organisations.AsNoTracking()
            .Where(known => asOrganisations.Contains(known.OrganisationId)).ToListAsync(cancel))
            names[known.OrganisationId.Value.ToString()] = known.Name;
        var asUnits = ids.Select(id => new UnitRef(id)).ToList();
        foreach (var known in await db.Units.AsNoTracking().Where(known => asUnits.Contains(known.UnitId)).ToListAsync(cancel))
            names[known.UnitId.Value.ToString()] = known.Name;
        return new HistoryWords(viewer, catalogues, names);
    }

    /// <summary>Who it was: the person, else somebody of the organisation, else the platform by itself.</summary>
    public string Who(ChangeEntry line) => line.Person is { } person
        ? _names.GetValueOrDefault(person.Value.ToString())
            ?? Say("history.somebody", ("organisation", NameOf(line.Organisation?.Value) ?? ""))
        : Say("history.platform");

    public string? NameOf(Guid? id) => id is { } known ? _names.GetValueOrDefault(known.ToString()) : null;

    public string Sentence(ChangeEntry line)
    {
        var said = Template(line, FieldsOf(line)) ?? $"history.something.{Words.Of(line.Change)}";
        return Say(said, ("who", Who(line)), ("party", NameOf(line.PartyId?.Value) ?? ""), ("thing", ThingOf(line.Thing)),
            ("name", SubjectName(line)));
    }

    /// <summary>What the thing is called: a section by its name, a party by its own, anything else as it was called
    /// then.</summary>
    public string SubjectName(ChangeEntry line) => line.Thing switch
    {
        "section" => Say($"section.{line.Subject}"),
        "comment" or "comment-thread" => Say($"section.{line.Label}"),
        "legal-answer" => QuestionOf(line.Subject),
        _ => line.Label ?? NameOf(Guid.TryParse(line.Subject, out var id) ? id : null) ?? NameOf(line.PartyId?.Value) ?? "",
    };

    public IReadOnlyList<FieldLine> Fields(ChangeEntry line) =>
    [
        .. from field in FieldsOf(line)
           let name = Find($"history.field.{line.Thing}.{field.Key}") ?? Find($"history.field.{field.Key}")
           where name is not null
           select new FieldLine(
               field.Key, name, Value(line.Thing, field.Key, field.Value[0]), Value(line.Thing, field.Key, field.Value[1]),
               Prose.Contains(field.Key, StringComparer.Ordinal)
                   || field.Value.Any(text =>
                       text is not null && (text.Length > LongText || text.Contains('\n', StringComparison.Ordinal)))),
    ];

    /// <summary>The fields of a thing that have a word, with their values in words.</summary>
    public IEnumerable<(string Field, string Name, string? Value)> Named(string thing,
        IReadOnlyDictionary<string, string> fields) =>
        from field in fields
        let name = Find($"history.field.{thing}.{field.Key}") ?? Find($"history.field.{field.Key}")
        where name is not null
        select (field.Key, name, Value(thing, field.Key, field.Value));

    public string ThingOf(string thing) => Find($"history.thing.{thing}") ?? thing;

    /// <summary>A value as people write it.</summary>
    public string? Value(string thing, string field, string? text)
    {
        if (text is null) return null;
        if (_names.TryGetValue(text, out var name)) return name;
        if (text is "true" or "false") return Say($"history.{text}");
        if (DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return Day(day);
        if (field.StartsWith("ore", StringComparison.Ordinal) || field.EndsWith("Ore", StringComparison.Ordinal))
            return long.TryParse(text, CultureInfo.InvariantCulture, out var ore) ? Kronor(ore) : text;
        if (Prose.Contains(field, StringComparer.Ordinal)) return text;
        return Find($"history.value.{thing}.{field}.{text}") ?? Find($"{thing}.{text}") ?? Find($"history.value.{text}") ?? text;
    }

    internal static Dictionary<string, string?[]> FieldsOf(ChangeEntry line) =>
        JsonSerializer.Deserialize<Dictionary<string, string?[]>>(line.Fields) ?? [];

    /// <summary>The most telling of what changed: the word a field came to, that it was set, that it was cleared; else just the
    /// deed.</summary>
    private string? Template(ChangeEntry line, Dictionary<string, string?[]> fields)
    {
        var begun = line.Change is DeedKind.Added ? "added." : "";
        var telling = fields.Select(field => $"history.{line.Thing}.{begun}{field.Key}.{field.Value[1]}")
            .Concat(fields.Where(field => field.Value is [null, not null] && line.Change is DeedKind.Changed)
                .Select(field => $"history.{line.Thing}.{field.Key}.set"))
            .Concat(fields.Where(field => field.Value is [not null, null] && line.Change is DeedKind.Changed)
                .Select(field => $"history.{line.Thing}.{field.Key}.cleared"))
            .Append($"history.{line.Thing}.{Words.Of(line.Change)}");
        return telling.FirstOrDefault(code => Find(code) is not null);
    }

    private string QuestionOf(string id) => _catalogues.All.FirstOrDefault(catalogue => catalogue.Find(id) is not null)
        is { } asked ? _catalogues.Wording(asked.Version, id).In(_viewer.Language) : id;

    private string Day(DateOnly day) =>
        day.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo(_viewer.Language == "sv" ? "sv-SE" : "en-GB"));

    private string Kronor(long ore)
    {
        var amount = Money.Ore(ore).ToDecimalString().Split('.');
        var whole = long.Parse(amount[0], CultureInfo.InvariantCulture).ToString("#,0", CultureInfo.InvariantCulture);
        var rest = amount is [_, not "00"] ? amount[1] : null;
        return _viewer.Language == "sv"
            ? $"{whole.Replace(',', NoBreak)}{(rest is null ? "" : $",{rest}")}{NoBreak}kr"
            : $"SEK{NoBreak}{whole}{(rest is null ? "" : $".{rest}")}";
    }

    private string? Find(string code) => _viewer.Find(code);

    private string Say(string code, params ReadOnlySpan<(string Name, string Value)> words)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in words) values[name] = value;
        return _viewer.Find(code, values) ?? code;
    }
}

/// <param name="Prose">Long text, best shown with its differences marked.</param>
internal sealed record FieldLine(string Field, string Name, string? From, string? To, bool Prose);
