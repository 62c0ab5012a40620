using Iop.Kernel;

namespace Iop.FollowUp.Domain.Participants;

/// <summary>Every way figures of single persons can be refused. None repeats what was typed: a key, or worse, has no place in an
/// error.</summary>
internal static class ParticipantRefusals
{
    public static Refusal NotForYou { get; } = new("participant.not-for-you", RefusalKind.Forbidden);

    public static Refusal NobodyCounted { get; } = new("participant.nobody-counted");

    public static Refusal TooMany(int left) =>
        new Refusal("participant.too-many").With("left", left).With("most", ParticipantSeries.Max);

    public static Refusal Destroyed(DateTimeOffset at) =>
        new Refusal("participant.destroyed").With("at", SwedishTime.DateIn(at).ToString("O", null));

    /// <summary>Typed among the other figures, where everybody in the contract would see it.</summary>
    public static Refusal WrongPlace(string collection) =>
        new Refusal("participant.wrong-place", RefusalKind.Malformed).With("collection", collection);

    public static Refusal IdentityNumber { get; } = new("participant.identity-number", RefusalKind.Malformed);

    public static Refusal CollectionTwice(string collection) =>
        new Refusal("participant.collection-twice", RefusalKind.Malformed).With("collection", collection);

    public static Refusal UnknownCollection { get; } = new("participant.unknown-collection", RefusalKind.Malformed);

    public static Refusal.FieldError At(string field, string code, string? limit = null) => new(field, code, limit);
}
