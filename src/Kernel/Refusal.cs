namespace Iop.Kernel;

/// <summary>What kind of "no" it is; decides the HTTP status and nothing else.</summary>
public enum RefusalKind
{
    /// <summary>The rules of the field say no in the present state (409).</summary>
    Rule,

    /// <summary>No such thing, or not visible to the caller; deliberately the same (404).</summary>
    NotFound,

    /// <summary>The caller lacks the role (403).</summary>
    Forbidden,

    /// <summary>The request itself is wrong (400).</summary>
    Malformed,

    /// <summary>The caller saw an older version (412).</summary>
    Stale,

    /// <summary>The caller must say which version was seen (428).</summary>
    VersionMissing,

    /// <summary>Something outside that is needed is away just now (503).</summary>
    Unavailable,

    /// <summary>A bug of ours (500).</summary>
    Fault,
}

/// <summary>A "no" from a catalogue. The code is public contract, the wording is not: sentences stand in each service's
/// Texts.</summary>
/// <param name="Code">Stable, <c>aggregate.reason</c>.</param>
/// <param name="Kind">What kind of "no" it is.</param>
public sealed record Refusal(string Code, RefusalKind Kind = RefusalKind.Rule)
{
    // First: the refusals below are made with it.
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Named values for the sentence, such as the party's name.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = None;

    /// <summary>Where the request is wrong, field by field; empty unless malformed.</summary>
    public IReadOnlyList<FieldError> Fields { get; init; } = [];

    /// <summary>The same refusal with one more named value.</summary>
    public Refusal With(string name, object? value) => this with
    {
        Arguments = new Dictionary<string, string>(Arguments, StringComparer.Ordinal)
        {
            [name] = value is DateOnly day ? day.ToString("O", System.Globalization.CultureInfo.InvariantCulture)
                : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "",
        },
    };

    /// <summary>Amounts and dates, which stand in arguments as they do on the wire, as people write them.</summary>
    public static string AsRead(string argument, string language) =>
        SwedishTime.AsRead(Money.AsRead(argument, language == "sv" ? ',' : '.'), language);

    public static Refusal NotFound { get; } = new("request.not-found", RefusalKind.NotFound);

    public static Refusal RoleMissing(string role) =>
        new Refusal("request.role-missing", RefusalKind.Forbidden).With("role", role);

    /// <summary>One field of a request that is wrong.</summary>
    /// <param name="Field">Its path in the request, camelCase.</param>
    /// <param name="Code">Stable, <c>field.reason</c>.</param>
    /// <param name="Limit">The limit that was passed, if the reason has one.</param>
    public sealed record FieldError(string Field, string Code, string? Limit = null);
}
