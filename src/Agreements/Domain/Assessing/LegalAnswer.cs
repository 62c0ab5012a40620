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

    /// <summary>Given for an earlier version of the agreement, and to be looked at again: it counts when somebody has confirmed
    /// or
    /// changed it.</summary>
    public bool CarriedOver { get; private set; }

    public PersonRef? ConfirmedBy { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    public long Version { get; private set; }

    public static LegalAnswer To(AgreementId agreement, PartnershipId partnership, Question question) =>
        new() { AgreementId = agreement, PartnershipId = partnership, QuestionId = question.Id };

    public Refusal? Give(Question question, Reply reply, string reason, string? clause, Answerer by, DateTimeOffset now)
    {
        if (reply is Reply.NotApplicable && !question.MayNotApply) return AgreementRefusals.AlwaysApplies;
        (Reply, Reason, Clause) = (reply, reason, clause);
        (AnsweredBy, AnsweredFor, AnsweredAt) = (by.Person, by.Organisation, now);
        (CarriedOver, ConfirmedBy, ConfirmedAt) = (false, null, null);
        Version++;
        return null;
    }

    /// <summary>The agreement is being changed: the answer is kept, and looked at again.</summary>
    public void CarryOver()
    {
        (CarriedOver, ConfirmedBy, ConfirmedAt) = (true, null, null);
        Version++;
    }

    /// <summary>Looked at again, and still right: the words, their author and their date are kept.</summary>
    public Refusal? Confirm(PersonRef by, DateTimeOffset now)
    {
        if (!CarriedOver) return AssessmentRefusals.NothingToConfirm;
        (CarriedOver, ConfirmedBy, ConfirmedAt) = (false, by, now);
        Version++;
        return null;
    }
}

/// <summary>Who answers, and for whom.</summary>
public sealed record Answerer(PersonRef Person, OrganisationRef Organisation);
