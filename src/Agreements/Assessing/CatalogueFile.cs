using System.Text.Json;
using System.Text.Json.Serialization;
using Iop.Agreements.Domain.Advising;
using Iop.Agreements.Domain.Aid;
using Iop.Agreements.Domain.Assessing;

namespace Iop.Agreements.Assessing;

/// <summary>A catalogue as it is written: one file for the legal tests and for every instrument, all of one shape. What is
/// not needed is left out.</summary>
internal sealed record CatalogueFile(
    string Id, string Version, Said Name, Said Purpose, IReadOnlyList<CatalogueFile.QuestionInFile> Questions,
    bool PerParty = false, bool OwnMatters = false, Said? MatterWord = null,
    IReadOnlyList<CatalogueFile.MatterInFile>? Matters = null,
    IReadOnlyList<CatalogueFile.FormInFile>? Forms = null, IReadOnlyList<CatalogueFile.ResultInFile>? Results = null,
    IReadOnlyList<CatalogueFile.PatternInFile>? Patterns = null)
{
    public sealed record QuestionInFile(
        string Id, bool MayNotApply, string Sv, string En, string Source, int Year, int? Page = null,
        LegalTest? Test = null, QuestionPart? Part = null, AidKind? Needs = null, AnswerKind? Kind = null,
        IReadOnlyList<OptionInFile>? Options = null, IReadOnlyList<string>? Pulls = null);

    public sealed record OptionInFile(string Key, string Sv, string En);

    public sealed record MatterInFile(string Id, string Sv, string En, string Source, int Page, int Year);

    public sealed record FormInFile(string Id, string Sv, string En, IReadOnlyDictionary<string, IReadOnlyList<string>> Typical);

    public sealed record ResultInFile(string Code, IReadOnlyList<Condition> When, bool Any, bool Early, string Sv, string En);

    public sealed record PatternInFile(string Code, string Question, IReadOnlyList<string> Is, int AtLeast, string Sv, string En);

    public bool IsLegal => Questions.All(question => question.Test is not null);

    public static CatalogueFile Read(Stream stream) => JsonSerializer.Deserialize<CatalogueFile>(stream, Options)!;

    public Catalogue AsLegal() => new(Version,
        [.. Questions.Select(question =>
            new Question(question.Id, question.Test!.Value, question.Part!.Value, question.MayNotApply,
            question.Needs))]);

    public Instrument AsInstrument() => new(
        Id, Version, PerParty, [.. (Matters ?? []).Select(matter => matter.Id)], OwnMatters,
        [
            .. Questions.Select(question => new Item(question.Id, question.Kind ?? AnswerKind.YesNo,
                [.. (question.Options ?? []).Select(option => option.Key)], question.MayNotApply, question.Pulls ?? [])),
        ],
        [.. (Forms ?? []).Select(form => new Form(form.Id, form.Typical))],
        [
            .. (Results ?? []).Where(result => result.Code is not (Finding.FormFits or Finding.Profile))
                .Select(result => new Rule(result.Code, result.When, result.Any, result.Early)),
        ],
        [.. (Patterns ?? []).Select(pattern => new Pattern(pattern.Code, pattern.Question, pattern.Is, pattern.AtLeast))]);

    /// <summary>What is wrong with it, beside what the instrument itself finds.</summary>
    public IEnumerable<string> Faults() =>
    [
        .. Questions.Where(question => question.Test is null == (question.Kind is null))
            .Select(question => $"{question.Id} is neither a question of law nor another, or both"),
        .. AllSaid().Where(said => string.IsNullOrWhiteSpace(said.Sv) || string.IsNullOrWhiteSpace(said.En))
        .Select(said => $"{said} lacks a language"),
        .. Version.StartsWith(Id + "-", StringComparison.Ordinal) ? (string[])[] : [$"{Version} is no version of {Id}"],
        .. IsLegal ? [] : AsInstrument().Faults(),
    ];

    private IEnumerable<Said> AllSaid() =>
    [
        Name, Purpose, .. Questions.Select(question => new Said(question.Sv, question.En)),
        .. Questions.SelectMany(question => question.Options ?? []).Select(option => new Said(option.Sv, option.En)),
        .. (Matters ?? []).Select(matter => new Said(matter.Sv, matter.En)),
        .. (Forms ?? []).Select(form => new Said(form.Sv, form.En)),
        .. (Results ?? []).Select(result => new Said(result.Sv, result.En)),
        .. (Patterns ?? []).Select(pattern => new Said(pattern.Sv, pattern.En)),
    ];

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };
}

/// <summary>The same in both languages.</summary>
internal sealed record Said(string Sv, string En)
{
    public string In(string language) => language == "en" ? En : Sv;
}

/// <summary>How a question is put, and where it comes from.</summary>
internal sealed record Wording(string Sv, string En, string Source, int? Page, int Year)
{
    public string In(string language) => language == "en" ? En : Sv;
}
