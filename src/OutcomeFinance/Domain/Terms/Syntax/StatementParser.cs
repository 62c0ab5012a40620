namespace Iop.OutcomeFinance.Domain.Terms.Syntax;

/// <summary>Reads one statement; each begins with a word of its own.</summary>
internal sealed class StatementParser(TokenReader reader)
{
    private readonly ExpressionParser _expressions = new(reader);
    private readonly TypeParser _types = new(reader);

    public Statement Statement()
    {
        var first = reader.Take();
        return first.Keyword switch
        {
            Keyword.Terms => Header(first.At),
            Keyword.Unit => Unit(first.At),
            Keyword.Measure => Measure(first.At),
            Keyword.Collection => Collection(first.At),
            Keyword.Field => Field(first.At, eachKeyHas: false),
            Keyword.EachKeyHas => Field(first.At, eachKeyHas: true),
            Keyword.Let => Let(first.At),
            Keyword.Table => Table(first.At),
            Keyword.When => When(first.At),
            Keyword.Part => Part(first.At),
            Keyword.Card => Card(first.At),
            Keyword.Entry => Entry(first.At),
            Keyword.Row => Row(first.At),
            Keyword.Payout => Payout(first.At),
            Keyword.Payer => Party(first.At, pays: true),
            Keyword.Payee => Party(first.At, pays: false),
            Keyword.Funder => Funder(first.At),
            Keyword.AfterRow => AfterRow(first.At),
            _ => Amendment(first.At),
        };
    }

    private Header Header(Place at)
    {
        var version = reader.WholeNumber(1, 1);
        reader.Expect(",");
        return new Header(at, version, reader.Name("SEK"));
    }

    private UnitStatement Unit(Place at)
    {
        var words = new List<string> { reader.Name("…") };
        while (reader.Accept(",")) words.Add(reader.Name("…"));
        return new UnitStatement(at, words);
    }

    private MeasureStatement Measure(Place at)
    {
        var name = reader.Name("…");
        reader.Expect(":");
        return new MeasureStatement(at, name, _types.Type(), _types.Properties());
    }

    private CollectionStatement Collection(Place at)
    {
        var name = reader.Name("…");
        var unit = reader.Accept(":") ? reader.Name(Keyword.Unit.In(reader.Language)) : null;
        return new CollectionStatement(at, name, unit) { Persons = _types.Members() };
    }

    private Naming Field(Place at, bool eachKeyHas)
    {
        var name = reader.Name("…");
        if (!eachKeyHas && reader.Accept("=")) return new ComputedFieldStatement(at, name, _expressions.Value());
        reader.Expect(":");
        return new FieldStatement(at, name, _types.Type(), _types.Properties(), eachKeyHas);
    }

    private LetStatement Let(Place at)
    {
        var name = reader.Name("…");
        reader.Expect("=");
        return new LetStatement(at, name, _expressions.Value());
    }

    private TableStatement Table(Place at)
    {
        var name = reader.Name("…");
        reader.Expect(Keyword.For);
        var parameter = reader.Name("…");
        reader.Expect(":");
        return new TableStatement(at, name, parameter, _types.Type());
    }

    private BandStatement When(Place at)
    {
        if (reader.Accept(Keyword.Otherwise)) return Band(at, BandKind.Otherwise, null, null, []);
        if (reader.Now.Kind == TokenKind.Text)
        {
            var codes = new List<string> { reader.Code() };
            while (reader.Accept(Keyword.Or) || reader.Accept(",")) codes.Add(reader.Code());
            return Band(at, BandKind.When, null, null, codes);
        }

        var (lower, upper) = Bounds();
        return Band(at, BandKind.When, lower, upper, []);
    }

    private BandStatement Part(Place at)
    {
        var (lower, upper) = Bounds();
        return Band(at, BandKind.Part, lower, upper, []);
    }

    private BandStatement Band(Place at, BandKind kind, Bound? lower, Bound? upper, IReadOnlyList<string> codes)
    {
        reader.Expect(":");
        return new BandStatement(at, kind, lower, upper, codes, _expressions.Value());
    }

    private (Bound? Lower, Bound? Upper) Bounds()
    {
        Bound? lower = null;
        if (reader.Now.Is(Keyword.AtLeast) || reader.Now.Is(Keyword.Above))
        {
            lower = Bound(Keyword.AtLeast);
            if (!reader.Accept(Keyword.And) && !reader.Accept(",")) return (lower, null);
        }

        if (reader.Now.Is(Keyword.AtMost) || reader.Now.Is(Keyword.Below)) return (lower, Bound(Keyword.AtMost));
        reader.Diagnostics.Error(reader.Now.At, "terms.boundary-unstated");
        throw new StatementUnreadable();
    }

    private Bound Bound(Keyword inclusive)
    {
        var word = reader.Take();
        return new Bound(word.At, word.Is(inclusive), _expressions.Sum());
    }

    private CardStatement Card(Place at)
    {
        var name = reader.Name("…");
        int? times = null;
        var onlyHighest = false;
        while (reader.Accept(","))
        {
            if (reader.Accept(Keyword.OnlyHighest)) onlyHighest = true;
            else times = TimesAtMost();
        }

        return new CardStatement(at, name, times, onlyHighest);
    }

    private EntryStatement Entry(Place at)
    {
        var code = reader.Code();
        reader.Expect(":");
        var price = _expressions.Sum();
        int? times = null;
        var requires = new List<string>();
        while (reader.Accept(","))
        {
            if (reader.Accept(Keyword.Requires))
            {
                do requires.Add(reader.Code());
                while (reader.Accept(Keyword.And));
            }
            else
            {
                times = TimesAtMost();
            }
        }

        return new EntryStatement(at, code, price, times, requires);
    }

    private int TimesAtMost()
    {
        reader.Expect(Keyword.AtMost);
        var times = reader.WholeNumber(1, Limits.CodesPerKey);
        if (!reader.Accept(Keyword.Times)) reader.Expect(Keyword.Time);
        return times;
    }

    private RowStatement Row(Place at)
    {
        var options = new Options(reader);
        var name = reader.Name("…");
        options.Read(Options.OfRows);
        reader.Expect("=");
        var value = _expressions.Value();
        options.Read(Options.OfRows);
        return new RowStatement(at, name, value)
        {
            PerPeriod = options.Has(Keyword.PerPeriod),
            MayBeNegative = options.Has(Keyword.MayBeNegative),
            PaidBy = options.Party(Keyword.PaidBy),
            To = options.Party(Keyword.To),
        };
    }

    private PayoutStatement Payout(Place at)
    {
        var options = new Options(reader);
        options.Read(Options.OfPayout);
        reader.Expect("=");
        var value = _expressions.Value();
        options.Read(Options.OfPayout);
        return new PayoutStatement(at, value)
        {
            PerPeriod = options.Has(Keyword.PerPeriod),
            WithoutCap = options.Has(Keyword.WithoutCap),
            CutEqually = options.Has(Keyword.CutEqually),
            ClawbackAllowed = options.Has(Keyword.ClawbackAllowed),
            CapCountsTheseTermsOnly = options.Has(Keyword.CapCountsTheseTermsOnly),
        };
    }

    private PartyStatement Party(Place at, bool pays)
    {
        var name = reader.Name("…");
        var ends = reader.Now.Kind is TokenKind.End
            || (reader.Now.Kind == TokenKind.Keyword && reader.Now.Keyword.BeginsStatement());
        return new PartyStatement(at, pays, name, ends ? null : _expressions.Sum());
    }

    private FunderStatement Funder(Place at)
    {
        var name = reader.Now.Kind == TokenKind.Name ? reader.Take().Text : null;
        reader.Expect(Keyword.HasInvested);
        return new FunderStatement(at, name, _expressions.Value());
    }

    private AfterRowStatement AfterRow(Place at)
    {
        var options = new Options(reader);
        var name = reader.Name("…");
        options.Read(Options.OfAfterRows);
        reader.Expect("=");
        var value = _expressions.Value();
        options.Read(Options.OfAfterRows);
        return new AfterRowStatement(at, name, value)
        {
            From = options.Party(Keyword.From),
            To = options.Party(Keyword.To),
            AtEveryPeriod = options.Has(Keyword.AtEveryPeriod),
        };
    }

    private AmendmentStatement Amendment(Place at)
    {
        var period = reader.Code();
        if (!reader.Accept(",")) return new AmendmentStatement(at, period, null);
        reader.Expect(Keyword.EarlierPaid);
        return new AmendmentStatement(at, period, _expressions.Sum());
    }
}
