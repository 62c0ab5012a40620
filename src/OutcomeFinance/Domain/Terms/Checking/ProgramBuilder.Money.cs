using Iop.OutcomeFinance.Domain.Terms.Evaluation;
using Iop.OutcomeFinance.Domain.Terms.Numbers;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Checking;

/// <summary>Rows, payout, payers and payees, after-rows, amendment.</summary>
internal sealed partial class ProgramBuilder
{
    private void Money(Statement statement)
    {
        switch (statement)
        {
            case RowStatement row:
                Row(row);
                break;
            case PayoutStatement payout:
                Payout(payout);
                break;
            case PartyStatement party:
                Party(party);
                break;
            case FunderStatement funder:
                if (_funder is not null) SaidTwice(funder, Keyword.Funder);
                _funder = (funder, OnEverything(funder.Invested, new Standing { IsAfterRow = true }));
                break;
            case AfterRowStatement row:
                AfterRow(row);
                break;
            case AmendmentStatement amendment:
                if (_amendment is not null) SaidTwice(amendment, Keyword.Amendment);
                _amendment = (amendment, amendment.EarlierPaid is null ? null : Constant(amendment.EarlierPaid));
                break;
        }
    }

    private void Row(RowStatement row)
    {
        if (_payout is not null) _diagnostics.Error(row.At, "terms.row-after-payout", ("name", row.Name));
        var (node, standing) = _binder.Bind(row.Value, _binder.Money);
        if (standing.PeriodOnly && !row.PerPeriod)
            _diagnostics.Error(row.Value.At, "terms.only-per-period", ("word", Keyword.PerPeriod.In(_tree.Language)));
        var slot = _scope.NewSlot();
        var step = new RowStep(slot, row.Name, node, _rows.Count, row);
        _steps.Add(step);
        _rows.Add(step);
        _binder.RowSlots.Add(slot);
        _scope.Add(new ValueSymbol(row.Name, row.At, slot, _binder.Money, PeriodOnly: false) { IsRow = true });
    }

    private void Payout(PayoutStatement payout)
    {
        if (_payout is not null) SaidTwice(payout, Keyword.Payout);
        var (node, standing) = _binder.Bind(payout.Value, _binder.Money, new Standing { IsPayout = true });
        if (standing.PeriodOnly && !payout.PerPeriod)
            _diagnostics.Error(payout.Value.At, "terms.only-per-period", ("word", Keyword.PerPeriod.In(_tree.Language)));
        _payout = (payout, node, standing.Rows);
        foreach (var row in _rows.Where(row => !standing.Rows.Contains(row.Slot)))
        {
            _diagnostics.Error(row.Source.At, "terms.row-not-paid", ("name", row.Name));
        }
    }

    private void Party(PartyStatement party)
    {
        if (_parties.Any(one => one.Source.Pays == party.Pays && one.Source.Name == party.Name))
            _diagnostics.Error(party.At, "terms.name-taken", ("name", party.Name));
        Node? share = null;
        if (party.Share is not null)
        {
            share = OnEverything(party.Share, new Standing { IsAfterRow = true });
            if (!share.Type.IsQuantity && !share.Type.IsFaulty) _binder.Insist(share, TermType.Percent);
        }

        _parties.Add((party, new PartyPlan(party.Name, share)));
    }

    private void AfterRow(AfterRowStatement row)
    {
        var node = OnEverything(row.Value, new Standing { IsAfterRow = true });
        _binder.Insist(node, _binder.Money);
        var slot = _scope.NewSlot();
        _afterRows.Add(new AfterStep(slot, row.Name, node, row));
        _scope.Add(new ValueSymbol(row.Name, row.At, slot, _binder.Money, PeriodOnly: false) { Used = true });
        if (row.From == row.To) _diagnostics.Error(row.At, "terms.after-row-same-party", ("name", row.Name));
    }

    private Node OnEverything(Expression expression, Standing standing)
    {
        var (node, result) = _binder.Bind(expression, standing);
        if (result.PeriodOnly)
            _diagnostics.Error(expression.At, "terms.only-per-period", ("word", Keyword.PerPeriod.In(_tree.Language)));
        return node;
    }

    private Node Constant(Expression expression)
    {
        var node = _binder.Bind(expression, _binder.Money).Node;
        if (node is not ConstantNode) _diagnostics.Error(expression.At, "terms.constant-wanted");
        return node;
    }

    private void SaidTwice(Statement statement, Keyword word) =>
        _diagnostics.Error(statement.At, "terms.said-twice", ("word", word.In(_tree.Language)));

    private ProgramPlan Program(string canonical, string hash)
    {
        var funder = _funder?.Source.Name ?? Keyword.Funder.In(_tree.Language);
        CheckParties(pays: true);
        CheckParties(pays: false);
        var payers = Parties(pays: true, Keyword.Payer.In(_tree.Language));
        var payees = Parties(pays: false, funder);
        return new ProgramPlan
        {
            Tree = _tree,
            Canonical = canonical,
            Hash = hash,
            Currency = _currency,
            Measures = [.. _measures],
            Collections = [.. _collections],
            Slots = _scope.Slots,
            Steps = [.. _steps],
            Rows = [.. _rows],
            Payout = _payout!.Value.Node,
            PayoutSource = _payout.Value.Source,
            Payers = payers,
            Payees = payees,
            Invested = _funder?.Invested,
            FunderName = funder,
            AfterRows = [.. _afterRows],
            Amendment = _amendment?.Source,
            EarlierPaid = _amendment?.Paid,
            HasPeriodValues = _payout.Value.Source.PerPeriod || _rows.Any(row => row.Source.PerPeriod),
        };
    }

    /// <summary>The declared parties, and those that only rows name. Where none has a share, the rest has a taker of its
    /// own.</summary>
    private PartyPlan[] Parties(bool pays, string otherwise)
    {
        var declared = _parties.Where(one => one.Source.Pays == pays).Select(one => one.Plan).ToList();
        var everyRowNamed = _rows.All(row => (pays ? row.Source.PaidBy : row.Source.To) is not null);
        if (declared.All(party => party.Share is null) && !(everyRowNamed && declared.Count > 0))
        {
            var only = declared is [var single] && _rows.All(row => NameOf(row) is null || NameOf(row) == single.Name);
            var whole =
                new ConstantNode(new Quantity(Place.Start, Fraction.One, 0, null, []), TermType.Number, new Value(Fraction.One));
            if (only) declared[0] = declared[0] with { Share = whole };
            else declared.Insert(0, new PartyPlan(otherwise, whole));
        }

        foreach (var named in _rows.Select(NameOf).OfType<string>().Where(named => declared.All(party => party.Name != named))
            .Distinct(StringComparer.Ordinal).ToList())
        {
            declared.Add(new PartyPlan(named, null));
        }

        return [.. declared];

        string? NameOf(RowStep row) => pays ? row.Source.PaidBy : row.Source.To;
    }

    private void CheckParties(bool pays)
    {
        var parties = _parties.Where(one => one.Source.Pays == pays).ToList();
        foreach (var row in _rows)
        {
            var named = pays ? row.Source.PaidBy : row.Source.To;
            if (named is not null && parties.All(one => one.Source.Name != named) && !(!pays && named == _funder?.Source.Name))
            {
                _diagnostics.Error(row.Source.At, pays ? "terms.unknown-payer" : "terms.unknown-payee", ("name", named));
            }
        }

        if (pays && parties.Count == 0) _diagnostics.Warn(_payout!.Value.Source.At, "terms.no-payer");
        var shares = parties.Where(one => one.Plan.Share is not null).ToList();
        if (shares.Count == 0) return;
        var type = shares[0].Plan.Share!.Type;
        foreach (var (_, plan) in shares.Skip(1)) _binder.Insist(plan.Share!, type);
        if (type.Flavour != Flavour.Percent || !type.IsPlain || !shares.All(one => one.Plan.Share is ConstantNode)) return;
        var sum = shares.Aggregate(Fraction.Zero, (so, one) => so + ((ConstantNode)one.Plan.Share!).Value.Number);
        if (sum == Fraction.One) return;
        var shown = Printing.NumberText.Shown(sum * Fraction.Hundred, _tree.Language);
        _diagnostics.Error(shares[0].Source.At, pays ? "terms.payers-not-whole" : "terms.payees-not-whole", ("sum", shown));
    }
}
