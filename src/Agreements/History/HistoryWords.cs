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
        var names = await HistoryNames.Of(lines, viewer, db, cancel);
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
        if (Pointing(thing, field, text) is { } pointed) return pointed;
        if (Moment(text) is { } moment) return moment;
        if (field.StartsWith("ore", StringComparison.Ordinal) || field.EndsWith("Ore", StringComparison.Ordinal))
            return long.TryParse(text, CultureInfo.InvariantCulture, out var ore) ? Kronor(ore) : text;
        if (Prose.Contains(field, StringComparer.Ordinal)) return text;
        return Codes(thing, field, text).Select(Find).FirstOrDefault(word => word is not null)
            ?? (thing is "instrument-answer" ? OfInstrument(field, text) : text);
    }

    /// <summary>Where the word for a value may stand, the closest first.</summary>
    internal static IEnumerable<string> Codes(string thing, string field, string value) =>
        field is "sectionKey" or "adjustedSections" ? [$"section.{value}"]
            : [$"history.value.{thing}.{field}.{value}", $"{thing}.{value}", $"history.value.{value}"];

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

    private string QuestionOf(string id)
    {
        var version = _catalogues.All.FirstOrDefault(catalogue => catalogue.Find(id) is not null)?.Version
            ?? _catalogues.Instruments.FirstOrDefault(instrument => instrument.Find(id) is not null)?.Version;
        return version is null ? id : _catalogues.Wording(version, id).In(_viewer.Language);
    }

    /// <summary>A question or an answer of one of the instruments beside the questions of law.</summary>
    private string OfInstrument(string field, string text)
    {
        if (field is not "reply") return field is "questionId" ? QuestionOf(text) : text;
        var option = _catalogues.Instruments.SelectMany(one => _catalogues.FileOf(one.Version).Questions)
            .SelectMany(asked => asked.Options ?? []).FirstOrDefault(one => one.Key == text);
        return Find($"answer.{text}") ?? Find($"scale.{text}") ?? Find($"cell.{text.ToLowerInvariant()}")
            ?? (option is null ? text : new Said(option.Sv, option.En).In(_viewer.Language));
    }

    /// <summary>Other things, one on each line, by what they are called; null when the text is no such list.</summary>
    private string? Pointing(string thing, string field, string text)
    {
        var parts = text.Split('\n');
        if (field is "adjustedSections") return string.Join(", ", parts.Select(key => Say($"section.{key}")));
        if (!parts.All(part => Guid.TryParse(part, out _))) return null;
        var missing = Find($"history.value.{thing}.{field}.some") ?? Say("history.value.not-shown");
        return string.Join(", ", parts.Select(part => _names.GetValueOrDefault(part, missing)).Distinct(StringComparer.Ordinal));
    }

    /// <summary>A date, or an instant on the Swedish clock, as people write it; null when the text is neither.</summary>
    private string? Moment(string text)
    {
        var read = SwedishTime.AsRead(text, _viewer.Language);
        if (read != text) return read;
        if (!DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
            return null;
        var day = SwedishTime.DateIn(instant);
        var hour = instant - SwedishTime.StartOf(day);
        return $"{SwedishTime.AsRead(day, _viewer.Language)} {Say("history.at")} {hour.Hours:00}:{hour.Minutes:00}";
    }

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
