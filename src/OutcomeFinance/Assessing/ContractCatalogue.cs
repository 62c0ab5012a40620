using System.Text.Json;
using System.Text.Json.Serialization;
using Iop.OutcomeFinance.Domain.Assessing;

namespace Iop.OutcomeFinance.Assessing;

/// <summary>The questions of law about an outcome contract: data with a version, so that a new law is a new file. Read and
/// checked when the service starts.</summary>
internal sealed class ContractCatalogue
{
    private readonly Dictionary<string, Wording> _wordings;

    public ContractCatalogue()
    {
        var assembly = typeof(ContractCatalogue).Assembly;
        var newest = assembly.GetManifestResourceNames().Where(name => name.Contains(".Catalogues.", StringComparison.Ordinal))
            .Max(StringComparer.Ordinal)!;
        using var stream = assembly.GetManifestResourceStream(newest)!;
        var file = JsonSerializer.Deserialize<CatalogueFile>(stream, Options)!;
        Current = new Catalogue(file.Version, [.. file.Questions.Select(
            one => new Question(one.Id, one.Test, one.Part, one.MayNotApply))]);
        _wordings = file.Questions.ToDictionary(
            one => one.Id, one => new Wording(one.Sv, one.En, one.Source, one.Year), StringComparer.Ordinal);
    }

    public Catalogue Current { get; }

    public Wording WordingOf(string question) => _wordings[question];

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    private sealed record CatalogueFile(string Id, string Version, IReadOnlyList<QuestionInFile> Questions);

    private sealed record QuestionInFile(
        string Id, LegalTest Test, QuestionPart Part, bool MayNotApply, string Sv, string En, string Source, int Year);
}

/// <summary>How a question is put, and where it comes from.</summary>
internal sealed record Wording(string Sv, string En, string Source, int Year)
{
    public string In(string language) => language == "en" ? En : Sv;
}
