using System.Globalization;
using System.Text;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Printing;

/// <summary>The one way a text is laid out. What is hashed and signed is this; the other language is only shown.</summary>
internal sealed class Printer
{
    private const string Indent = "    ";

    private readonly ExpressionPrinter _expressions;
    private readonly StringBuilder _text = new();

    private Printer(TermsLanguage language) => _expressions = new ExpressionPrinter(language);

    public static string Print(TermsTree tree, TermsLanguage language)
    {
        var printer = new Printer(language);
        foreach (var statement in tree.Statements) printer.Append(statement);
        printer.Comments(tree.Trailing, "");
        return printer._text.ToString().Trim('\n') + "\n";
    }

    private void Append(Statement statement)
    {
        var indent = statement is FieldStatement or ComputedFieldStatement or BandStatement or EntryStatement ? Indent : "";
        Comments(statement.Before, indent);
        _text.Append(indent).Append(Line(statement));
        if (statement.After is not null) _text.Append("  -- ").Append(statement.After);
        _text.Append('\n');
    }

    private void Comments(IReadOnlyList<string> comments, string indent)
    {
        foreach (var comment in comments)
        {
            if (comment.Length > 0) _text.Append(indent).Append("-- ").Append(comment);
            _text.Append('\n');
        }
    }

    private string Line(Statement statement) => statement switch
    {
        Header header => $"{Word(Keyword.Terms)} {Text(header.Version)}, {Name(header.Currency)}",
        UnitStatement unit => $"{Word(Keyword.Unit)} {string.Join(", ", unit.Words.Select(Name))}",
        MeasureStatement measure =>
            $"{Word(Keyword.Measure)} {Name(measure.Name)}: {Type(measure.Type)}{Properties(measure.Properties)}",
        CollectionStatement collection =>
            $"{Word(Keyword.Collection)} {Name(collection.Name)}{(collection.Unit is null ? "" : ": " + Name(collection.Unit))}"
            + Option(collection.Persons != Persons.Unstated, Said(collection.Persons)),
        FieldStatement field =>
            $"{Word(field.EachKeyHas ? Keyword.EachKeyHas : Keyword.Field)} {Name(field.Name)}: {Type(field.Type)}{Properties(field.Properties)}",
        ComputedFieldStatement field => $"{Word(Keyword.Field)} {Name(field.Name)} = {_expressions.Value(field.Value)}",
        LetStatement let => $"{Word(Keyword.Let)} {Name(let.Name)} = {_expressions.Value(let.Value)}",
        TableStatement table =>
            $"{Word(Keyword.Table)} {Name(table.Name)} {Word(Keyword.For)} {Name(table.Parameter)}: {Type(table.Type)}",
        BandStatement band => $"{Band(band)}: {_expressions.Value(band.Value)}",
        CardStatement card =>
            $"{Word(Keyword.Card)} {Name(card.Name)}{Times(card.Times)}{Option(card.OnlyHighest, Keyword.OnlyHighest)}",
        EntryStatement entry =>
            $"{Word(Keyword.Entry)} {Code(entry.Code)}: {_expressions.Sum(entry.Price)}{Times(entry.Times)}{Requires(entry)}",
        RowStatement row => Row(row),
        PayoutStatement payout => Payout(payout),
        PartyStatement party =>
            $"{Word(party.Pays ? Keyword.Payer : Keyword.Payee)} {Name(party.Name)}{(party.Share is null ? "" : " " + _expressions.Sum(party.Share))}",
        FunderStatement funder =>
            $"{Word(Keyword.Funder)} {(funder.Name is null ? "" : Name(funder.Name) + " ")}{Word(Keyword.HasInvested)} {_expressions.Value(funder.Invested)}",
        AfterRowStatement row =>
            $"{Word(Keyword.AfterRow)} {Name(row.Name)}, {Word(Keyword.From)} {Party(row.From)}, {Word(Keyword.To)} {Party(row.To)}"
            + $"{Option(row.AtEveryPeriod, Keyword.AtEveryPeriod)} = {_expressions.Value(row.Value)}",
        AmendmentStatement amendment => $"{Word(Keyword.Amendment)} \"{amendment.Period}\""
            + (amendment.EarlierPaid is null ? "" : $", {Word(Keyword.EarlierPaid)} {_expressions.Sum(amendment.EarlierPaid)}"),
        _ => throw new InvalidOperationException(statement.GetType().Name),
    };

    private string Row(RowStatement row) =>
        $"{Word(Keyword.Row)} {Name(row.Name)}{Option(row.PerPeriod, Keyword.PerPeriod)} = {_expressions.Value(row.Value)}"
        + Option(row.MayBeNegative, Keyword.MayBeNegative)
        + (row.PaidBy is null ? "" : $", {Word(Keyword.PaidBy)} {Name(row.PaidBy)}")
        + (row.To is null ? "" : $", {Word(Keyword.To)} {Name(row.To)}");

    private string Payout(PayoutStatement payout) =>
        $"{Word(Keyword.Payout)}{Option(payout.PerPeriod, Keyword.PerPeriod)} = {_expressions.Value(payout.Value)}"
        + Option(payout.WithoutCap, Keyword.WithoutCap)
        + Option(payout.CutEqually, Keyword.CutEqually)
        + Option(payout.ClawbackAllowed, Keyword.ClawbackAllowed)
        + Option(payout.CapCountsTheseTermsOnly, Keyword.CapCountsTheseTermsOnly);

    private string Band(BandStatement band)
    {
        if (band.Kind == BandKind.Otherwise) return $"{Word(Keyword.When)} {Word(Keyword.Otherwise)}";
        var word = Word(band.Kind == BandKind.Part ? Keyword.Part : Keyword.When);
        return $"{word} {BandBounds(band)}";
    }

    private string BandBounds(BandStatement band) => BoundsOf(band, _expressions);

    public static string BoundsOf(BandStatement band, ExpressionPrinter expressions)
    {
        if (band.Codes.Count > 0)
            return string.Join($" {expressions.Word(Keyword.Or)} ", band.Codes.Select(code => $"\"{code}\""));
        var lower = band.Lower is { } low
            ? $"{expressions.Word(low.Inclusive ? Keyword.AtLeast : Keyword.Above)} {expressions.Sum(low.Value)}"
            : null;
        var upper = band.Upper is { } high
            ? $"{expressions.Word(high.Inclusive ? Keyword.AtMost : Keyword.Below)} {expressions.Sum(high.Value)}"
            : null;
        return string.Join($" {expressions.Word(Keyword.And)} ", new[] { lower, upper }.OfType<string>());
    }

    private string Type(TypeName type) => type.Basic switch
    {
        BasicType.Quantity when type.Per.Count == 0
            && !Units.IsCurrency(type.Unit!) => $"{Word(Keyword.QuantityOf)} {Name(type.Unit!)}",
        BasicType.Quantity => Name(type.Unit!) + _expressions.Per(type.Per),
        BasicType.Count => $"{Word(Keyword.CountOf)} {Name(type.Unit!)}",
        BasicType.Number => Word(Keyword.Number),
        BasicType.Percent => Word(Keyword.Percent),
        BasicType.Points => Word(Keyword.PercentagePoints),
        BasicType.YesNo => $"{Word(Keyword.Yes)}/{Word(Keyword.No)}",
        BasicType.Date => Word(Keyword.Date),
        BasicType.Code => Word(Keyword.Code),
        _ => Word(Keyword.Codes),
    };

    private string Properties(MeasureProperties properties)
    {
        Keyword[] words =
        [
            properties.Accumulation switch
            {
                Accumulation.Latest => Keyword.Latest,
                Accumulation.AddsUp => Keyword.AddsUp,
                _ => Keyword.None,
            },
            properties.MayBeNegative ? Keyword.MayBeNegative : Keyword.None,
            properties.LowerIsBetter ? Keyword.LowerIsBetter : Keyword.None,
            Said(properties.Persons),
            properties.Kind switch
            {
                MeasureKind.Activity => Keyword.Activity,
                MeasureKind.Societal => Keyword.Societal,
                MeasureKind.Human => Keyword.Human,
                MeasureKind.Economic => Keyword.Economic,
                _ => Keyword.None,
            },
        ];
        return string.Concat(words.Where(word => word != Keyword.None).Select(word => ", " + Word(word)));
    }

    private static Keyword Said(Persons persons) => persons switch
    {
        Persons.Counted => Keyword.CountsPersons,
        Persons.NotCounted => Keyword.CountsNoPersons,
        _ => Keyword.None,
    };

    private string Requires(EntryStatement entry) => entry.Requires.Count == 0
        ? ""
        : $", {Word(Keyword.Requires)} {string.Join($" {Word(Keyword.And)} ", entry.Requires.Select(Code))}";

    private string Times(int? times) => times is not { } most
        ? ""
        : $", {Word(Keyword.AtMost)} {Text(most)} {Word(most == 1 ? Keyword.Time : Keyword.Times)}";

    private string Code(string code) =>
        Names.IsPlain(code, TermsLanguage.Swedish) && Names.IsPlain(code, TermsLanguage.English) ? code : $"\"{code}\"";

    private string Option(bool said, Keyword word) => said ? ", " + Word(word) : "";

    private string Party(string? name) => name is null ? Word(Keyword.Funder) : Name(name);

    private string Word(Keyword keyword) => _expressions.Word(keyword);

    private string Name(string name) => _expressions.Name(name);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
