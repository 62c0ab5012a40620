using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Terms.Checking;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Evaluation;

/// <summary>A figure that is reported: a measure, or a field of a collection's members.</summary>
/// <param name="Index">Its slot in the frame, or in the member's values.</param>
internal sealed record FigurePlan(string Name, int Index, TypeName Written, TermType Type, MeasureProperties Properties, Place At)
{
    /// <summary>What stands in its place until it is reported.</summary>
    public Value NotGiven { get; } = Value.Missing("terms.waits-for-figure", Name);

    /// <summary>It is told per percentage point.</summary>
    public bool PerPoint { get; } = Type.Dimension.PowerOf(Units.Point) < 0;

    public bool AddsUp => Properties.Accumulation == Accumulation.AddsUp;

    /// <summary>The codes that are priced or asked for; null when any code will do.</summary>
    public HashSet<string>? Codes { get; set; }
}

internal sealed class CollectionPlan(string name, int index, Place at)
{
    /// <summary>Whether the text says that its members are persons.</summary>
    public Persons Persons { get; init; }

    public string Name => name;

    public int Index => index;

    public Place At => at;

    public List<FigurePlan> Fields { get; } = [];

    public List<(int Index, Node Value)> Computed { get; } = [];

    /// <summary>When a key carries the figure itself.</summary>
    public FigurePlan? Single { get; set; }

    public int Width { get; set; }

    public int Cost => 1 + Computed.Sum(one => one.Value.Cost);
}

/// <summary>What is computed at every period, in the order of the text.</summary>
internal abstract record Step(int Slot, string Name, Node Value);

internal sealed record LetStep(int Slot, string Name, Node Value) : Step(Slot, Name, Value);

internal sealed record RowStep(int Slot, string Name, Node Value, int Row, RowStatement Source) : Step(Slot, Name, Value);

internal sealed record PartyPlan(string Name, Node? Share);

internal sealed record AfterStep(int Slot, string Name, Node Value, AfterRowStatement Source);

/// <summary>Everything a checked text comes to.</summary>
internal sealed class ProgramPlan
{
    public required TermsTree Tree { get; init; }

    /// <summary>What the parties sign.</summary>
    public required string Canonical { get; init; }

    /// <summary>SHA-256 of the canonical text in UTF-8, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    public TermsLanguage Language => Tree.Language;

    public required Currency Currency { get; init; }

    public required FigurePlan[] Measures { get; init; }

    public required CollectionPlan[] Collections { get; init; }

    public required int Slots { get; init; }

    public required Step[] Steps { get; init; }

    public required RowStep[] Rows { get; init; }

    public required Node Payout { get; init; }

    public required PayoutStatement PayoutSource { get; init; }

    public required PartyPlan[] Payers { get; init; }

    public required PartyPlan[] Payees { get; init; }

    public required Node? Invested { get; init; }

    public required string FunderName { get; init; }

    public required AfterStep[] AfterRows { get; init; }

    public required AmendmentStatement? Amendment { get; init; }

    public required Node? EarlierPaid { get; init; }

    /// <summary>Whether anything is computed on a period's own figures.</summary>
    public required bool HasPeriodValues { get; init; }

    /// <summary>Which payer a row names; -1 for none.</summary>
    public int[] PayerOfRow => field ??= [.. Rows.Select(row => IndexOf(Payers, row.Source.PaidBy))];

    public int[] PayeeOfRow => field ??= [.. Rows.Select(row => IndexOf(Payees, row.Source.To))];

    public Dictionary<string, FigurePlan> MeasuresByName =>
        field ??= Measures.ToDictionary(one => one.Name, StringComparer.Ordinal);

    public Dictionary<string, CollectionPlan> CollectionsByName =>
        field ??= Collections.ToDictionary(one => one.Name, StringComparer.Ordinal);

    private static int IndexOf(PartyPlan[] parties, string? name) =>
        name is null ? -1 : Array.FindIndex(parties, party => party.Name == name);
}
