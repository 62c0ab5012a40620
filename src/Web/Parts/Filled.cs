using Iop.Web.Gateway;

namespace Iop.Web.Parts;

/// <summary>A form as somebody filled it in, and what was wrong with it if it came back.</summary>
public sealed class Filled
{
    private readonly IFormCollection _form;

    private Filled(IFormCollection form) => _form = form;

    public Problem? Problem { get; private init; }

    public string? this[string name] => _form.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>All values of a name that may occur several times, such as ticked boxes.</summary>
    public IReadOnlyList<string> All(string name) => _form.TryGetValue(name, out var values) ? [.. values.OfType<string>()] : [];

    /// <summary>Trimmed, or null if nothing was written.</summary>
    public string? Text(string name) => this[name]?.Trim() is { Length: > 0 } text ? text.ReplaceLineEndings("\n") : null;

    /// <summary>A file that was chosen, or null; an empty one is a file too.</summary>
    public IFormFile? File(string name) => _form.Files.GetFile(name) is { FileName.Length: > 0 } file ? file : null;

    public IEnumerable<string> Names => _form.Keys;

    public string? Tag => Text("etag");

    public string? Key => Text("key");

    public string? ErrorOf(string name) =>
        Problem?.Errors.FirstOrDefault(error => string.Equals(error.Field, name, StringComparison.OrdinalIgnoreCase))?.Message;

    public Filled With(Problem problem) => new(_form) { Problem = problem };

    /// <summary>Binds the posted form. The gateway has checked where the request comes from.</summary>
    public static async ValueTask<Filled?> BindAsync(HttpContext context) =>
        new(context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted)
            : FormCollection.Empty);
}
