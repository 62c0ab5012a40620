using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Paying;

/// <summary>An obligation as payer and payee see it. A negative amount is a credit.</summary>
public sealed record ObligationView(
    Guid Id, Guid ContractId, string ContractTitle, string PeriodKey, ObligationPartyView Payer, ObligationPartyView Payee,
    string Amount, string Currency,
    string State, int CalculationNumber, bool Adjustment, DateTimeOffset Since, DateTimeOffset TriggeredAt, string? Reference,
    DateTimeOffset? ClaimedAt, string? ClaimedByPersonName,
    IReadOnlyList<AttestationView> Attestations, int AttestationsMissing, DateTimeOffset? SettledAt, string? DisputeReason,
    string? DisputeOutcome,
    Guid? DisputedByOrganisationId, string? Awaits, bool Mine, string DerivationUrl, InvoiceView? Invoice);

/// <summary>The invoice or credit note by which it was claimed.</summary>
/// <param name="Kind">invoice or credit-note.</param>
/// <param name="Hash">SHA-256 of the XML.</param>
public sealed record InvoiceView(
    string Number, string Kind, DateOnly IssuedOn, DateOnly DueOn, string Account, string Hash, string Url);

public sealed record ObligationPartyView(Guid OrganisationId, string Name, string? Alias);

public sealed record AttestationView(Guid PersonId, string PersonName, DateTimeOffset At);

/// <summary>Makes the view, for whoever asks.</summary>
internal sealed class ObligationViews(OutcomeFinanceDb db, Caller caller)
{
    public async Task<ObligationView> Of(Obligation obligation, OutcomeContract contract, CancellationToken cancel) =>
        (await Of([obligation], new Dictionary<ContractId, OutcomeContract> { [contract.ContractId] = contract }, cancel))[0];

    public async Task<IReadOnlyList<ObligationView>> Of(
        IReadOnlyList<Obligation> obligations, IReadOnlyDictionary<ContractId, OutcomeContract> contracts,
        CancellationToken cancel)
    {
        var people = await db.PeopleCalled(
            obligations.SelectMany(one => new[] { one.ClaimedBy, one.AttestedBy1, one.AttestedBy2 }).OfType<Guid>(), cancel);
        var invoices = await Invoices([.. obligations.Select(one => one.Id)], cancel);
        return [.. obligations.Select(
            one => Of(one, contracts[one.ContractId], people, invoices.GetValueOrDefault(one.Id)))];
    }

    private async Task<IReadOnlyDictionary<ObligationId, InvoiceView>> Invoices(
        IReadOnlyList<ObligationId> obligations, CancellationToken cancel) =>
        (await db.Invoices.AsNoTracking().Where(one => obligations.Contains(one.ObligationId))
            .Select(one => new { one.ObligationId, one.Number, one.Kind, one.IssuedOn, one.DueOn, one.Account, one.Hash })
            .ToListAsync(cancel))
        .ToDictionary(one => one.ObligationId, one => new InvoiceView(
            one.Number, Words.Of(one.Kind), one.IssuedOn, one.DueOn, one.Account, one.Hash,
            $"/outcome-finance/v1/obligations/{one.ObligationId.Value}/invoice"));

    private ObligationView Of(
        Obligation one, OutcomeContract contract, IReadOnlyDictionary<Guid, string> people, InvoiceView? invoice)
    {
        var (payer, payee) = (contract.Parties.Single(party => party.Id == one.PayerPartyId),
            contract.Parties.Single(party => party.Id == one.PayeePartyId));
        var (awaits, mine) = Awaits(one, payer, payee);
        return new ObligationView(
            one.Id.Value, contract.ContractId.Value, contract.Title, one.PeriodKey, Of(payer), Of(payee),
            one.Amount.ToDecimalString(), one.Currency,
            Words.Of(one.State), one.CalculationNumber, one.IsAdjustment,
            one.SettledAt ?? one.AttestedAt2 ?? one.ClaimedAt ?? one.TriggeredAt, one.TriggeredAt,
            one.ClaimReference, one.ClaimedAt, one.ClaimedBy is { } claimer ? Name(claimer) : null,
            [.. Attestations(one, Name)], one.AttestationsMissing, one.SettledAt, one.DisputeReason, one.DisputeOutcome,
            one.DisputedByOrganisation,
            awaits, mine,
            $"/outcome-finance/v1/contracts/{contract.ContractId.Value}/periods/{Uri.EscapeDataString(one.PeriodKey)}/derivation",
            invoice);

        string Name(Guid person) => people.GetValueOrDefault(person, "");
    }

    private static IEnumerable<AttestationView> Attestations(Obligation one, Func<Guid, string> name)
    {
        if (one.AttestedBy1 is { } first) yield return new AttestationView(first, name(first), one.AttestedAt1!.Value);
        if (one.AttestedBy2 is { } second) yield return new AttestationView(second, name(second), one.AttestedAt2!.Value);
    }

    private static ObligationPartyView Of(Party party) => new(party.OrganisationId, party.Name, party.Alias);

    /// <summary>What comes next, and whether the caller is one who may do it.</summary>
    private (string? Awaits, bool Mine) Awaits(Obligation one, Party payer, Party payee)
    {
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        return one.State switch
        {
            ObligationState.Triggered => (
                "claim", payee.IsActedForBy(by) && (caller.Has(Roles.Controller) || caller.Has(Roles.Officer))),
            ObligationState.Claimed => ("attestation",
                payer.IsActedForBy(by) && caller.Has(Roles.Controller) && one.AttestedBy1 != caller.Person),
            ObligationState.Attested => ("settlement",
                payee.IsActedForBy(by) && (caller.Has(Roles.Controller) || caller.Has(Roles.Officer))),
            ObligationState.Disputed => ("dispute-resolution", one.DisputedByOrganisation == caller.Organisation),
            _ => (null, false),
        };
    }
}

/// <summary>An obligation with its contract.</summary>
internal static class Finding
{
    public static async Task<(Obligation Obligation, OutcomeContract Contract)?> Obligation(
        this OutcomeFinanceDb db, Guid id, CancellationToken cancel)
    {
        if (await db.Obligations.SingleOrDefaultAsync(one => one.Id == new ObligationId(id), cancel) is not { } obligation)
            return null;
        return (obligation, (await db.Contract(obligation.ContractId, cancel))!);
    }

    public static Party Payer(this OutcomeContract contract, Obligation obligation) =>
        contract.Parties.Single(party => party.Id == obligation.PayerPartyId);

    public static Party Payee(this OutcomeContract contract, Obligation obligation) =>
        contract.Parties.Single(party => party.Id == obligation.PayeePartyId);
}
