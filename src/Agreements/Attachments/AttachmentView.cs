using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Attachments;

namespace Iop.Agreements.Attachments;

/// <param name="Path">Where the file is, as it came.</param>
/// <param name="AttachmentTag">The If-Match of a change.</param>
internal sealed record AttachmentView(
    Guid Id, string? SectionKey, string Title, string Name, FileKind Kind, string MediaType, int Bytes, string Sha256,
    string? StoredBy,
    DateTimeOffset StoredAt, string Path, string AttachmentTag)
{
    public static AttachmentView Of(Attachment attachment, StoredFile file, IReadOnlyDictionary<PersonRef, string> names) => new(
        attachment.Id.Value, attachment.SectionKey, attachment.Title, file.Name, file.Kind, file.Kind.MediaType(), file.Bytes,
        file.Sha256, names.GetValueOrDefault(file.StoredBy), file.StoredAt,
        $"/agreements/v1/agreements/{attachment.AgreementId.Value}/files/{file.Sha256}", $"{attachment.Version}");
}
