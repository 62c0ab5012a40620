using Iop.Kernel;

namespace Iop.Agreements.Domain.Assessing;

/// <summary>The answer to one question of law, with its reason and the clause it rests on.</summary>
public sealed class LegalAnswer
{
    public const int ReasonMax = 5_000;
    public const int ClauseMax = 300;

    private LegalAnswer()
    {
    }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public string QuestionId { get; private init; } = "";

    public Reply Reply { get; private set; }

    public string Reason { get; private set; } = "";

    /// <summary>Section or paragraph of the agreement that the answer refers to.</summary>
    public string? Clause { get; private set; }

    public PersonRef AnsweredBy { get; private set; }

    public OrganisationRef AnsweredFor { get; private set; }

    public DateTimeOffset AnsweredAt { get; private set; }

    public long Version { get; private set; }

    public static LegalAnswer To(AgreementId agreement, PartnershipId partnership, Question question) =>
        new() { AgreementId = agreement, PartnershipId = partnership, QuestionId = question.Id };

    public Refusal? Give(Question question, Reply reply, string reason, string? clause, Answerer by, DateTimeOffset now)
    {
        if (reply is Reply.NotApplicable && !question.MayNotApply) return AgreementRefusals.AlwaysApplies;
        (Reply, Reason, Clause) = (reply, reason, clause);
        (AnsweredBy, AnsweredFor, AnsweredAt) = (by.Person, by.Organisation, now);
        Version++;
        return null;
    }
}

/// <summary>Who answers, and for whom.</summary>
public sealed record Answerer(PersonRef Person, OrganisationRef Organisation);
