using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Microsoft.Extensions.Caching.Memory;

namespace Iop.OutcomeFinance.Calculating;

/// <summary>A contract as it is calculated: its parties and periods, and its terms read. Nobody changes it: it is shared by all
/// calculations of the same version.</summary>
internal sealed class ReadContract(OutcomeContract contract)
{
    public OutcomeContract Contract => contract;

    /// <summary>Keys of those that hold, in the order of the contract.</summary>
    public IReadOnlyList<string> Periods { get; } = [.. contract.Periods.Select(period => period.Key)];

    /// <summary>Those that have periods of their own. Read when it is asked for: the terms of a draft may be faulty.</summary>
    public IReadOnlyList<ReadEdition> Editions => field ??=
    [
        .. contract.Periods.GroupBy(period => contract.EditionOf(period).Number).OrderBy(periods => periods.Key)
            .Select(periods => ReadEdition.Of(contract, [.. periods])),
    ];

    /// <summary>What is measured, by path. Of all editions: a measure that an amendment brings may count people too.</summary>
    public IReadOnlyDictionary<string, MeasuredFigure> Measures => field ??= contract.Editions
        .SelectMany(edition => TermsReader.Read(edition.Terms).Measures)
        .DistinctBy(measure => measure.Path, StringComparer.Ordinal)
        .ToDictionary(measure => measure.Path, StringComparer.Ordinal);
}

/// <summary>An edition (lydelse) with the periods that it holds for.</summary>
/// <param name="Lists">Measures whose value is a list of codes.</param>
/// <param name="Final">Its last final period, or null.</param>
internal sealed record ReadEdition(
    Roster Roster, TermsProgram Program, TermsInForce Terms, IReadOnlyList<string> Periods, IReadOnlySet<string> Lists,
    string? Final)
{
    public static ReadEdition Of(OutcomeContract contract, IReadOnlyList<ContractPeriod> periods)
    {
        var edition = contract.EditionOf(periods[0]);
        var read = TermsReader.Read(edition.Terms);
        return new ReadEdition(
            edition.Roster, read.Program!, read.InForce!, [.. periods.Select(period => period.Key)],
            FiguresOfMeasurement.ListsOf(read.Program!), periods.LastOrDefault(period => period.Final)?.Key);
    }
}

/// <summary>Contracts that were calculated lately. One that has changed has another version and is read anew.</summary>
internal sealed class ReadContracts : IDisposable
{
    private const int Most = 200;

    private readonly MemoryCache _lately = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <param name="id">Which.</param>
    /// <param name="version">What its row says while the caller has locked it.</param>
    /// <param name="db">Where it is read from, unless it has been.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<ReadContract> Of(ContractId id, long version, OutcomeFinanceDb db, CancellationToken cancel)
    {
        if (_lately.TryGetValue((id, version), out ReadContract? known)) return known!;
        var read = new ReadContract(await db.ContractToCalculate(id, cancel));
        return _lately.Set((id, version), read, new MemoryCacheEntryOptions { Size = 1 });
    }

    public void Dispose() => _lately.Dispose();
}
