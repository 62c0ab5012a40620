using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Banking;

namespace Iop.OutcomeFinance.Banking;

/// <param name="Live">Not taken back.</param>
/// <param name="FileTag">For taking it back.</param>
public sealed record PaymentFileView(
    Guid Id, string Message, string Account, DateOnly ExecuteOn, int Payments, string Amount, string Currency,
    DateTimeOffset MadeAt, bool Live, DateTimeOffset? CancelledAt, string? CancelledWhy, string Hash, string Url, string FileTag)
{
    internal static PaymentFileView Of(PaymentFile file) => new(
        file.FileId, file.Message, file.Account, file.ExecuteOn, file.Payments,
        new Money(file.AmountMinor, Kernel.Currency.TryParse(file.Currency, out var currency) ? currency
            : Kernel.Currency.Sek).ToDecimalString(),
        file.Currency, file.MadeAt, file.IsLive, file.CancelledAt, file.CancelledWhy, file.Hash,
        $"/outcome-finance/v1/payment-files/{file.FileId}/document",
        file.Version.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
