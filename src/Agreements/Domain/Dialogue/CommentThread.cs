using Iop.Kernel;

namespace Iop.Agreements.Domain.Dialogue;

/// <summary>What is said about one section of an agreement (kommentarer): a question, the answers to it, and that it is
/// settled. Beside the text, never part of it: no hash covers it, and it lives on when the text is fixed.</summary>
public sealed class CommentThread : IHeardWithin
{
    public const int PerAgreementMax = 1_000;
    public const int CommentsMax = 200;

    private CommentThread()
    {
    }

    public Guid ThreadId { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    /// <summary>One of <see cref="SectionKeys"/>.</summary>
    public string SectionKey { get; private init; } = "";

    public Audience Audience { get; private init; }

    public string Circle { get; private init; } = "";

    public DateTimeOffset StartedAt { get; private init; }

    public PersonRef? ResolvedBy { get; private set; }

    public DateTimeOffset? ResolvedAt { get; private set; }

    public long Version { get; private set; }

    public bool IsOpen() => ResolvedAt is null;

    public static CommentThread Start(
        Guid id, Agreement agreement, string sectionKey, Audience audience, Speaker by, DateTimeOffset now) => new()
        {
            ThreadId = id,
            AgreementId = agreement.Id,
            PartnershipId = agreement.PartnershipId,
            SectionKey = sectionKey,
            Audience = audience,
            Circle = Circles.Of(audience, by.Organisation, by.Kind),
            StartedAt = now,
        };

    /// <summary>Somebody says something; a settled thread is thereby open again.</summary>
    public Comment Say(Guid id, string text, Speaker by, DateTimeOffset now)
    {
        (ResolvedBy, ResolvedAt) = (null, null);
        Version++;
        return Comment.In(this, id, text, by, now);
    }

    public Refusal? Resolve(PersonRef by, DateTimeOffset now)
    {
        if (!IsOpen()) return DialogueRefusals.AlreadyResolved;
        (ResolvedBy, ResolvedAt) = (by, now);
        Version++;
        return null;
    }
}

/// <summary>One thing said in a thread. It is never changed and never taken away.</summary>
public sealed class Comment : IHeardWithin
{
    public const int TextMax = 5_000;

    private Comment()
    {
    }

    public Guid CommentId { get; private init; }

    public Guid ThreadId { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    /// <summary>That of its thread.</summary>
    public string Circle { get; private init; } = "";

    /// <summary>That of its thread.</summary>
    public string SectionKey { get; private init; } = "";

    public OrganisationRef Organisation { get; private init; }

    public PersonRef Author { get; private init; }

    public DateTimeOffset SaidAt { get; private init; }

    /// <summary>Its place in the thread.</summary>
    public long Number { get; private init; }

    public string Text { get; private init; } = "";

    internal static Comment In(CommentThread thread, Guid id, string text, Speaker by, DateTimeOffset now) => new()
    {
        CommentId = id,
        ThreadId = thread.ThreadId,
        AgreementId = thread.AgreementId,
        PartnershipId = thread.PartnershipId,
        Circle = thread.Circle,
        SectionKey = thread.SectionKey,
        Organisation = by.Organisation,
        Author = by.Person,
        SaidAt = now,
        Number = thread.Version,
        Text = text,
    };
}
