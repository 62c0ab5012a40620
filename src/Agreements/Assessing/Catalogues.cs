using System.Text.Json;
using System.Text.Json.Serialization;
using Iop.Agreements.Domain.Assessing;

namespace Iop.Agreements.Assessing;

/// <summary>The questionnaires, each a file of its own: a new law is a new file beside the old ones, which old assessments keep
/// answering.</summary>
internal sealed class Catalogues
{
    /// <summary>What new drafts are assessed by.</summary>
    public const string Current = "legal-2026-1";

    private readonly Dictionary<string, (Catalogue Catalogue, Dictionary<string, Wording> Wordings)> _all;

    public Catalogues() => _all = typeof(Catalogues).Assembly.GetManifestResourceNames()
        .Where(name => name.Contains(".Catalogues.", StringComparison.Ordinal)).Select(Read)
            .ToDictionary(read => read.Catalogue.Version, StringComparer.Ordinal);

    public IEnumerable<Catalogue> All => _all.Values.Select(read => read.Catalogue);

    public Catalogue this[string version] => _all[version].Catalogue;

    public Wording Wording(string version, string question) => _all[version].Wordings[question];

    private static (Catalogue Catalogue, Dictionary<string, Wording> Wordings) Read(string resource)
    {
        using var stream = typeof(Catalogues).Assembly.GetManifestResourceStream(resource)!;
        var file = JsonSerializer.Deserialize<CatalogueFile>(stream, Options)!;
        return (
            new Catalogue(file.Version,
                [.. file.Questions.Select(question =>
                new Question(question.Id, question.Test, question.Part, question.MayNotApply))]),
            file.Questions.ToDictionary(question => question.Id, question =>
                new Wording(question.Sv, question.En, question.Source, question.Year), StringComparer.Ordinal));
    }

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    private sealed record CatalogueFile(string Version, IReadOnlyList<QuestionInFile> Questions);

    private sealed record QuestionInFile(
        string Id, LegalTest Test, QuestionPart Part, bool MayNotApply, string Sv, string En, string Source, int Year);
}

/// <summary>How a question is put, and where it comes from.</summary>
internal sealed record Wording(string Sv, string En, string Source, int Year)
{
    public string In(string language) => language == "en" ? En : Sv;
}
