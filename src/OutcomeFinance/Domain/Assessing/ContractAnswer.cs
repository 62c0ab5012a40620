using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Contracting;

namespace Iop.OutcomeFinance.Domain.Assessing;

/// <summary>A public party's answer to one question of law about a contract, with its reason and the clause it rests
/// on.</summary>
internal sealed class ContractAnswer
{
    public const int ReasonMax = 5_000;
    public const int ClauseMax = 300;

    public required ContractId ContractId { get; init; }

    /// <summary>Of the version that is being drafted: an amendment is assessed anew.</summary>
    public required int Number { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string QuestionId { get; init; }

    public Reply Reply { get; private set; }

    public string Reason { get; private set; } = "";

    public string? Clause { get; private set; }

    public Guid AnsweredBy { get; private set; }

    public DateTimeOffset AnsweredAt { get; private set; }

    public long Version { get; private set; }

    public Refusal? Give(Question question, Reply reply, string reason, string? clause, Guid by, DateTimeOffset now)
    {
        if (reply is Reply.NotApplicable && !question.MayNotApply) return ContractRefusals.AlwaysApplies;
        (Reply, Reason, Clause, AnsweredBy, AnsweredAt) = (reply, reason, clause, by, now);
        Version++;
        return null;
    }
}
