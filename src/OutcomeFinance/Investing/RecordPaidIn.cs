using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Investing;

/// <summary>A funder says what it has paid in (inbetald satsning), to whom and when. It counts when the receiver has
/// confirmed.</summary>
internal static class RecordPaidIn
{
    public sealed record Request(Guid ReceiverOrganisationId, string Amount, DateOnly PaidOn, string Reference);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/contracts/{id:guid}/paid-in", Handle).WithName(nameof(RecordPaidIn)).Creates();
        api.MapGet("/contracts/{id:guid}/paid-in", List).WithName("ListPaidIn");
        api.MapGet("/paid-in/{id:guid}", Show).WithName("ShowPaidIn");
    }

    public sealed record View(IReadOnlyList<PaidInView> Items);

    internal static async Task<Answer<PaidInView>> Handle(
        Guid id, Request request, Caller caller, OutcomeFinanceDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Contract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        if (caller.Lacks(Roles.Controller, Roles.Officer) is { } missing) return missing;
        var currency = TermsReader.Read(contract.Terms).Program?.Currency ?? Currency.Sek;
        var readable = Money.TryParse(request.Amount, currency, out var amount) && amount.Minor > 0;
        var malformed = new Fields().Must("amount", readable, "paid-in.amount-wrong")
            .Must("paidOn", request.PaidOn <= clock.Today(), "paid-in.day-to-come").Text("reference", request.Reference, 100);
        if (malformed.Refusal is { } wrong) return wrong;
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        var funder = contract.Parties.FirstOrDefault(one => one.Role is PartyRole.Funder && one.IsActedForBy(by));
        // Who carries out the work before who pays for it, where an organisation is both.
        var receiver = contract.Parties.Where(one => one.OrganisationId == request.ReceiverOrganisationId)
            .OrderByDescending(one => one.Role is PartyRole.Provider).FirstOrDefault();
        if (PaidIn.Refuses(contract, funder, receiver, by) is { } refusal) return refusal;
        var paid = new PaidIn
        {
            PaidInId = Guid.CreateVersion7(clock.GetUtcNow()),
            ContractId = contract.ContractId,
            FunderPartyId = funder!.Id,
            FunderOrganisationId = funder.OrganisationId,
            ReceiverPartyId = receiver!.Id,
            ReceiverOrganisationId = receiver.OrganisationId,
            AmountMinor = amount.Minor,
            Currency = currency.Code,
            PaidOn = request.PaidOn,
            Reference = request.Reference.Trim(),
            RecordedBy = caller.Person,
            RecordedAt = clock.GetUtcNow(),
        };
        db.PaidIn.Add(paid);
        db.Announce(paid.PaidInId, paid.Version, new PaidInRecorded
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
        });
        await db.SaveChangesAsync(cancel);
        return Answers.Created(
            $"/outcome-finance/v1/paid-in/{paid.PaidInId}", PaidInView.Of(paid, contract, caller.Organisation), paid.Version);
    }

    internal static async Task<Answer<View>> List(Guid id, Caller caller, OutcomeFinanceDb db, CancellationToken cancel)
    {
        if (await db.Contract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        var paid = await db.PaidIn.AsNoTracking().Where(one => one.ContractId == contract.ContractId)
            .OrderBy(one => one.PaidOn).ThenBy(one => one.PaidInId).ToListAsync(cancel);
        return new View([.. paid.Select(one => PaidInView.Of(one, contract, caller.Organisation))]);
    }

    internal static async Task<Answer<PaidInView>> Show(Guid id, Caller caller, OutcomeFinanceDb db, CancellationToken cancel)
    {
        if (await db.PaidIn.FindAsync([id], cancel) is not { } paid) return Refusal.NotFound;
        var contract = (await db.Contract(paid.ContractId, cancel))!;
        return Answers.Ok(PaidInView.Of(paid, contract, caller.Organisation), paid.Version);
    }
}
