using Iop.Kernel;

namespace Iop.Agreements.Domain.Attachments;

/// <summary>Every way a file can be refused.</summary>
public static class FileRefusals
{
    public static Refusal NameMissing { get; } = new("file.name-missing", RefusalKind.Malformed);

    public static Refusal NameIsAPath { get; } = new("file.name-is-a-path", RefusalKind.Malformed);

    public static Refusal TwoEndings { get; } = new("file.two-endings");

    public static Refusal KindNotTaken(string ending) => new Refusal("file.kind-not-taken").With("ending", ending)
        .With("allowed", string.Join(", ", FileKinds.Endings));

    public static Refusal ContentDiffers(string ending) => new Refusal("file.content-differs").With("ending", ending);

    public static Refusal HasMacros { get; } = new("file.has-macros");

    public static Refusal Empty { get; } = new("file.empty", RefusalKind.Malformed);

    public static Refusal TooLarge { get; } = new Refusal("file.too-large", RefusalKind.Malformed)
        .With("limit", StoredFile.BytesMax / (1024 * 1024));

    /// <summary>A zip container that would unpack to more than a document ever holds.</summary>
    public static Refusal PackedTooHard { get; } = new("file.packed-too-hard");

    /// <summary>Broken, locked with a password, or with names that lead out of it.</summary>
    public static Refusal Unreadable { get; } = new("file.unreadable");
}
