using System.Buffers.Text;
using System.Globalization;
using System.Reflection;
using System.Text;
using Iop.Kernel;
using Microsoft.AspNetCore.Http;

namespace Iop.Platform.Api;

/// <summary>Which page of a list: <c>limit</c> (20, at most 100) and <c>page</c> (from 1), or the opaque <c>after</c> of a Link
/// header, which stays right while the list changes.</summary>
/// <param name="Limit">How many on a page.</param>
/// <param name="Number">The page's number, from 1.</param>
/// <param name="After">The sort key of the last thing on the page before, or null.</param>
public sealed record Paging(int Limit, int Number, string? After)
{
    public const int LimitDefault = 20;
    public const int LimitMax = 100;
    public const int DepthMax = 10_000;

    private bool IsReadable { get; init; } = true;

    public int Skip => After is null ? Limit * (Number - 1) : 0;

    /// <summary>Null, or 400 when the numbers are out of range.</summary>
    public Refusal? Refusal => IsReadable && Limit is > 0 and <= LimitMax && Number > 0 && (long)Limit * Number <= DepthMax
        ? null
        : new Refusal("request.page-out-of-range", RefusalKind.Malformed).With("limit", LimitMax).With("depth", DepthMax);

    public static ValueTask<Paging?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = context.Request.Query;
        var readable = Read(query["limit"], LimitDefault, out var limit) & Read(query["page"], 1, out var page);
        var after = query["after"].ToString();
        string? key = null;
        if (after.Length > 0)
        {
            readable &= Base64Url.IsValid(after);
            if (readable) key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(after));
        }
        return ValueTask.FromResult<Paging?>(new Paging(limit, page, key) { IsReadable = readable });
    }

    /// <summary>The address of the next page, keeping the other parameters; the list's order must end in the id.</summary>
    public static string Next(HttpRequest request, string lastKey)
    {
        var kept = request.Query.Where(pair => pair.Key is not ("page" or "after"))
            .SelectMany(pair => pair.Value, (pair, value) =>
                $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(value ?? "")}");
        var after = $"after={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(lastKey))}";
        return $"{request.Path}?{string.Join('&', [.. kept, after])}";
    }

    private static bool Read(string? text, int otherwise, out int value)
    {
        value = otherwise;
        return string.IsNullOrEmpty(text) || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
