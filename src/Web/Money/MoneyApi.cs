using Iop.Web.Contracts;
using Iop.Web.Gateway;

namespace Iop.Web.Money;

/// <summary>Statements, reconciliation, budget years, payment files and payments in, as the pages use them.</summary>
internal sealed class MoneyApi(GatewayCalls gateway)
{
    public const string Root = "/outcome-finance/v1";

    public Task<Answer<Statement>> Statement(string query, CancellationToken cancel) =>
        gateway.Get<Statement>($"{Root}/statements/{query}", cancel);

    public Task<Answer<Reconciliation>> Reconcile(Guid contract, CancellationToken cancel) =>
        gateway.Get<Reconciliation>($"{Root}/contracts/{contract}/reconciliation", cancel);

    public Task<Answer<Budget>> Budget(CancellationToken cancel) => gateway.Get<Budget>($"{Root}/budget-years", cancel);

    public Task<Answer<Listing<Obligation>>> Disputes(CancellationToken cancel) =>
        gateway.Get<Listing<Obligation>>($"{Root}/obligations?limit=100&disputed=true", cancel);

    public Task<Answer<Listing<PaymentFile>>> Files(CancellationToken cancel) =>
        gateway.Get<Listing<PaymentFile>>($"{Root}/payment-files?limit=100", cancel);

    public Task<Answer<PaymentFile>> MakeFile(object body, string? key, CancellationToken cancel) =>
        gateway.Create<PaymentFile>($"{Root}/payment-files", body, key, cancel);

    public Task<Answer<PaymentFile>> CancelFile(Guid id, object body, string? tag, CancellationToken cancel) =>
        gateway.Act<PaymentFile>(HttpMethod.Post, $"{Root}/payment-files/{id}/cancellation", body, tag, null, cancel);

    public Task<Answer<Listing<BankStatement>>> BankStatements(CancellationToken cancel) =>
        gateway.Get<Listing<BankStatement>>($"{Root}/bank-statements?limit=20", cancel);

    public Task<Answer<BankStatement>> ReadBankStatement(IFormFile file, string? key, CancellationToken cancel) =>
        gateway.Upload<BankStatement>($"{Root}/bank-statements", file.OpenReadStream(), file.FileName, key, cancel);

    public Task<Answer<Listing<PaidIn>>> PaidIn(Guid contract, CancellationToken cancel) =>
        gateway.Get<Listing<PaidIn>>($"{Root}/contracts/{contract}/paid-in", cancel);

    public Task<Answer<PaidIn>> RecordPaidIn(Guid contract, object body, string? key, CancellationToken cancel) =>
        gateway.Create<PaidIn>($"{Root}/contracts/{contract}/paid-in", body, key, cancel);

    public Task<Answer<PaidIn>> AnswerPaidIn(Guid id, object body, string? tag, CancellationToken cancel) =>
        gateway.Act<PaidIn>(HttpMethod.Post, $"{Root}/paid-in/{id}/answer", body, tag, null, cancel);

    public Task<Answer<Portfolio.Portfolio>> Portfolio(CancellationToken cancel) =>
        gateway.Get<Portfolio.Portfolio>($"{Root}/portfolio", cancel);

    public Task<Answer<Portfolio.Fund>> KeepFund(object body, string? tag, CancellationToken cancel) =>
        gateway.Act<Portfolio.Fund>(HttpMethod.Put, $"{Root}/portfolio/fund", body, tag, null, cancel);
}

public sealed record Statement(
    string Kind, string Of, string Currency, string Opening, IReadOnlyList<StatementLine> Lines, string Closing);

public sealed record StatementLine(
    DateOnly On, Guid ContractId, string? ContractTitle, string? PeriodKey, string Event, string? Counterparty,
    string? Document, string Amount, string Balance);

public sealed record Reconciliation(
    string Currency, DateTimeOffset At, bool Agrees, string Calculated, string Owed, string Invoiced, string Booked,
    string Settled, string WrittenOff, string PaidIn, string VerifiedInvestment, IReadOnlyList<Difference> Differences);

public sealed record Difference(string Text, Guid? ObligationId, string? PeriodKey, string Expected, string Found);

public sealed record Budget(IReadOnlyList<BudgetYear> Years, IReadOnlyList<BudgetOfContract> Contracts);

public sealed record BudgetOfContract(Guid ContractId, string ContractTitle, IReadOnlyList<BudgetYear> Years);

public sealed record BudgetYear(
    int Year, string Currency, string? Planned, string Triggered, string Claimed, string Attested, string Settled,
    string Disputed, string WrittenOff, string Total);

public sealed record PaymentFile(
    Guid Id, string Message, string Account, DateOnly ExecuteOn, int Payments, string Amount, string Currency,
    DateTimeOffset MadeAt, bool Live, string? CancelledWhy, string Url, string FileTag);

public sealed record PaidIn(
    Guid Id, string Funder, string Receiver, string Amount, string Currency, DateOnly PaidOn, string? Reference, string State,
    string? Answer, bool Mine, string PaidInTag);
