using Iop.Kernel;
using Iop.OutcomeFinance.Domain;

namespace Iop.OutcomeFinance.Reporting;

/// <summary>What is expected to be paid for a period.</summary>
internal sealed record ExpectedPayment(
    ContractId Contract, string PeriodKey, Guid PayerOrganisation, Guid PayeeOrganisation, Money Amount);

/// <summary>What a funder has promised to put in.</summary>
internal sealed record Commitment(ContractId Contract, Guid FunderOrganisation, Money Amount);

/// <summary>What contracts say of the future. One place: contracts carry neither a scenario nor an investment schedule yet, so
/// reports say that it is not known.</summary>
internal static class Expectations
{
    public static IReadOnlyList<ExpectedPayment> Payments(IReadOnlyList<ContractId> contracts) =>
        [.. contracts.SelectMany(_ => Array.Empty<ExpectedPayment>())];

    public static IReadOnlyList<Commitment> Commitments(IReadOnlyList<ContractId> contracts) =>
        [.. contracts.SelectMany(_ => Array.Empty<Commitment>())];
}
