using Iop.Verifier;

// iop-verify PACKAGE [--keys FILE] [--language sv|en]: prints a report; the exit code is the verdict.
const long SizeMax = 256 * 1024 * 1024;
var (package, keys, language) = ((string?)null, (string?)null, "sv");
var misused = false;
for (var place = 0; place < args.Length; place++)
{
    switch (args[place])
    {
        case "--keys" when place + 1 < args.Length: keys = args[++place]; break;
        case "--language" when place + 1 < args.Length && args[place + 1] is "sv" or "en": language = args[++place]; break;
        case var file when package is null && !file.StartsWith("--", StringComparison.Ordinal): package = file; break;
        default: misused = true; break;
    }
}
if (misused || package is null) return Fail("use");
foreach (var file in new[] { package, keys }.OfType<string>())
{
    if (!File.Exists(file) || new FileInfo(file).Length > SizeMax) return Fail("file", file);
}
try
{
    var report = Verification.Of(await File.ReadAllBytesAsync(package), keys is null ? null : await File.ReadAllBytesAsync(keys));
    Console.Write(report.Write(language));
    return (int)report.Verdict;
}
catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
{
    return Fail("file", trouble.Message);
}

int Fail(string code, params string[] words)
{
    Console.Error.WriteLine(Report.Say(language, $"program.{code}", words));
    return (int)Verdict.Unreadable;
}
