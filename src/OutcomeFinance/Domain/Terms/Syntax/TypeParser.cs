namespace Iop.OutcomeFinance.Domain.Terms.Syntax;

/// <summary>Reads what a measure, a field or a table counts, and its properties.</summary>
internal sealed class TypeParser(TokenReader reader)
{
    private readonly OperandParser _operands = new(reader);

    public TypeName Type()
    {
        var first = reader.Now;
        if (first.Kind == TokenKind.Name)
        {
            reader.Take();
            return new TypeName(first.At, BasicType.Quantity, first.Text, Per());
        }

        if (first.Kind != TokenKind.Keyword) throw Expected();
        switch (first.Keyword)
        {
            case Keyword.CountOf or Keyword.QuantityOf:
                reader.Take();
                var unit = reader.Name(Keyword.Unit.In(reader.Language));
                return first.Keyword == Keyword.CountOf
                    ? new TypeName(first.At, BasicType.Count, unit, [])
                    : new TypeName(first.At, BasicType.Quantity, unit, Per());
            case Keyword.Yes:
                reader.Take();
                reader.Expect("/");
                reader.Expect(Keyword.No);
                return new TypeName(first.At, BasicType.YesNo, null, []);
            default:
                if (Simple(first.Keyword) is not { } simple) throw Expected();
                reader.Take();
                return new TypeName(first.At, simple, null, []);
        }
    }

    public MeasureProperties Properties()
    {
        var all = new MeasureProperties(Accumulation.Unstated, false, false, MeasureKind.Unstated);
        while (reader.Accept(","))
        {
            all = reader.Now.Keyword switch
            {
                Keyword.Latest when all.Accumulation == Accumulation.Unstated => all with { Accumulation = Accumulation.Latest },
                Keyword.AddsUp when all.Accumulation == Accumulation.Unstated => all with { Accumulation = Accumulation.AddsUp },
                Keyword.MayBeNegative => all with { MayBeNegative = true },
                Keyword.LowerIsBetter => all with { LowerIsBetter = true },
                Keyword.CountsPersons or Keyword.CountsNoPersons when all.Persons == Persons.Unstated =>
                    all with { Persons = PersonsBy(reader.Now.Keyword) },
                Keyword.Activity => all with { Kind = MeasureKind.Activity },
                Keyword.Societal => all with { Kind = MeasureKind.Societal },
                Keyword.Human => all with { Kind = MeasureKind.Human },
                Keyword.Economic => all with { Kind = MeasureKind.Economic },
                _ => throw reader.Unexpected($"{Keyword.Latest.In(reader.Language)} / {Keyword.AddsUp.In(reader.Language)}"),
            };
            reader.Take();
        }

        return all;
    }

    /// <summary>What a collection says of its members, if anything.</summary>
    public Persons Members()
    {
        if (!reader.Accept(",")) return Persons.Unstated;
        if (reader.Now.Keyword is not (Keyword.CountsPersons or Keyword.CountsNoPersons))
            throw reader.Unexpected(
                $"{Keyword.CountsPersons.In(reader.Language)} / {Keyword.CountsNoPersons.In(reader.Language)}");
        return PersonsBy(reader.Take().Keyword);
    }

    private static Persons PersonsBy(Keyword word) => word == Keyword.CountsPersons ? Persons.Counted : Persons.NotCounted;

    private List<string> Per()
    {
        var per = new List<string>();
        while (reader.Accept(Keyword.Per)) per.Add(_operands.UnitAfterPer());
        return per;
    }

    private StatementUnreadable Expected()
    {
        Keyword[] words =
            [Keyword.Number, Keyword.CountOf, Keyword.QuantityOf, Keyword.Percent, Keyword.Date, Keyword.Code, Keyword.Codes];
        return reader.Unexpected($"SEK / {string.Join(" / ", words.Select(word => word.In(reader.Language)))}");
    }

    private static BasicType? Simple(Keyword keyword) => keyword switch
    {
        Keyword.Number => BasicType.Number,
        Keyword.Percent => BasicType.Percent,
        Keyword.PercentagePoints => BasicType.Points,
        Keyword.Date => BasicType.Date,
        Keyword.Code => BasicType.Code,
        Keyword.Codes => BasicType.Codes,
        _ => null,
    };
}
