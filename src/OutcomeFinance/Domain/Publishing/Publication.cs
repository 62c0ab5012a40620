namespace Iop.OutcomeFinance.Domain.Publishing;

internal enum FigureKind
{
    /// <summary>Counts people, or what people did; small ones point somebody out.</summary>
    Count,

    /// <summary>Of a group: as telling as the group is small.</summary>
    Ratio,

    Other,
}

/// <summary>A verified figure that might be published.</summary>
/// <param name="Collection">Empty for the contract as a whole.</param>
/// <param name="Group">A member of the collection; empty for the contract as a whole.</param>
internal sealed record SheetFigure(
    string Period, string Collection, string Group, string Measure, FigureKind Kind, string Value);

/// <summary>What a period comes to in money.</summary>
internal sealed record SheetAmount(string Period, string Amount);

/// <param name="Value">Null when it is withheld.</param>
internal sealed record PublishedFigure(
    string Period, string Collection, string Group, string Measure, FigureKind Kind, string? Value);

/// <summary>Of the groups that are shown, and of no others.</summary>
internal sealed record PublishedTotal(string Period, string Collection, string Measure, string Value, int GroupsLeftOut);

/// <param name="Amount">Null when it is withheld.</param>
internal sealed record PublishedAmount(string Period, string? Amount);

/// <summary>Every count that has ever been published of a cell: what is out stays out, whatever is corrected later.</summary>
internal sealed record SaidCount(string Period, string Collection, string Group, string Measure, IReadOnlyList<string> Values);

/// <summary>What everybody may know of a contract's results.</summary>
internal sealed record Publication(
    IReadOnlyList<PublishedFigure> Figures, IReadOnlyList<PublishedTotal> Totals, IReadOnlyList<PublishedAmount> Amounts,
    IReadOnlyList<SaidCount> Said)
{
    public static Publication Nothing { get; } = new([], [], [], []);
}
