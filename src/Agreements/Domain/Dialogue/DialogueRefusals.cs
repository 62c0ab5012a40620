using Iop.Kernel;

namespace Iop.Agreements.Domain.Dialogue;

/// <summary>Every way the dialogue before, beside and after an agreement can say no.</summary>
public static class DialogueRefusals
{
    public static Refusal Ended { get; } = new("dialogue.ended");

    public static Refusal NotEnded { get; } = new("dialogue.not-ended");

    public static Refusal AgreementUnderWay { get; } = new("dialogue.agreement-under-way");

    public static Refusal LedToAgreement { get; } = new("dialogue.led-to-agreement");

    public static Refusal NotHeldYet { get; } = new("dialogue.not-held-yet");

    public static Refusal WrittenByOthers { get; } = new("dialogue.written-by-others", RefusalKind.Forbidden);

    public static Refusal WrittenByTheAct { get; } = new("dialogue.written-by-the-act");

    public static Refusal TooMany(int limit) => new Refusal("dialogue.too-many").With("limit", limit);

    public static Refusal NoWay(Standing from, Standing to) =>
        new Refusal("actor.no-way").With("from", from).With("to", to);

    public static Refusal NotAParty { get; } = new("actor.not-a-party");

    public static Refusal ReasonMissing { get; } = new("actor.reason-missing");

    public static Refusal AlreadyNamed(Guid actor) => new Refusal("actor.already-named").With("existingId", actor);

    public static Refusal UnknownSection { get; } = new("comment.unknown-section", RefusalKind.NotFound);

    public static Refusal AlreadyResolved { get; } = new("comment.already-resolved");

    public static Refusal NotThatLongAgo { get; } = new("history.not-that-long-ago");
}
