using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Terms.Evaluation;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Checking;

/// <summary>From a tree to a program: binds each statement in order and reports what does not hold together.</summary>
internal sealed partial class ProgramBuilder
{
    private readonly TermsTree _tree;
    private readonly Diagnostics _diagnostics;
    private readonly Scope _scope;
    private readonly UnitTable _units;
    private readonly ExpressionBinder _binder;
    private readonly List<FigurePlan> _measures = [];
    private readonly List<CollectionPlan> _collections = [];
    private readonly List<Step> _steps = [];
    private readonly List<RowStep> _rows = [];
    private readonly List<AfterStep> _afterRows = [];
    private readonly List<(PartyStatement Source, PartyPlan Plan)> _parties = [];
    private Currency _currency;
    private (PayoutStatement Source, Node Node, HashSet<int> Rows)? _payout;
    private (FunderStatement Source, Node Invested)? _funder;
    private (AmendmentStatement Source, Node? Paid)? _amendment;

    private ProgramBuilder(TermsTree tree, Diagnostics diagnostics)
    {
        _tree = tree;
        _diagnostics = diagnostics;
        _scope = new Scope(diagnostics);
        _units = new UnitTable(tree, diagnostics);
        _currency = CurrencyOf(tree);
        _binder = new ExpressionBinder(_scope, _units, _currency.Code, tree.Language, diagnostics);
    }

    public static ProgramPlan? Build(TermsTree tree, string canonical, string hash, Diagnostics diagnostics)
    {
        var builder = new ProgramBuilder(tree, diagnostics);
        builder.Bind();
        if (diagnostics.Failed) return null;
        var program = builder.Program(canonical, hash);
        new ContractChecks(program, builder._scope, diagnostics).Run();
        return diagnostics.Failed ? null : program;
    }

    private Currency CurrencyOf(TermsTree tree)
    {
        if (tree.Statements is not [Header header, ..])
        {
            _diagnostics.Error(tree.Statements.Count > 0 ? tree.Statements[0].At : Place.Start, "terms.header-missing");
            return Currency.Sek;
        }

        if (Currency.TryParse(header.Currency, out var currency)) return currency;
        _diagnostics.Error(header.At, "terms.currency", ("currency", header.Currency));
        return Currency.Sek;
    }

    private void Bind()
    {
        var at = 0;
        while (at < _tree.Statements.Count)
        {
            var statement = _tree.Statements[at++];
            switch (statement)
            {
                case Header when at > 1:
                    _diagnostics.Error(statement.At, "terms.said-twice", ("word", Keyword.Terms.In(_tree.Language)));
                    break;
                case MeasureStatement measure:
                    Measure(measure);
                    break;
                case CollectionStatement collection:
                    Collection(collection, Following<Naming>(ref at, next => next is FieldStatement or ComputedFieldStatement));
                    break;
                case LetStatement let:
                    Let(let);
                    break;
                case TableStatement table:
                    Table(table, Following<BandStatement>(ref at));
                    break;
                case CardStatement card:
                    Card(card, Following<EntryStatement>(ref at));
                    break;
                case FieldStatement or ComputedFieldStatement or BandStatement or EntryStatement:
                    _diagnostics.Error(statement.At, "terms.line-without-head");
                    break;
                default:
                    Money(statement);
                    break;
            }
        }

        if (_payout is null)
            _diagnostics.Error(_tree.Statements.Count > 0 ? _tree.Statements[^1].At : Place.Start, "terms.payout-missing");
    }

    private List<T> Following<T>(ref int at, Func<Statement, bool>? belongs = null)
        where T : Statement
    {
        var found = new List<T>();
        while (at < _tree.Statements.Count && _tree.Statements[at] is T next && (belongs is null || belongs(next)))
        {
            found.Add(next);
            at++;
        }

        return found;
    }

    private void Measure(MeasureStatement statement)
    {
        var type = _binder.TypeOf(statement.Type);
        if (statement.Properties.Accumulation == Accumulation.Unstated
            && statement.Type.Basic is not (BasicType.YesNo or BasicType.Date or BasicType.Code or BasicType.Codes))
        {
            _diagnostics.Error(statement.At, "terms.accumulation-unstated", ("name", statement.Name));
        }

        CheckAccumulation(statement, statement.Type, statement.Properties);
        var slot = _scope.NewSlot();
        var plan = new FigurePlan(statement.Name, slot, statement.Type, type, statement.Properties, statement.At);
        _measures.Add(plan);
        _scope.Add(new ValueSymbol(statement.Name, statement.At, slot, type, PeriodOnly: false) { Figure = plan });
    }

    private void CheckAccumulation(Naming statement, TypeName type, MeasureProperties properties)
    {
        var addable = type.Basic is BasicType.Quantity or BasicType.Number or BasicType.Count or BasicType.Codes
            or BasicType.Points;
        if (properties.Accumulation == Accumulation.AddsUp && !addable)
            _diagnostics.Error(statement.At, "terms.cannot-add-up", ("name", statement.Name));
        if (properties.Accumulation == Accumulation.Latest && type.Basic == BasicType.Codes)
            _diagnostics.Error(statement.At, "terms.codes-extend", ("name", statement.Name));
        if (properties.Persons != Persons.Unstated && !type.CanCount)
            _diagnostics.Error(statement.At, "terms.cannot-count-persons", ("name", statement.Name));
    }

    private void Collection(CollectionStatement statement, List<Naming> fields)
    {
        var plan = new CollectionPlan(statement.Name, _collections.Count, statement.At) { Persons = statement.Persons };
        var symbol = new CollectionSymbol(statement.Name, statement.At, plan, statement.Unit ?? statement.Name);
        _collections.Add(plan);
        if (fields.Count == 0) _diagnostics.Error(statement.At, "terms.collection-empty", ("name", statement.Name));
        foreach (var field in fields)
        {
            var index = plan.Width++;
            var added = field is FieldStatement figure
                ? Figure(figure, plan, index) : Computed((ComputedFieldStatement)field, symbol, index);
            if (!symbol.Fields.TryAdd(field.Name, added)) _diagnostics.Error(field.At, "terms.name-taken", ("name", field.Name));
        }

        if (plan.Single is { } single && plan.Fields.Count > 1)
            _diagnostics.Error(single.At, "terms.each-key-has-one", ("name", statement.Name));
        _scope.Add(symbol);
    }

    private FieldSymbol Figure(FieldStatement statement, CollectionPlan collection, int index)
    {
        CheckAccumulation(statement, statement.Type, statement.Properties);
        var plan =
            new FigurePlan(statement.Name, index, statement.Type, _binder.TypeOf(statement.Type), statement.Properties,
                statement.At);
        collection.Fields.Add(plan);
        if (statement.EachKeyHas) collection.Single = plan;
        return new FieldSymbol(statement.Name, statement.At, index, plan.Type, PeriodOnly: false) { Figure = plan };
    }

    private FieldSymbol Computed(ComputedFieldStatement statement, CollectionSymbol collection, int index)
    {
        _scope.Inside = collection;
        var (node, standing) = _binder.Bind(statement.Value);
        _scope.Inside = null;
        collection.Plan.Computed.Add((index, node));
        return new FieldSymbol(statement.Name, statement.At, index, node.Type, standing.PeriodOnly);
    }

    private void Let(LetStatement statement)
    {
        var (node, standing) = _binder.Bind(statement.Value);
        var slot = _scope.NewSlot();
        _steps.Add(new LetStep(slot, statement.Name, node));
        _scope.Add(new ValueSymbol(statement.Name, statement.At, slot, node.Type, standing.PeriodOnly));
        if (node.Type.Kind == ValueKind.Codes) _diagnostics.Error(statement.At, "terms.codes-as-value", ("name", statement.Name));
    }

    private void Table(TableStatement statement, List<BandStatement> lines)
    {
        var type = _binder.TypeOf(statement.Type);
        if (!type.IsQuantity && type.Kind is not (ValueKind.Code or ValueKind.Date))
            _diagnostics.Error(statement.At, "terms.table-type");
        if (lines.Count == 0) _diagnostics.Error(statement.At, "terms.table-empty", ("name", statement.Name));
        var marginal = lines.Any(line => line.Kind == BandKind.Part);
        var standing = new Standing();
        var bands = lines.Select(line => Band(line, statement.Parameter, type, standing)).ToArray();
        TermType? result = null;
        foreach (var band in bands)
        {
            if (result is null) result = band.Value.Type;
            else if (TypeRules.Common(result, band.Value.Type) is { } common) result = common;
            else _binder.Insist(band.Value, result);
        }

        result ??= TermType.Faulty;
        if (marginal && type.IsQuantity) result = MarginalType(statement, type, result);
        var plan = new TablePlan(statement.Name, type, result, marginal, bands);
        TableChecks.Check(plan, statement, _diagnostics);
        _scope.Add(new TableSymbol(statement.Name, statement.At, plan, standing.TableDepth, standing.PeriodOnly));
    }

    private TermType MarginalType(TableStatement statement, TermType type, TermType rate)
    {
        if (TypeRules.Product(type, rate) is { } product) return product;
        _diagnostics.Error(statement.At, "terms.units-differ", ("left", type.In(_tree.Language)),
            ("right", rate.In(_tree.Language)), ("sign", "×"));
        return TermType.Faulty;
    }

    private BandPlan Band(BandStatement line, string parameter, TermType type, Standing standing)
    {
        var lower = line.Lower is null ? null : _binder.Bind(line.Lower.Value, type, standing).Node;
        var upper = line.Upper is null ? null : _binder.Bind(line.Upper.Value, type, standing).Node;
        if (line.Kind != BandKind.Part) _scope.Parameter = (parameter, type);
        var value = _binder.Bind(line.Value, standing).Node;
        _scope.Parameter = null;
        return new BandPlan(line, lower, upper, value);
    }

    private void Card(CardStatement statement, List<EntryStatement> lines)
    {
        if (lines.Count == 0) _diagnostics.Error(statement.At, "terms.table-empty", ("name", statement.Name));
        var standing = new Standing();
        var entries = new List<EntryPlan>();
        TermType? type = null;
        foreach (var line in lines)
        {
            var price = _binder.Bind(line.Price, standing).Node;
            if (!price.Type.IsQuantity && !price.Type.IsFaulty) _binder.Insist(price, TermType.Number);
            if (type is not null) _binder.Insist(price, type);
            type ??= price.Type;
            var times = line.Times ?? statement.Times;
            if (times is null) _diagnostics.Error(line.At, "terms.times-unstated", ("code", line.Code));
            if (entries.Any(entry => entry.Code == line.Code))
                _diagnostics.Error(line.At, "terms.name-taken", ("name", line.Code));
            entries.Add(new EntryPlan(line.Code, price, times ?? 1, line.Requires));
        }

        _scope.Add(
            new CardSymbol(statement.Name, statement.At, new CardPlan(statement.Name, statement.OnlyHighest, [.. entries]),
                type ?? TermType.Faulty, standing.PeriodOnly));
    }
}
