using Iop.Kernel;

namespace Iop.Agreements.Domain.Attachments;

/// <summary>An attachment.</summary>
public readonly record struct AttachmentId(Guid Value);

/// <summary>A file that is agreed with the text (bilaga), of the whole or of one section.</summary>
public sealed class Attachment
{
    public const int PerAgreementMax = 50;
    public const int TitleMax = 200;

    private Attachment()
    {
    }

    public AttachmentId Id { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public FileId FileId { get; private init; }

    /// <summary>One of <see cref="SectionKeys"/>, or null for the whole.</summary>
    public string? SectionKey { get; private set; }

    public string Title { get; private set; } = "";

    public long Version { get; private set; }

    public static Refusal? Attach(
        AttachmentId id, Agreement agreement, StoredFile file, string? sectionKey, int present, out Attachment attachment)
    {
        attachment = new Attachment
        {
            Id = id,
            AgreementId = agreement.Id,
            PartnershipId = agreement.PartnershipId,
            FileId = file.Id,
        };
        return present >= PerAgreementMax ? AttachmentRefusals.TooMany : attachment.Change(file.Name, sectionKey);
    }

    public Refusal? Change(string title, string? sectionKey)
    {
        if (sectionKey is not null && !SectionKeys.All.Contains(sectionKey, StringComparer.Ordinal))
            return AttachmentRefusals.UnknownSection;
        (Title, SectionKey) = (title, sectionKey);
        Version++;
        return null;
    }
}

/// <summary>A file that a version holds.</summary>
public sealed class VersionFile
{
    public required AgreementId AgreementId { get; init; }

    public required PartnershipId PartnershipId { get; init; }

    public required string VersionHash { get; init; }

    public required FileId FileId { get; init; }
}

/// <summary>Every way an attachment can say no.</summary>
public static class AttachmentRefusals
{
    public static Refusal TooMany { get; } = new Refusal("attachment.too-many").With("limit", Attachment.PerAgreementMax);

    public static Refusal UnknownSection { get; } = new("attachment.unknown-section");
}
