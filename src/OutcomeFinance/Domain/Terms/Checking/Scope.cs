using Iop.OutcomeFinance.Domain.Terms.Evaluation;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Checking;

/// <summary>Something a text has given a name.</summary>
internal abstract record Symbol(string Name, Place At)
{
    public bool Used { get; set; }
}

/// <summary>A measure, a named value or a row: something with a slot.</summary>
/// <param name="PeriodOnly">It reads what only rows per period may read.</param>
internal sealed record ValueSymbol(string Name, Place At, int Slot, TermType Type, bool PeriodOnly) : Symbol(Name, At)
{
    public bool IsRow { get; init; }

    public FigurePlan? Figure { get; init; }
}

internal sealed record FieldSymbol(string Name, Place At, int Index, TermType Type, bool PeriodOnly) : Symbol(Name, At)
{
    public FigurePlan? Figure { get; init; }
}

internal sealed record CollectionSymbol(string Name, Place At, CollectionPlan Plan, string Unit) : Symbol(Name, At)
{
    public Dictionary<string, FieldSymbol> Fields { get; } = new(StringComparer.Ordinal);
}

internal sealed record TableSymbol(string Name, Place At, TablePlan Plan, int Depth, bool PeriodOnly) : Symbol(Name, At);

internal sealed record CardSymbol(string Name, Place At, CardPlan Plan, TermType Type, bool PeriodOnly) : Symbol(Name, At);

/// <summary>The names that are known so far; a name is known from the statement after its own.</summary>
internal sealed class Scope(Diagnostics diagnostics)
{
    private readonly Dictionary<string, Symbol> _symbols = new(StringComparer.Ordinal);

    public IEnumerable<Symbol> All => _symbols.Values;

    public int Slots { get; private set; }

    /// <summary>The collection whose members are being read, if any.</summary>
    public CollectionSymbol? Inside { get; set; }

    /// <summary>The parameter of the table being read, if any.</summary>
    public (string Name, TermType Type)? Parameter { get; set; }

    public int NewSlot() => Slots++;

    public void Add(Symbol symbol)
    {
        if (!_symbols.TryAdd(symbol.Name, symbol)) diagnostics.Error(symbol.At, "terms.name-taken", ("name", symbol.Name));
    }

    public Symbol? Find(string name, Place at)
    {
        if (Inside?.Fields.GetValueOrDefault(name) is { } field)
        {
            field.Used = true;
            return field;
        }

        if (_symbols.TryGetValue(name, out var symbol))
        {
            symbol.Used = true;
            return symbol;
        }

        var near = Spelling.Nearest(name, Known());
        if (near is null) diagnostics.Error(at, "terms.unknown-name", ("name", name));
        else diagnostics.Error(at, "terms.unknown-name-did-you-mean", ("name", name), ("near", near));
        return null;
    }

    private IEnumerable<string> Known()
    {
        IEnumerable<string> known = _symbols.Keys;
        if (Inside is { } collection) known = known.Concat(collection.Fields.Keys);
        return Parameter is { } parameter ? known.Append(parameter.Name) : known;
    }
}
