using System.Buffers;
using System.IO.Compression;
using System.Xml;
using Iop.Agreements.Domain.Attachments;
using Iop.Kernel;

namespace Iop.Agreements.Attachments;

/// <summary>Looks into a zip container without unpacking it anywhere: every entry is read to its end through one buffer, with a
/// limit on everything.</summary>
internal static class ZipInspection
{
    private const int EntriesMax = 2_000;
    private const long UnpackedMax = 100L * 1024 * 1024;
    private const int RatioMax = 100;
    private const long RatioMattersFrom = 1024 * 1024;
    private const int NameLengthMax = 400;
    private const long PartCharactersMax = 1024 * 1024;
    private const int MimetypeMax = 200;
    private const int BufferBytes = 64 * 1024;

    private static ReadOnlySpan<byte> LocalHeader => "PK\x03\x04"u8;

    private static ReadOnlySpan<byte> DirectoryHeader => "PK\x01\x02"u8;

    public static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith(LocalHeader);

    /// <summary>How many entries a piece of the file announces, counted before the directory is read into memory.</summary>
    public static int EntriesSeenIn(ReadOnlySpan<byte> piece) => piece.Count(DirectoryHeader);

    public static Refusal? Of(Stream content, int entriesSeen, out ZipFacts? facts)
    {
        facts = null;
        if (entriesSeen > EntriesMax) return FileRefusals.PackedTooHard;
        try
        {
            using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            return Look(archive, out facts);
        }
        catch (Exception broken) when (
            broken is InvalidDataException or XmlException or NotSupportedException or EndOfStreamException or ArgumentException
                or OverflowException)
        {
            return FileRefusals.Unreadable;
        }
    }

    private static Refusal? Look(ZipArchive archive, out ZipFacts? facts)
    {
        facts = null;
        var entries = archive.Entries;
        if (entries.Count > EntriesMax) return FileRefusals.PackedTooHard;
        if (entries.Any(entry => entry.IsEncrypted || LeadsOut(entry.FullName))
            || entries.DistinctBy(entry => entry.FullName, StringComparer.OrdinalIgnoreCase).Count() != entries.Count)
            return FileRefusals.Unreadable;
        // First what the directory says, before a byte is unpacked; then what is really there.
        var declared = 0L;
        foreach (var entry in entries)
        {
            if (entry.Length > UnpackedMax - declared || IsTooMuch(entry.Length, entry.CompressedLength))
                return FileRefusals.PackedTooHard;
            declared += entry.Length;
        }
        var unpacked = 0L;
        foreach (var entry in entries)
        {
            if (Measure(entry, ref unpacked) is { } refusal) return refusal;
        }
        facts = new ZipFacts([.. entries.Select(entry => entry.FullName)], ContentTypes(archive), Mimetype(archive));
        return null;
    }

    private static Refusal? Measure(ZipArchiveEntry entry, ref long unpacked)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using var content = entry.Open();
            var (own, read) = (0L, 0);
            while ((read = content.Read(buffer, 0, BufferBytes)) > 0)
            {
                (own, unpacked) = (own + read, unpacked + read);
                if (unpacked > UnpackedMax || IsTooMuch(own, entry.CompressedLength)) return FileRefusals.PackedTooHard;
            }
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool IsTooMuch(long unpacked, long packed) => unpacked > RatioMattersFrom && unpacked / RatioMax > packed;

    private static bool LeadsOut(string name) => name.Length is 0 or > NameLengthMax || name[0] is '/' or '\\'
        || name.Contains(':', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal)
        || name.Split('/', '\\').Contains("..", StringComparer.Ordinal);

    /// <summary>Read as XML, so that no spelling of it hides what is declared.</summary>
    private static List<string> ContentTypes(ZipArchive archive)
    {
        var types = new List<string>();
        if (archive.GetEntry("[Content_Types].xml") is not { } entry) return types;
        using var content = entry.Open();
        using var reader = XmlReader.Create(content, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = PartCharactersMax,
        });
        while (reader.Read())
        {
            if (reader.NodeType is XmlNodeType.Element && reader.GetAttribute("ContentType") is { } type) types.Add(type);
        }
        return types;
    }

    private static string? Mimetype(ZipArchive archive)
    {
        if (archive.GetEntry("mimetype") is not { Length: > 0 and <= MimetypeMax } entry) return null;
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd().Trim();
    }
}
