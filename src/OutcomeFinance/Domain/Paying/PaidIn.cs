using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Contracting;

namespace Iop.OutcomeFinance.Domain.Paying;

internal enum PaidInState
{
    /// <summary>The funder says so (uppgiven).</summary>
    Recorded,

    /// <summary>Who received it says so too; it is in the ledger (bekräftad).</summary>
    Confirmed,

    /// <summary>It has not come (inte mottagen).</summary>
    Denied,
}

/// <summary>A payment from the funder to who carries out the work (inbetald satsning).</summary>
internal sealed class PaidIn
{
    public required Guid PaidInId { get; init; }

    public required ContractId ContractId { get; init; }

    public required PartyId FunderPartyId { get; init; }

    public required Guid FunderOrganisationId { get; init; }

    public required PartyId ReceiverPartyId { get; init; }

    public required Guid ReceiverOrganisationId { get; init; }

    public required long AmountMinor { get; init; }

    public required string Currency { get; init; }

    public required DateOnly PaidOn { get; init; }

    public required string Reference { get; init; }

    public PaidInState State { get; private set; }

    public required Guid RecordedBy { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public Guid? AnsweredBy { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public string? Answer { get; private set; }

    public long Version { get; private set; } = 1;

    /// <summary>Null when a funder of the contract may say that it has paid somebody else of the contract.</summary>
    public static Refusal? Refuses(OutcomeContract contract, Party? funder, Party? receiver, Actor by)
    {
        if (contract.State is not ContractState.Signed) return ContractRefusals.NotSigned(contract.State);
        if (funder is null || !funder.IsActedForBy(by)) return PaidInRefusals.NotTheFunder;
        return receiver is null || receiver.Verifies || receiver.OrganisationId == funder.OrganisationId
            ? PaidInRefusals.NoSuchReceiver : null;
    }

    /// <summary>Who received it says whether it came.</summary>
    public Refusal? AnswerBy(Party receiver, bool came, string? comment, Actor by, DateTimeOffset now)
    {
        if (!receiver.IsActedForBy(by)) return PaidInRefusals.NotTheReceiver(receiver.Name);
        if (State is not PaidInState.Recorded) return PaidInRefusals.AlreadyAnswered;
        (State, AnsweredBy, AnsweredAt, Answer) =
            (came ? PaidInState.Confirmed : PaidInState.Denied, by.Person, now, comment);
        Version++;
        return null;
    }
}

/// <summary>Every way a payment in can be refused.</summary>
internal static class PaidInRefusals
{
    public static Refusal NotTheFunder { get; } = new("paid-in.not-the-funder", RefusalKind.Forbidden);

    public static Refusal NoSuchReceiver { get; } = new("paid-in.no-such-receiver");

    public static Refusal AlreadyAnswered { get; } = new("paid-in.already-answered");

    public static Refusal NotTheReceiver(string receiver) =>
        new Refusal("paid-in.not-the-receiver", RefusalKind.Forbidden).With("receiver", receiver);
}
