using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Invoicing;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Paying;

/// <summary>The payee claims what is due (begär betalning) by an invoice; a credit by a credit note.</summary>
internal static class ClaimObligation
{
    /// <param name="Reference">The payer's reference, which it wants to read on the invoice.</param>
    /// <param name="OrderReference">The payer's order, where there is one instead.</param>
    public sealed record Request(string? Reference = null, string? OrderReference = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/obligations/{id:guid}/claim", Handle).WithName(nameof(ClaimObligation));

    internal static async Task<Answer<ObligationView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, ObligationViews views,
        MakeInvoice invoice, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Obligation(id, cancel) is not var (obligation, contract)) return Refusal.NotFound;
        if (caller.Lacks(Roles.Controller, Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(obligation.Version) is { } stale) return stale;
        var (reference, order) = (Written(request.Reference), Written(request.OrderReference));
        if (Malformed(reference, order) is { } malformed) return malformed;
        var (by, payee) = (new Actor(caller.Person, caller.Organisation, caller.Unit), contract.Payee(obligation));
        if (obligation.RefusesClaim(payee, by) is { } refusal) return refusal;
        if (await invoice.For(obligation, contract, reference, order, cancel) is { } noInvoice) return noInvoice;
        if (obligation.Claim(payee, reference ?? order, by, clock.GetUtcNow()) is { } late) return late;
        db.Announce(obligation.Id.Value, obligation.Version, new ObligationClaimed
        {
            ObligationId = obligation.Id.Value,
            Sequence = obligation.Version,
            ContractId = contract.ContractId.Value,
            ContractTitle = contract.Title,
            PeriodKey = obligation.PeriodKey,
            PayerOrganisationId = obligation.PayerOrganisationId,
            PayeeOrganisationId = obligation.PayeeOrganisationId,
            AmountMinor = obligation.AmountMinor,
            Currency = obligation.Currency,
        });
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await views.Of(obligation, contract, cancel), obligation.Version);
    }

    private static Refusal? Malformed(string? reference, string? order) => new Fields()
        .OptionalText("reference", reference, 100).OptionalText("orderReference", order, 100)
        .Must("reference", reference is not null || order is not null, "invoice.reference-wanted").Refusal;

    private static string? Written(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
