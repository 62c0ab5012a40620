using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace Iop.Verifier;

/// <summary>What a package is found to be; the number is the program's exit code.</summary>
public enum Verdict
{
    /// <summary>Every check holds, by keys that were given separately, and every party has signed.</summary>
    Genuine = 0,

    /// <summary>Something does not hold.</summary>
    False = 1,

    /// <summary>Nothing to judge: wrong use of the program, or no file.</summary>
    Unreadable = 2,

    /// <summary>Every check holds, but not every party has signed.</summary>
    Incomplete = 3,

    /// <summary>Every check holds, but by the package's own keys: whoever forged it could have made those.</summary>
    Unconfirmed = 4,
}

/// <summary>Something that does not hold, with the words put into its sentence.</summary>
public sealed record Finding(string Code, params IReadOnlyList<string> Words);

/// <summary>A signature as its seal states it.</summary>
/// <param name="Version">The number of the version it stands under.</param>
public sealed record SealedSignature(
    long Version, string Party, string Person, string Time, string Basis, string DecidedOn, string? Paragraph,
    string? CaseNumber);

/// <summary>A no as its seal states it.</summary>
/// <param name="Version">The number of the version that was declined.</param>
public sealed record SealedDecline(long Version, string Party, string Person, string Time, string Reason);

/// <summary>A version in the package.</summary>
public sealed record PackedVersion(long Number, string Hash, string? OpenedOn, int Signatures, int Required);

/// <summary>What was found of a package.</summary>
/// <param name="Subject">The agreement's title, as signed.</param>
public sealed record Report(
    Verdict Verdict, string? Subject, string? Agreement, IReadOnlyList<PackedVersion> Versions,
    IReadOnlyList<SealedSignature> Signatures, IReadOnlyList<SealedDecline> Declines, IReadOnlyList<Finding> Findings)
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> Texts =
        new[] { "sv", "en" }.ToFrozenDictionary(language => language, Read, StringComparer.Ordinal);

    /// <summary>The verdict in one sentence.</summary>
    public string Sentence(string language) => Say(language, $"verdict.{Verdict}");

    public static string Say(Finding finding, string language) =>
        Say(language, finding.Code, [.. finding.Words]);

    /// <summary>A text by its code, with {0}, {1} … put in.</summary>
    public static string Say(string language, string code, params ReadOnlySpan<string> words)
    {
        var text = Texts[language].GetValueOrDefault(code) ?? code;
        for (var place = 0; place < words.Length; place++)
            text = text.Replace($"{{{place}}}", words[place], StringComparison.Ordinal);
        return text;
    }

    /// <summary>The whole report, to be kept with the package.</summary>
    public string Write(string language)
    {
        var text = new StringBuilder().AppendLine(Sentence(language)).AppendLine();
        if (Subject is not null) text.AppendLine(Say(language, "report.subject", Subject, Agreement ?? ""));
        foreach (var version in Versions)
        {
            text.AppendLine(Say(language, "report.version", $"{version.Number}", version.OpenedOn ?? "–",
                $"{version.Signatures}", $"{version.Required}"));
            text.AppendLine(Say(language, "report.hash", version.Hash));
            foreach (var signature in Signatures.Where(signature => signature.Version == version.Number))
                text.AppendLine(Line(signature, language));
            foreach (var no in Declines.Where(decline => decline.Version == version.Number))
                text.AppendLine(Say(language, "report.decline", no.Party, no.Time, no.Person, no.Reason));
        }
        if (Findings.Count > 0) text.AppendLine().AppendLine(Say(language, "report.findings"));
        foreach (var finding in Findings) text.Append("- ").AppendLine(Say(finding, language));
        return text.AppendLine().AppendLine(Say(language, "report.weight")).ToString();
    }

    /// <summary>A signature in one line.</summary>
    public static string Line(SealedSignature signature, string language)
    {
        var decision = string.Join(", ", new[] { signature.DecidedOn, signature.Paragraph, signature.CaseNumber }
            .Where(part => !string.IsNullOrEmpty(part)));
        return Say(language, "report.signature", signature.Party, signature.Time, Say(language, $"basis.{signature.Basis}"),
            decision,
            signature.Person);
    }

    private static FrozenDictionary<string, string> Read(string language)
    {
        using var stream = typeof(Report).Assembly.GetManifestResourceStream($"{language}.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
