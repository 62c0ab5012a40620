using Iop.OutcomeFinance.Domain.Terms.Numbers;

namespace Iop.OutcomeFinance.Domain.Terms.Evaluation;

/// <summary>Who pays and who is paid: first by payer, then each payer's part by payee.</summary>
internal sealed class Shares
{
    private readonly ProgramPlan _program;
    private readonly int[] _payerOfRow;
    private readonly int[] _payeeOfRow;
    private readonly long[] _charged;
    private readonly long[,] _paid;
    private Fraction[] _payerWeights;
    private Fraction[] _payeeWeights;

    public Shares(ProgramPlan program)
    {
        _program = program;
        _payerOfRow = program.PayerOfRow;
        _payeeOfRow = program.PayeeOfRow;
        _charged = new long[program.Payers.Length];
        _paid = new long[program.Payers.Length, program.Payees.Length];
        _payerWeights = Equal(program.Payers.Length);
        _payeeWeights = Equal(program.Payees.Length);
    }

    public IEnumerable<(string Name, long Charged)> Payers => _program.Payers.Select((payer, at) => (payer.Name, _charged[at]));

    public IEnumerable<(string Name, long Charged)> Payees => _program.Payees.Select((payee, at) =>
        (payee.Name, Enumerable.Range(0, _charged.Length).Sum(payer => _paid[payer, at])));

    /// <summary>Gives out a period's due and remembers it.</summary>
    /// <param name="paid">All dues including this one.</param>
    public List<(string Payer, string Payee, long Minor)> Charge(long due, long paid, Fraction[] lines, Frame frame)
    {
        if (_charged.Length > 1) _payerWeights = Weights(_program.Payers, frame) ?? _payerWeights;
        if (_program.Payees.Length > 1) _payeeWeights = Weights(_program.Payees, frame) ?? _payeeWeights;
        var obligations = new List<(string, string, long)>();
        if (due == 0) return obligations;
        if (_charged.Length == 1 && _program.Payees.Length == 1)
        {
            _charged[0] += due;
            _paid[0, 0] += due;
            return [(_program.Payers[0].Name, _program.Payees[0].Name, due)];
        }

        var total = Fraction.Of(paid);
        var payerParts = Parts(lines, _payerOfRow, _payerWeights, total);
        var charges = Splitter.Split(due, [.. payerParts.Select((part, at) => part - Fraction.Of(_charged[at]))]);
        for (var payer = 0; payer < charges.Length; payer++)
        {
            _charged[payer] += charges[payer];
            if (charges[payer] == 0) continue;
            if (_program.Payees.Length == 1)
            {
                // Nobody to share with.
                _paid[payer, 0] += charges[payer];
                obligations.Add((_program.Payers[payer].Name, _program.Payees[0].Name, charges[payer]));
                continue;
            }

            var own = lines.Select((line, row) => line * PartOf(payer, _payerOfRow[row], _payerWeights)).ToArray();
            var payeeParts = Parts(own, _payeeOfRow, _payeeWeights, Fraction.Of(_charged[payer]));
            var payments =
                Splitter.Split(charges[payer], [.. payeeParts.Select((part, at) => part - Fraction.Of(_paid[payer, at]))]);
            for (var payee = 0; payee < payments.Length; payee++)
            {
                _paid[payer, payee] += payments[payee];
                if (payments[payee] != 0)
                    obligations.Add((_program.Payers[payer].Name, _program.Payees[payee].Name, payments[payee]));
            }
        }

        return obligations;
    }

    /// <summary>Each party's exact part of a total that the lines make up.</summary>
    private static Fraction[] Parts(Fraction[] lines, int[] partyOfRow, Fraction[] weights, Fraction total)
    {
        var parts = new Fraction[weights.Length];
        var sum = Fraction.Zero;
        foreach (var line in lines) sum += line;
        if (sum.IsZero || Array.TrueForAll(partyOfRow, party => party < 0))
        {
            // Nobody is named: all lines are shared alike.
            for (var party = 0; party < parts.Length; party++) parts[party] = weights[party] * total;
            return parts;
        }

        for (var row = 0; row < lines.Length; row++)
        {
            for (var party = 0; party < parts.Length; party++)
                parts[party] += lines[row] * PartOf(party, partyOfRow[row], weights);
        }

        for (var party = 0; party < parts.Length; party++) parts[party] = parts[party] * total / sum;
        return parts;
    }

    private static Fraction PartOf(int party, int named, Fraction[] weights) =>
        named < 0 ? weights[party] : named == party ? Fraction.One : Fraction.Zero;

    /// <summary>Shares that add up to one; null while they are unknown, and then the last known ones hold.</summary>
    private static Fraction[]? Weights(PartyPlan[] parties, Frame frame)
    {
        var weights = new Fraction[parties.Length];
        var sum = Fraction.Zero;
        for (var at = 0; at < parties.Length; at++)
        {
            if (parties[at].Share is not { } share) continue;
            var value = share.Of(frame);
            if (value.IsMissing || value.Number.Sign < 0) return null;
            weights[at] = value.Number;
            sum += value.Number;
        }

        return sum.IsZero ? null : [.. weights.Select(weight => weight / sum)];
    }

    private static Fraction[] Equal(int count) =>
        count == 1 ? [Fraction.One] : [.. Enumerable.Repeat(Fraction.One / Fraction.Of(count), count)];
}
