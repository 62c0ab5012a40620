using System.Text;
using Iop.FollowUp.Domain.Measuring;

namespace Iop.FollowUp.Participants;

/// <summary>A table for a spreadsheet, to be kept by those who may have it: no copy of it stays on the way. Text that a
/// spreadsheet would take for a formula is made text by an apostrophe; a negative number stays one.</summary>
internal static class ParticipantFile
{
    private const string Formulas = "=+-@\t\r";

    public static IResult Of(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows, string name)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(head)) text.AppendJoin(';', row.Select(Cell)).Append("\r\n");
        return new Kept(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(text.ToString())).ToArray(), $"{name}.csv");
    }

    private static string Cell(string text) => Quoted(
        text.Length > 0 && Formulas.Contains(text[0], StringComparison.Ordinal) && !Figure.IsNumber(text) ? "'" + text : text);

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(";\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private sealed class Kept(byte[] bytes, string name) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = "private, no-store";
            return TypedResults.Bytes(bytes, "text/csv", name).ExecuteAsync(httpContext);
        }
    }
}
