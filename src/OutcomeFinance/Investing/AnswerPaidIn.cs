using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Investing;

/// <summary>Who received a payment in confirms that it has come (bekräftar), or says that it has not. Confirmed, it is in the
/// ledger.</summary>
internal static class AnswerPaidIn
{
    public sealed record Request(bool Came, string? Comment = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/paid-in/{id:guid}/answer", Handle).WithName(nameof(AnswerPaidIn));

    internal static async Task<Answer<PaidInView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.PaidIn.FindAsync([id], cancel) is not { } paid) return Refusal.NotFound;
        if (caller.Lacks(Roles.Controller) is { } missing) return missing;
        if (ifMatch.Misses(paid.Version) is { } stale) return stale;
        if (new Fields().OptionalText("comment", request.Comment, 1_000).Refusal is { } malformed) return malformed;
        var contract = (await db.Contract(paid.ContractId, cancel))!;
        var receiver = contract.Parties.Single(one => one.Id == paid.ReceiverPartyId);
        var (by, now) = (new Actor(caller.Person, caller.Organisation, caller.Unit), clock.GetUtcNow());
        if (paid.AnswerBy(receiver, request.Came, request.Comment, by, now) is { } refusal) return refusal;
        db.Announce(paid.PaidInId, paid.Version, new PaidInAnswered
        {
            PaidInId = paid.PaidInId,
            Sequence = paid.Version,
            ContractId = contract.ContractId.Value,
            ContractTitle = contract.Title,
            FunderOrganisationId = paid.FunderOrganisationId,
            ReceiverOrganisationId = paid.ReceiverOrganisationId,
            AmountMinor = paid.AmountMinor,
            Currency = paid.Currency,
            PaidOn = paid.PaidOn,
            Came = request.Came,
        });
        await db.SaveChangesAsync(cancel);
        if (paid.State is PaidInState.Confirmed) db.Transfers.Add(Ledger.Paid(paid, now));
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(PaidInView.Of(paid, contract, caller.Organisation), paid.Version);
    }
}
