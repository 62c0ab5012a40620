using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Iop.FollowUp.Domain.Measuring;
using Iop.FollowUp.Domain.Participants;
using Iop.Kernel;

namespace Iop.FollowUp.Domain.Evidencing;

/// <summary>What kinds of file a measurement may rest on. Containers that may hide sheets and names are not among them: a table
/// comes as CSV, which shows all it has.</summary>
internal enum EvidenceKind
{
    Pdf,
    Png,
    Jpeg,
    Csv,
    Text,
}

/// <summary>A file that a measurement rests on (underlag), as it came and with its hash. Never changed; and once the measurement
/// is decided, none comes or goes.</summary>
internal sealed class EvidenceFile
{
    public const int BytesMax = 5 * 1024 * 1024;
    public const int PerMeasurementMax = 20;
    private const int NameLengthMax = 150;

    private static readonly SearchValues<char> NeverInNames = SearchValues.Create("/\\<>:\"|?*");

    public required EvidenceFileId Id { get; init; }

    public required MeasurementId Measurement { get; init; }

    public required ContractRef ContractId { get; init; }

    public required string Name { get; init; }

    public required EvidenceKind Kind { get; init; }

    public required int Bytes { get; init; }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public required Guid StoredByPerson { get; init; }

    public required DateTimeOffset StoredAt { get; init; }

    /// <summary>Null when the name is one, and the content is what its ending says.</summary>
    public static Refusal? Read(string? name, ReadOnlySpan<byte> content, out EvidenceKind kind)
    {
        kind = default;
        if (string.IsNullOrWhiteSpace(name) || name.Length > NameLengthMax || name.Any(char.IsControl)
            || name.AsSpan().ContainsAny(NeverInNames)) return EvidenceRefusals.NameUnfit;
        if (PersonalIdentity.IsIn(name)) return ParticipantRefusals.IdentityNumber;
        var ending = name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant();
        if (OfEnding(ending) is not { } said) return EvidenceRefusals.KindNotTaken;
        if (content.Length == 0) return EvidenceRefusals.Empty;
        if (content.Length > BytesMax) return EvidenceRefusals.TooLarge;
        kind = said;
        if (!Is(said, content)) return EvidenceRefusals.ContentDiffers;
        return said is EvidenceKind.Csv or EvidenceKind.Text && PersonalIdentity.IsIn(Encoding.UTF8.GetString(content))
            ? ParticipantRefusals.IdentityNumber : null;
    }

    /// <summary>One hash for all: of their hashes in order, each on a line. Null for none.</summary>
    public static string? HashOf(IReadOnlyList<EvidenceFile> files) => files.Count == 0 ? null
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(
            string.Join('\n', files.Select(file => file.Sha256).Order(StringComparer.Ordinal)))));

    public static string MediaType(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Pdf => "application/pdf",
        EvidenceKind.Png => "image/png",
        EvidenceKind.Jpeg => "image/jpeg",
        EvidenceKind.Csv => "text/csv",
        _ => "text/plain",
    };

    private static EvidenceKind? OfEnding(string ending) => ending switch
    {
        "pdf" => EvidenceKind.Pdf,
        "png" => EvidenceKind.Png,
        "jpg" or "jpeg" => EvidenceKind.Jpeg,
        "csv" => EvidenceKind.Csv,
        "txt" => EvidenceKind.Text,
        _ => null,
    };

    private static bool Is(EvidenceKind kind, ReadOnlySpan<byte> content) => kind switch
    {
        EvidenceKind.Pdf => content.StartsWith("%PDF-"u8),
        EvidenceKind.Png => content.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]),
        EvidenceKind.Jpeg => content.StartsWith<byte>([0xFF, 0xD8, 0xFF]),
        _ => !content.StartsWith("%PDF-"u8) && !content.StartsWith("PK"u8) && IsText(content),
    };

    private static bool IsText(ReadOnlySpan<byte> content)
    {
        foreach (var one in content)
        {
            if (one < 0x20 && one is not ((byte)'\t' or (byte)'\n' or (byte)'\r') || one == 0x7F) return false;
        }
        return true;
    }
}

/// <summary>Every way a file of evidence can be refused.</summary>
internal static class EvidenceRefusals
{
    public static Refusal NotYours { get; } = new("evidence.not-yours", RefusalKind.Forbidden);

    public static Refusal HasIt { get; } = new("evidence.has-it");

    public static Refusal TooMany { get; } = new Refusal("evidence.too-many").With("most", EvidenceFile.PerMeasurementMax);

    public static Refusal NameUnfit { get; } = new("evidence.name-unfit", RefusalKind.Malformed);

    public static Refusal KindNotTaken { get; } = new("evidence.kind-not-taken", RefusalKind.Malformed);

    public static Refusal ContentDiffers { get; } = new("evidence.content-differs", RefusalKind.Malformed);

    public static Refusal Empty { get; } = new("evidence.empty", RefusalKind.Malformed);

    public static Refusal TooLarge { get; } =
        new Refusal("evidence.too-large", RefusalKind.Malformed).With("limit", EvidenceFile.BytesMax / (1024 * 1024));
}
