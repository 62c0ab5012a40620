using System.Buffers;
using System.Security.Cryptography;
using Iop.Agreements.Domain.Attachments;
using Iop.Kernel;

namespace Iop.Agreements.Attachments;

/// <summary>What one pass over a file shows: how long it is, its hash, and what its content says it is.</summary>
internal sealed record FileInspection(long Bytes, string Sha256, FileFacts Facts)
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Reads a stream that can be read again; never more of it at once than a buffer.</summary>
    public static async Task<(FileInspection? Inspected, Refusal? Refusal)> Of(Stream content, CancellationToken cancel)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (head, bytes, isText, entries) = (Array.Empty<byte>(), 0L, true, 0);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            content.Position = 0;
            int read;
            while ((read = await content.ReadAtLeastAsync(buffer.AsMemory(0, BufferBytes), BufferBytes, false, cancel)) > 0)
            {
                var piece = buffer.AsSpan(0, read);
                if (bytes == 0) head = piece[..Math.Min(read, FileKinds.HeadBytes)].ToArray();
                bytes += read;
                if (bytes > StoredFile.BytesMax) return (null, FileRefusals.TooLarge);
                sha.AppendData(piece);
                isText = isText && !piece.ContainsAny(NeverInText);
                entries += ZipInspection.EntriesSeenIn(piece);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        if (bytes == 0) return (null, FileRefusals.Empty);
        ZipFacts? zip = null;
        if (ZipInspection.IsZip(head))
        {
            content.Position = 0;
            if (ZipInspection.Of(content, entries, out zip) is { } refusal) return (null, refusal);
        }
        return (new FileInspection(bytes, Convert.ToHexStringLower(sha.GetHashAndReset()), new FileFacts(head, isText, zip)),
            null);
    }

    private static readonly SearchValues<byte> NeverInText = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(code => (byte)code).Except("\t\n\r\f"u8.ToArray()), 0x7F]);
}
