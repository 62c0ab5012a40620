namespace Iop.Agreements.Domain.Attachments;

/// <summary>A file kept by the platform.</summary>
public readonly record struct FileId(Guid Value);

/// <summary>A file as it came, with its hash. Never changed.</summary>
public sealed class StoredFile
{
    /// <summary>Ten megabytes: a scanned agreement of a hundred pages.</summary>
    public const int BytesMax = 10 * 1024 * 1024;

    private StoredFile()
    {
    }

    public FileId Id { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public string Name { get; private init; } = "";

    public FileKind Kind { get; private init; }

    public int Bytes { get; private init; }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public string Sha256 { get; private init; } = "";

    public PersonRef StoredBy { get; private init; }

    public DateTimeOffset StoredAt { get; private init; }

    public static StoredFile Of(
        FileId id, PartnershipId partnership, FileName name, FileKind kind, int bytes, string sha256, PersonRef by,
            DateTimeOffset now) => new()
        {
            Id = id,
            PartnershipId = partnership,
            Name = name.Value,
            Kind = kind,
            Bytes = bytes,
            Sha256 = sha256,
            StoredBy = by,
            StoredAt = now,
        };
}
