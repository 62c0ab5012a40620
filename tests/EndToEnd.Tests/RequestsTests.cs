using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Iop.EndToEnd.Tests;

/// <summary>The examples in docs/requests, sent one after another as a reader would by hand: each is answered as its heading
/// says; one that says nothing of it succeeds.</summary>
[Collection(Contracts.Name)]
public sealed partial class RequestsTests(RunningSystem system)
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (JsonElement Body, string? Tag)> _answers = new(StringComparer.Ordinal);

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.http").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "requests");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_example_is_answered_as_it_says(string file)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Folder, file), Stop);
        var parts = text.ReplaceLineEndings("\n").Split("\n### ");
        Assert.True(parts.Length > 1, "no examples");
        await Introduced(parts[0]);
        foreach (var part in parts[1..]) await Send(part.Split('\n'));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task Introduced(string introduction)
    {
        foreach (var line in introduction.Split('\n')) Remember(line);
        _values["host"] = system.Address.ToString().TrimEnd('/');
        _values["token"] = await system.Token(Who().Match(introduction).Groups[1].Value);
    }

    private async Task Send(string[] lines)
    {
        var heading = lines[0];
        foreach (var line in lines[1..]) Remember(line);
        var name = lines.Select(line => Name().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value;
        var rest = lines.Skip(1).SkipWhile(line => line is "" or ['#', ..] or ['@', ..]).ToList();
        var head = rest.TakeWhile(line => line.Length > 0).ToList();
        var body = string.Join('\n', rest.Skip(head.Count + 1)).TrimEnd();
        var token = Who().Match(heading) is { Success: true } who ? await system.Token(who.Groups[1].Value) : null;

        using var request = Request(head, body, token);
        using var answer = await system.Http.SendAsync(request, Stop);
        var said = await answer.Content.ReadAsStringAsync(Stop);
        var promised = Promised().Match(heading);
        Assert.True(promised.Success
            ? (int)answer.StatusCode == int.Parse(promised.Groups[1].Value, CultureInfo.InvariantCulture)
            : answer.IsSuccessStatusCode, $"{heading}: {(int)answer.StatusCode} {said}");
        if (name is null) return;
        using var document = JsonDocument.Parse(said);
        _answers[name] = (document.RootElement.Clone(), answer.Headers.ETag?.ToString());
    }

    private HttpRequestMessage Request(List<string> head, string body, string? token)
    {
        var (method, address) = head[0].Split(' ', 2) is [var verb, var rest] ? (verb, rest) : throw new FormatException(head[0]);
        var request = new HttpRequestMessage(new HttpMethod(method), Filled(address));
        if (body.Length > 0) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Filled(body)));
        foreach (var line in head[1..])
        {
            var (name, value) = line.Split(": ", 2) is [var left, var right]
                ? (left, Filled(right)) : throw new FormatException(line);
            if (name is "Authorization" && token is not null) value = $"Bearer {token}";
            if (name is "Content-Type") request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            else if (name is "Content-Length") request.Content ??= new ByteArrayContent([]);
            else if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }

    private void Remember(string line)
    {
        if (Variable().Match(line) is { Success: true } set) _values[set.Groups[1].Value] = Filled(set.Groups[2].Value);
    }

    private string Filled(string text) => Hole().Replace(text, hole => Value(hole.Groups[1].Value));

    // As editors' request files have it: name.response.body.items[0].id, name.response.headers.ETag.
    private string Value(string hole)
    {
        if (hole is "$guid") return Guid.NewGuid().ToString();
        if (_values.TryGetValue(hole, out var value)) return value;
        var path = hole.Split('.');
        var (body, tag) = _answers[path[0]];
        if (path[2] is "headers") return tag ?? throw new FormatException($"{path[0]} was answered without a tag.");
        foreach (var step in path[3..])
        {
            var (property, index) = Step().Match(step) is { Groups: var found } && found[2].Success
                ? (found[1].Value, (int?)int.Parse(found[2].Value, CultureInfo.InvariantCulture)) : (step, null);
            body = body.GetProperty(property);
            if (index is { } at) body = body[at];
        }
        return body.GetString()!;
    }

    [GeneratedRegex(@"deploy/token ([\w-]+)")]
    private static partial Regex Who();

    [GeneratedRegex(@"^@(\w+) =\s*(.*)$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^# @name (\w+)$")]
    private static partial Regex Name();

    [GeneratedRegex(@"\{\{([^}]+)\}\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"^(\w+)\[(\d+)\]$")]
    private static partial Regex Step();

    [GeneratedRegex(@": ([1-5]\d\d)\b")]
    private static partial Regex Promised();
}
