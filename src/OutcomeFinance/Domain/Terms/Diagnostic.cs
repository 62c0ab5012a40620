namespace Iop.OutcomeFinance.Domain.Terms;

public enum Severity
{
    /// <summary>A choice the text leaves to the default of the language; worth a look before signing.</summary>
    Note,
    Warning,
    Error,
}

/// <summary>What is wrong, or worth knowing, at a place in a text. The sentence is found by the code in
/// <c>Texts/terms.*.json</c>.</summary>
/// <param name="Severity">Only errors keep a text from being used.</param>
/// <param name="Code">Stable; one sentence per code and language.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="Arguments">What the sentence mentions.</param>
public sealed record Diagnostic(
    Severity Severity, string Code, int Line, int Column, IReadOnlyDictionary<string, string> Arguments);

/// <summary>Where in a text.</summary>
internal readonly record struct Place(int Line, int Column)
{
    public static Place Start => new(1, 1);
}

/// <summary>Collects diagnostics and knows when there are enough of them.</summary>
internal sealed class Diagnostics
{
    private readonly List<Diagnostic> _all = [];
    private readonly HashSet<(string, Place)> _said = [];

    public bool Failed { get; private set; }

    public bool Full => _all.Count >= Limits.Diagnostics;

    public IReadOnlyList<Diagnostic> InOrder =>
        [.. _all.OrderBy(one => one.Line).ThenBy(one => one.Column).ThenByDescending(one => one.Severity)];

    public void Error(Place at, string code, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        Failed = true;
        Add(Severity.Error, at, code, arguments);
    }

    public void Warn(Place at, string code, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        Add(Severity.Warning, at, code, arguments);

    public void Note(Place at, string code, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        Add(Severity.Note, at, code, arguments);

    private void Add(Severity severity, Place at, string code, ReadOnlySpan<(string Name, string Value)> arguments)
    {
        if (Full || !_said.Add((code, at))) return;
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments) named[name] = value;
        _all.Add(new Diagnostic(severity, code, at.Line, at.Column, named));
    }
}
