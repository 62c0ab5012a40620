using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Contracting;

namespace Iop.OutcomeFinance.Domain.Paying;

internal enum ObligationState
{
    /// <summary>A verified result has made it due (utlöst).</summary>
    Triggered,

    /// <summary>The payee has sent its invoice or credit note (begärd).</summary>
    Claimed,

    /// <summary>Two controllers of the payer have attested it (attesterad).</summary>
    Attested,

    /// <summary>The payee has confirmed the payment (betald).</summary>
    Settled,

    /// <summary>Somebody disputes it; it returns to the state it left (bestridd).</summary>
    Disputed,

    /// <summary>Given up at the end of the contract (avskriven).</summary>
    WrittenOff,
}

/// <summary>What a payer owes a payee for a period by one calculation (betalningsförpliktelse). The amount never changes: a later
/// calculation adds an adjustment, with a sign and the same states. A credit is claimed as a credit note.</summary>
internal sealed class Obligation
{
    public required ObligationId Id { get; init; }

    public required ContractId ContractId { get; init; }

    public required string PeriodKey { get; init; }

    public required PartyId PayerPartyId { get; init; }

    public required Guid PayerOrganisationId { get; init; }

    public required PartyId PayeePartyId { get; init; }

    public required Guid PayeeOrganisationId { get; init; }

    public required CalculationId CalculationId { get; init; }

    /// <summary>Of the contract's calculations, from 1.</summary>
    public required int CalculationNumber { get; init; }

    /// <summary>The verified measurement that made it due.</summary>
    public required MeasurementRef MeasurementId { get; init; }

    public required Guid ReporterPersonId { get; init; }

    public required Guid VerifierPersonId { get; init; }

    public required long AmountMinor { get; init; }

    public required string Currency { get; init; }

    public required DateTimeOffset TriggeredAt { get; init; }

    /// <summary>Something was booked for the same period, payer and payee before.</summary>
    public required bool IsAdjustment { get; init; }

    public ObligationState State { get; private set; }

    public string? ClaimReference { get; private set; }

    public Guid? ClaimedBy { get; private set; }

    public DateTimeOffset? ClaimedAt { get; private set; }

    public Guid? AttestedBy1 { get; private set; }

    public DateTimeOffset? AttestedAt1 { get; private set; }

    public Guid? AttestedBy2 { get; private set; }

    public DateTimeOffset? AttestedAt2 { get; private set; }

    public Guid? SettledBy { get; private set; }

    public DateTimeOffset? SettledAt { get; private set; }

    public ObligationState? DisputedFrom { get; private set; }

    public Guid? DisputedByOrganisation { get; private set; }

    public string? DisputeReason { get; private set; }

    public string? DisputeOutcome { get; private set; }

    public Guid? WrittenOffBy { get; private set; }

    public DateTimeOffset? WrittenOffAt { get; private set; }

    public string? WrittenOffWhy { get; private set; }

    public long Version { get; private set; } = 1;

    public Money Amount => new(AmountMinor,
        Iop.Kernel.Currency.TryParse(Currency, out var currency) ? currency : Iop.Kernel.Currency.Sek);

    public int AttestationsMissing => (AttestedBy1, AttestedBy2) switch
    {
        (null, _) => 2,
        (_, null) => 1,
        _ => 0,
    };

    /// <summary>Null when it is the payee's turn to claim it.</summary>
    public Refusal? RefusesClaim(Party payee, Actor by) =>
        !payee.IsActedForBy(by) ? PaymentRefusals.NotThePayee(payee.Name)
        : State is not ObligationState.Triggered ? PaymentRefusals.NotTriggered(State)
        : null;

    /// <summary>The payee claims it, with the payer's reference.</summary>
    public Refusal? Claim(Party payee, string? reference, Actor by, DateTimeOffset now)
    {
        if (RefusesClaim(payee, by) is { } refusal) return refusal;
        (State, ClaimReference, ClaimedBy, ClaimedAt) = (ObligationState.Claimed, reference, by.Person, now);
        Version++;
        return null;
    }

    /// <summary>A controller of the payer attests (attesterar). Two must, neither of them one who reported or verified what it
    /// rests on.</summary>
    public Refusal? Attest(Party payer, IReadOnlySet<Guid> reportersAndVerifiers, Actor by, DateTimeOffset now)
    {
        if (!payer.IsActedForBy(by)) return PaymentRefusals.NotThePayer(payer.Name);
        if (State is not ObligationState.Claimed) return PaymentRefusals.NotClaimed(State);
        if (by.Person == ReporterPersonId || by.Person == VerifierPersonId || reportersAndVerifiers.Contains(by.Person))
            return PaymentRefusals.AttesterMeasured;
        if (AttestedBy1 == by.Person) return PaymentRefusals.AlreadyAttested;
        if (AttestedBy1 is null) (AttestedBy1, AttestedAt1) = (by.Person, now);
        else (AttestedBy2, AttestedAt2, State) = (by.Person, now, ObligationState.Attested);
        Version++;
        return null;
    }

    /// <summary>The payee confirms the payment; never the payer alone.</summary>
    public Refusal? Settle(Party payee, Actor by, DateTimeOffset now)
    {
        if (!payee.IsActedForBy(by)) return PaymentRefusals.NotThePayee(payee.Name);
        if (State is not ObligationState.Attested) return PaymentRefusals.NotAttested(State);
        (State, SettledBy, SettledAt) = (ObligationState.Settled, by.Person, now);
        Version++;
        return null;
    }

    /// <summary>To whom the money is owed: for a credit, the payer.</summary>
    public bool IsOwedTo(Party party) => party.Id == (AmountMinor > 0 ? PayeePartyId : PayerPartyId);

    /// <summary>Whoever it is owed to gives it up (skriver av), once the contract's last period has passed.</summary>
    public Refusal? WriteOff(Party owedTo, DateOnly lastDay, string why, Actor by, DateTimeOffset now)
    {
        if (!owedTo.IsActedForBy(by)) return PaymentRefusals.NotOwedTo(owedTo.Name);
        if (!State.CanBeDisputed()) return PaymentRefusals.CannotBeWrittenOff(State);
        if (SwedishTime.DateIn(now) <= lastDay) return PaymentRefusals.StillRunning(lastDay);
        (State, WrittenOffBy, WrittenOffAt, WrittenOffWhy) = (ObligationState.WrittenOff, by.Person, now, why);
        Version++;
        return null;
    }

    /// <summary>Payer or payee disputes it, at any step before settlement.</summary>
    public Refusal? Dispute(Party payer, Party payee, string reason, Actor by)
    {
        if (!payer.IsActedForBy(by) && !payee.IsActedForBy(by)) return PaymentRefusals.NotASide;
        if (!State.CanBeDisputed()) return PaymentRefusals.CannotBeDisputed(State);
        (DisputedFrom, State, DisputedByOrganisation) = (State, ObligationState.Disputed, by.Organisation);
        (DisputeReason, DisputeOutcome) = (reason, null);
        Version++;
        return null;
    }

    /// <summary>Whoever disputed it says how it ended; it returns to the state it left.</summary>
    public Refusal? Resolve(string outcome, Actor by)
    {
        if (State is not ObligationState.Disputed) return PaymentRefusals.NotDisputed(State);
        if (DisputedByOrganisation != by.Organisation) return PaymentRefusals.NotTheDisputer;
        (State, DisputedFrom, DisputeOutcome) = (DisputedFrom!.Value, null, outcome);
        Version++;
        return null;
    }
}

internal static class ObligationStates
{
    public static bool CanBeDisputed(this ObligationState state) => state switch
    {
        ObligationState.Triggered or ObligationState.Claimed or ObligationState.Attested => true,
        _ => false,
    };
}
