using Iop.Agreements.Domain.Advising;
using Iop.Agreements.Domain.Assessing;

namespace Iop.Agreements.Assessing;

/// <summary>The questionnaires, each a file of its own: a new law is a new file beside the old ones, which old assessments keep
/// answering. Read and checked when the service starts.</summary>
internal sealed class Catalogues
{
    /// <summary>What new drafts are assessed by.</summary>
    public const string Current = "legal-2026-1";

    private readonly Dictionary<string, CatalogueFile> _files;
    private readonly Dictionary<string, Catalogue> _legal;
    private readonly Dictionary<string, Instrument> _instruments;
    private readonly Dictionary<(string Version, string Question), Wording> _wordings;

    public Catalogues() : this(typeof(Catalogues).Assembly.GetManifestResourceNames()
        .Where(name => name.Contains(".Catalogues.", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read))
    {
    }

    private Catalogues(IEnumerable<CatalogueFile> files)
    {
        _files = files.ToDictionary(file => file.Version, StringComparer.Ordinal);
        var faults = _files.Values.SelectMany(file => file.Faults(), (file, fault) => $"{file.Version}: {fault}").ToList();
        if (faults.Count > 0) throw new InvalidOperationException("A catalogue is wrong. " + string.Join("; ", faults));
        _legal = _files.Values.Where(file => file.IsLegal).Select(file => file.AsLegal())
            .ToDictionary(catalogue => catalogue.Version, StringComparer.Ordinal);
        _instruments = _files.Values.Where(file => !file.IsLegal).Select(file => file.AsInstrument())
            .ToDictionary(instrument => instrument.Version, StringComparer.Ordinal);
        _wordings = _files.Values.SelectMany(file => file.Questions, (file, asked) => (file.Version, asked)).ToDictionary(
            pair => (pair.Version, pair.asked.Id),
            pair => new Wording(pair.asked.Sv, pair.asked.En, pair.asked.Source, pair.asked.Page, pair.asked.Year));
    }

    /// <summary>From files other than the service's own. (No constructor: the container would choose it.)</summary>
    /// <exception cref="InvalidOperationException">One of them is wrong.</exception>
    public static Catalogues Of(params IEnumerable<CatalogueFile> files) => new(files);

    /// <summary>The catalogues of the legal tests.</summary>
    public IEnumerable<Catalogue> All => _legal.Values;

    public Catalogue this[string version] => _legal[version];

    /// <summary>The newest version of every instrument, in the order they are usually taken up.</summary>
    public IReadOnlyList<Instrument> Instruments =>
        [.. _instruments.Values.GroupBy(instrument => instrument.Id, StringComparer.Ordinal)
        .Select(versions => versions.MaxBy(instrument => instrument.Version, StringComparer.Ordinal)!)
        .OrderBy(instrument => Array.IndexOf(Order, instrument.Id) is var place and >= 0 ? place : Order.Length)];

    /// <summary>The instrument in the version that has been answered, or else the newest.</summary>
    public Instrument? Instrument(string id, IEnumerable<string> answered) =>
        answered.Select(_instruments.GetValueOrDefault).OfType<Instrument>().Where(instrument => instrument.Id == id)
            .MaxBy(instrument => instrument.Version, StringComparer.Ordinal)
        ?? Instruments.FirstOrDefault(instrument => instrument.Id == id);

    public CatalogueFile FileOf(string version) => _files[version];

    public Wording Wording(string version, string question) => _wordings[(version, question)];

    private static readonly string[] Order =
        ["screening", "form-guidance", "forum-seven", "skl-eight", "goals-means", "hard-questions", "authority"];

    private static CatalogueFile Read(string resource)
    {
        using var stream = typeof(Catalogues).Assembly.GetManifestResourceStream(resource)!;
        return CatalogueFile.Read(stream);
    }
}
