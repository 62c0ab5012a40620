using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;

namespace Iop.OutcomeFinance.Investing;

/// <summary>A payment in, as the contract's parties see it.</summary>
/// <param name="State">recorded, confirmed or denied.</param>
/// <param name="Mine">The caller's organisation received it and has not answered.</param>
public sealed record PaidInView(
    Guid Id, Guid ContractId, string Funder, string Receiver, string Amount, string Currency, DateOnly PaidOn, string Reference,
    string State, DateTimeOffset RecordedAt, DateTimeOffset? AnsweredAt, string? Answer, bool Mine, string PaidInTag)
{
    internal static PaidInView Of(PaidIn paid, OutcomeContract contract, Guid caller) => new(
        paid.PaidInId, paid.ContractId.Value, contract.Parties.Single(one => one.Id == paid.FunderPartyId).Name,
        contract.Parties.Single(one => one.Id == paid.ReceiverPartyId).Name,
        new Money(paid.AmountMinor, Kernel.Currency.TryParse(paid.Currency, out var currency) ? currency
            : Kernel.Currency.Sek).ToDecimalString(),
        paid.Currency, paid.PaidOn, paid.Reference, Words.Of(paid.State), paid.RecordedAt, paid.AnsweredAt, paid.Answer,
        paid.State is PaidInState.Recorded && paid.ReceiverOrganisationId == caller,
        paid.Version.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
