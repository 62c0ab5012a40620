namespace Iop.OutcomeFinance.Domain.Terms.Syntax;

/// <summary>A text as it was written, statement by statement.</summary>
/// <param name="Trailing">Comments after the last statement.</param>
internal sealed record TermsTree(TermsLanguage Language, IReadOnlyList<Statement> Statements, IReadOnlyList<string> Trailing)
{
    public IEnumerable<T> All<T>()
        where T : Statement => Statements.OfType<T>();
}

internal abstract record Statement(Place At)
{
    /// <summary>Comment lines before the statement; an empty string is an empty line.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>The comment on the statement's own line.</summary>
    public string? After { get; init; }
}

/// <summary>A statement that says what a name means.</summary>
internal abstract record Naming(Place At, string Name) : Statement(At);

internal sealed record Header(Place At, int Version, string Currency) : Statement(At);

internal sealed record UnitStatement(Place At, IReadOnlyList<string> Words) : Statement(At);

internal enum BasicType
{
    Quantity,
    Number,
    Count,
    Percent,
    Points,
    YesNo,
    Date,
    Code,
    Codes,
}

/// <summary>A type as written.</summary>
/// <param name="Unit">For counts and quantities.</param>
/// <param name="Per">For money per unit.</param>
internal sealed record TypeName(Place At, BasicType Basic, string? Unit, IReadOnlyList<string> Per)
{
    /// <summary>A number of something, or a bare number: no money and no rate.</summary>
    public bool CanCount => Basic switch
    {
        BasicType.Count or BasicType.Number => true,
        BasicType.Quantity => Per.Count == 0 && !Units.IsCurrency(Unit!),
        _ => false,
    };
}

internal enum Accumulation
{
    Unstated,
    Latest,
    AddsUp,
}

internal enum MeasureKind
{
    Unstated,
    Activity,
    Societal,
    Human,
    Economic,
}

/// <summary>Whether what is counted are persons, of whom small numbers are never published.</summary>
internal enum Persons
{
    /// <summary>The text does not say: in doubt they are.</summary>
    Unstated,
    Counted,
    NotCounted,
}

internal sealed record MeasureProperties(Accumulation Accumulation, bool MayBeNegative, bool LowerIsBetter, MeasureKind Kind)
{
    public Persons Persons { get; init; }
}

internal sealed record MeasureStatement(Place At, string Name, TypeName Type, MeasureProperties Properties) : Naming(At, Name);

internal sealed record CollectionStatement(Place At, string Name, string? Unit) : Naming(At, Name)
{
    /// <summary>Whether its members are.</summary>
    public Persons Persons { get; init; }
}

/// <summary>A figure of each member of the collection above; <c>EachKeyHas</c> when a key carries the figure itself.</summary>
internal sealed record FieldStatement(Place At, string Name, TypeName Type, MeasureProperties Properties, bool EachKeyHas)
    : Naming(At, Name);

/// <summary>A value computed for each member of the collection above.</summary>
internal sealed record ComputedFieldStatement(Place At, string Name, Expression Value) : Naming(At, Name);

internal sealed record LetStatement(Place At, string Name, Expression Value) : Naming(At, Name);

internal sealed record TableStatement(Place At, string Name, string Parameter, TypeName Type) : Naming(At, Name);

internal sealed record Bound(Place At, bool Inclusive, Expression Value);

internal enum BandKind
{
    When,
    Part,
    Otherwise,
}

/// <summary>A line of a table. <c>När</c>: the value for an argument within the bounds. <c>Delen</c>: the rate for the part
/// within them.</summary>
internal sealed record BandStatement(
    Place At, BandKind Kind, Bound? Lower, Bound? Upper, IReadOnlyList<string> Codes, Expression Value) : Statement(At);

internal sealed record CardStatement(Place At, string Name, int? Times, bool OnlyHighest) : Naming(At, Name);

internal sealed record EntryStatement(Place At, string Code, Expression Price, int? Times, IReadOnlyList<string> Requires)
    : Statement(At);

internal sealed record RowStatement(Place At, string Name, Expression Value) : Naming(At, Name)
{
    public bool PerPeriod { get; init; }

    public bool MayBeNegative { get; init; }

    public string? PaidBy { get; init; }

    public string? To { get; init; }
}

internal sealed record PayoutStatement(Place At, Expression Value) : Statement(At)
{
    public bool PerPeriod { get; init; }

    public bool WithoutCap { get; init; }

    public bool CutEqually { get; init; }

    public bool ClawbackAllowed { get; init; }

    public bool CapCountsTheseTermsOnly { get; init; }
}

/// <summary>A payer or a payee with its share; without a share it has only the rows that name it.</summary>
internal sealed record PartyStatement(Place At, bool Pays, string Name, Expression? Share) : Statement(At);

internal sealed record FunderStatement(Place At, string? Name, Expression Invested) : Statement(At);

/// <summary>A transfer beside the payout: guarantee, first loss, tranche. A null party is the funder.</summary>
internal sealed record AfterRowStatement(Place At, string Name, Expression Value) : Naming(At, Name)
{
    public string? From { get; init; }

    public string? To { get; init; }

    public bool AtEveryPeriod { get; init; }
}

internal sealed record AmendmentStatement(Place At, string Period, Expression? EarlierPaid) : Statement(At);
