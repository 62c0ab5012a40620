using Iop.Kernel;

namespace Iop.Agreements.Domain.Attachments;

/// <summary>What kinds of file the platform keeps. Decided by the content, never by the name alone.</summary>
public enum FileKind
{
    Pdf,
    Png,
    Jpeg,
    Docx,
    Odt,
    Xlsx,
    Ods,
    Text,
    Csv,
}

/// <summary>What a look at a file's bytes has shown.</summary>
/// <param name="Head">The first bytes.</param>
/// <param name="IsText">No byte that no text has.</param>
/// <param name="Zip">What is in it, when it is a zip container.</param>
public sealed record FileFacts(byte[] Head, bool IsText, ZipFacts? Zip);

/// <summary>What a zip container holds.</summary>
/// <param name="Names">The entries' names.</param>
/// <param name="ContentTypes">As an Office document declares them ([Content_Types].xml).</param>
/// <param name="Mimetype">As an OpenDocument declares it.</param>
public sealed record ZipFacts(IReadOnlyList<string> Names, IReadOnlyList<string> ContentTypes, string? Mimetype);

/// <summary>Each kind's endings and media type, and how its content is told.</summary>
public static class FileKinds
{
    public const int HeadBytes = 16;

    private const string Office = "application/vnd.openxmlformats-officedocument.";

    private static readonly Dictionary<string, FileKind> ByEnding = new(StringComparer.Ordinal)
    {
        ["pdf"] = FileKind.Pdf, ["png"] = FileKind.Png, ["jpg"] = FileKind.Jpeg, ["jpeg"] = FileKind.Jpeg,
        ["docx"] = FileKind.Docx,
        ["odt"] = FileKind.Odt, ["xlsx"] = FileKind.Xlsx, ["ods"] = FileKind.Ods, ["txt"] = FileKind.Text, ["csv"] = FileKind.Csv,
    };

    public static IReadOnlyCollection<string> Endings => ByEnding.Keys;

    public static FileKind? OfEnding(string ending) => ByEnding.TryGetValue(ending, out var kind) ? kind : null;

    public static string MediaType(this FileKind kind) => kind switch
    {
        FileKind.Pdf => "application/pdf",
        FileKind.Png => "image/png",
        FileKind.Jpeg => "image/jpeg",
        FileKind.Docx => Office + "wordprocessingml.document",
        FileKind.Xlsx => Office + "spreadsheetml.sheet",
        FileKind.Odt => "application/vnd.oasis.opendocument.text",
        FileKind.Ods => "application/vnd.oasis.opendocument.spreadsheet",
        FileKind.Csv => "text/csv",
        _ => "text/plain",
    };

    /// <summary>The name's ending and the content must say the same, and nothing in it may run.</summary>
    public static Refusal? Read(FileName name, FileFacts facts, out FileKind kind)
    {
        if (OfEnding(name.Ending) is not { } said)
        {
            kind = default;
            return FileRefusals.KindNotTaken(name.Ending);
        }
        kind = said;
        if (HasMacros(facts.Zip)) return FileRefusals.HasMacros;
        return Is(said, facts) ? null : FileRefusals.ContentDiffers(name.Ending);
    }

    private static bool Is(FileKind kind, FileFacts facts) => kind switch
    {
        FileKind.Pdf => Begins(facts, "%PDF-"u8),
        FileKind.Png => Begins(facts, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]),
        FileKind.Jpeg => Begins(facts, [0xFF, 0xD8, 0xFF]),
        FileKind.Docx => IsOffice(facts.Zip, "word/document.xml", Office + "wordprocessingml.document.main+xml"),
        FileKind.Xlsx => IsOffice(facts.Zip, "xl/workbook.xml", Office + "spreadsheetml.sheet.main+xml"),
        FileKind.Odt or FileKind.Ods => facts.Zip is { } zip && zip.Mimetype == kind.MediaType()
            && zip.Names.Contains("content.xml", StringComparer.Ordinal),
        _ => facts is { IsText: true, Zip: null } && !Begins(facts, "%PDF-"u8),
    };

    private static bool Begins(FileFacts facts, ReadOnlySpan<byte> with) => facts.Head.AsSpan().StartsWith(with);

    private static bool IsOffice(ZipFacts? zip, string main, string mediaType) => zip is not null
        && zip.Names.Contains(main, StringComparer.Ordinal) && zip.ContentTypes.Contains(mediaType, StringComparer.Ordinal);

    private static bool HasMacros(ZipFacts? zip) => zip is not null
        && (zip.Names.Any(IsCode) || zip.ContentTypes.Any(type =>
            type.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase)
            || type.Contains("vbaProject", StringComparison.OrdinalIgnoreCase)
            || type.Contains("activeX", StringComparison.OrdinalIgnoreCase)));

    private static bool IsCode(string name) =>
        name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)
        || name.Contains("/activeX/", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Basic/", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Scripts/", StringComparison.OrdinalIgnoreCase);
}
