namespace Iop.OutcomeFinance.Domain.Calculating;

/// <summary>What the contract's verifier has confirmed for a period. The one with the highest revision counts.</summary>
internal sealed class VerifiedMeasurement
{
    private readonly List<VerifiedFigure> _figures = [];

    public required MeasurementRef MeasurementId { get; init; }

    public required ContractId ContractId { get; init; }

    public required string PeriodKey { get; init; }

    public required int Revision { get; init; }

    public required Guid ReporterPersonId { get; init; }

    public required Guid VerifierOrganisationId { get; init; }

    public required Guid VerifierPersonId { get; init; }

    public required DateTimeOffset VerifiedAt { get; init; }

    /// <summary>SHA-256 over the files that it was verified on; null without files.</summary>
    public string? EvidenceHash { get; init; }

    public IReadOnlyList<VerifiedFigure> Figures => _figures;

    public void Take(IEnumerable<VerifiedFigure> figures) => _figures.AddRange(figures);

    /// <summary>Those that count, in the contract's order of periods: never the order in which they were heard of.</summary>
    public static IReadOnlyList<VerifiedMeasurement> InForce(
        IEnumerable<VerifiedMeasurement> all, IReadOnlyList<string> periods) =>
    [
        .. all.GroupBy(one => one.PeriodKey, StringComparer.Ordinal).Select(period => period.MaxBy(one => one.Revision)!)
            .OrderBy(one => periods.IndexOf(one.PeriodKey)),
    ];
}

internal enum FigureType
{
    Number,
    Boolean,
    Code,

    /// <summary>The path is a collection; the value, nought, says that nobody was in it.</summary>
    Members,
}

internal sealed class VerifiedFigure
{
    public required MeasurementRef MeasurementId { get; init; }

    public required ContractId ContractId { get; init; }

    /// <summary>The measure, or collection/key/field.</summary>
    public required string Path { get; init; }

    public required FigureType Type { get; init; }

    public required string Value { get; init; }

    /// <summary>The key in the path stands for a person: kept until the contract ends, read by the calculation alone.</summary>
    public required bool OfParticipant { get; init; }
}

internal static class Lists
{
    public static int IndexOf(this IReadOnlyList<string> list, string item)
    {
        for (var at = 0; at < list.Count; at++)
        {
            if (list[at] == item) return at;
        }
        return -1;
    }
}
