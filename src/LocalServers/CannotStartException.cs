namespace Iop.LocalServers;

/// <summary>Something outside this program stands in the way; the message says what, the remedy what to do.</summary>
public sealed class CannotStartException(string problem, string remedy, Exception? cause = null) : Exception(problem, cause)
{
    public string Remedy { get; } = remedy;

    /// <summary>Both sentences, as a person at a terminal should read them.</summary>
    public string Advice => $"{Message}{Environment.NewLine}  → {Remedy}";
}
