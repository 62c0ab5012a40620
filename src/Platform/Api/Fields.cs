using System.Globalization;
using Iop.Kernel;

namespace Iop.Platform.Api;

/// <summary>Looks at a request field by field and gathers all that is wrong, so that the caller hears everything at
/// once.</summary>
public sealed class Fields
{
    private readonly List<Refusal.FieldError> _errors = [];

    /// <summary>Null when everything is right; else 400 with every field that is wrong.</summary>
    public Refusal? Refusal =>
        _errors.Count == 0 ? null : new Refusal("request.invalid", RefusalKind.Malformed) { Fields = _errors };

    /// <summary>A text that must be there, at most so many characters long.</summary>
    public Fields Text(string field, string? value, int longest)
    {
        if (string.IsNullOrWhiteSpace(value)) return Wrong(field, "field.required");
        return OptionalText(field, value, longest);
    }

    /// <summary>A text that may be missing, at most so many characters long, without control characters.</summary>
    public Fields OptionalText(string field, string? value, int longest)
    {
        if (value is null) return this;
        if (value.Length > longest) return Wrong(field, "field.too-long", longest.ToString(CultureInfo.InvariantCulture));
        return value.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t'))
            ? Wrong(field, "field.control-characters") : this;
    }

    /// <summary>A whole number within bounds, both included.</summary>
    public Fields Between(string field, long value, long least, long most) =>
        value < least || value > most ? Wrong(field, "field.out-of-range", $"{least}–{most}") : this;

    /// <summary>A list that is not too long, and has at least so many.</summary>
    public Fields Count(string field, int? count, int least, int most)
    {
        if ((count ?? 0) < least) return Wrong(field, "field.required");
        return count > most ? Wrong(field, "field.too-many", most.ToString(CultureInfo.InvariantCulture)) : this;
    }

    /// <summary>One of a few words.</summary>
    public Fields OneOf(string field, string? value, params IEnumerable<string> allowed) =>
        value is not null && allowed.Contains(value, StringComparer.Ordinal)
            ? this : Wrong(field, "field.not-one-of", string.Join(", ", allowed));

    /// <summary>A condition of the handler's own.</summary>
    public Fields Must(string field, bool holds, string code) => holds ? this : Wrong(field, code);

    /// <summary>A refusal of a value object, as an error of a field.</summary>
    public Fields Accept(string field, Refusal? refusal) => refusal is null ? this : Wrong(field, refusal.Code);

    private Fields Wrong(string field, string code, string? limit = null)
    {
        _errors.Add(new Refusal.FieldError(field, code, limit));
        return this;
    }
}
