using Iop.OutcomeFinance.Domain.Contracting;

namespace Iop.OutcomeFinance.Domain.Amending;

/// <summary>The contract as it reads from a period on (lydelse): the first as it was signed at first, each later one from an
/// amendment.</summary>
/// <param name="HoldsFrom">Null for the first.</param>
internal sealed record Edition(
    int Number, string? VersionHash, DateOnly? HoldsFrom, string? FirstPeriod, string Terms, Roster Roster)
{
    public bool Holds(DateOnly from) => HoldsFrom is not { } day || from >= day;
}
