using System.Collections;
using System.Reflection;
using System.Text;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Domain.Terms.Numbers;
using Iop.OutcomeFinance.Domain.Terms.Printing;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.Domain.Tests.OutcomeFinance.Terms;

/// <summary>Formatting changes nothing that was said, in either language.</summary>
public sealed class PrintingTests
{
    public static TheoryData<string> Texts() =>
        [.. ReferencePageTests.Examples()
            .Select(row => row.Data.Item1),
            .. new[] { "norrkoping.sv", "denver.en", "peterborough.en", "dwp-innovation-fund.en" }.Select(Resources.Sample),
            CountedPersonsTests.Everything];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_printed_and_read_is_the_same_tree_in_both_languages(string text)
    {
        var check = TermsText.Check(text);
        Assert.Equal(Tree(text), Tree(check.Canonical!));
        Assert.Equal(Tree(text), Tree(check.Translated!));
        Assert.Equal(check.Canonical, TermsText.Check(check.Canonical!).Canonical);
        Assert.Equal(check.Canonical, TermsText.Check(check.Translated!).Translated);
    }

    [Fact]
    public void Random_trees_print_and_read_back_to_themselves()
    {
        var random = new Random(7);
        for (var time = 0; time < 5_000; time++)
        {
            var language = (TermsLanguage)random.Next(2);
            var tree =
                new TermsTree(language,
                    [new Header(Place.Start, 1, "SEK"), new LetStatement(Place.Start, "x", Expression(random, 5))], []);
            var printed = Printer.Print(tree, language);
            var diagnostics = new Iop.OutcomeFinance.Domain.Terms.Diagnostics();
            var read = Parser.Parse(printed, diagnostics);
            Assert.True(!diagnostics.Failed, $"{printed}\n{string.Join('\n', diagnostics.InOrder.Select(Terms.Said))}");
            Assert.Equal(Dump(tree), Dump(read));
        }
    }

    [Fact]
    public void Comments_stay_where_they_were()
    {
        var canonical =
            TermsText.Check(
                "-- top\nterms 1, SEK -- head\n\n\n-- about x\nrow x = 1 SEK + -- inside\n 2 SEK -- end\npayout = sum of the rows\n-- last").Canonical;
        Assert.Equal(
            "-- top\nterms 1, SEK  -- head\n\n-- about x\n-- inside\nrow x = 1 SEK + 2 SEK  -- end\npayout = sum of the rows\n-- last\n", canonical);
    }

    private static Expression Expression(Random random, int depth)
    {
        var at = Place.Start;
        Expression Next() => Expression(random, depth - 1);
        return (depth == 0 ? random.Next(6) : random.Next(16)) switch
        {
            0 => new Quantity(at, Fraction.Of(random.Next(100_000), 100), 2,
                random.Next(3) switch { 0 => null, 1 => Units.Percent, _ => "SEK" }, []),
            1 => new Quantity(at, Fraction.Of(random.Next(10_000)), 0, "SEK",
                random.Next(2) == 0 ? ["dag"] : [Units.Point, "person"]),
            2 => new NameOf(at, random.Next(3) switch { 0 => "a", 1 => "rad", _ => "two words" }),
            3 => new YesNo(at, random.Next(2) == 0),
            4 => new CodeValue(at, "kod-1"),
            5 => new Known(at, Keyword.SumOfRows),
            6 or 7 or 8 => new Operation(at, (Operator)random.Next(8), Next(), Next()),
            9 => new Comparison(at, Next(), [((Comparator)random.Next(6), Next())]),
            10 => new Limited(at, Next(),
                [new Limit(at, (LimitKind)random.Next(5), Next()), new Limit(at, (LimitKind)random.Next(5), Next())]),
            11 => new Choice(at, [(Next(), Next())], Next()),
            12 => Aggregate(random, Next),
            13 => new Lookup(at, Next(), "t"),
            14 => new Negation(at, Next(), random.Next(2) == 0),
            _ => new SoFar(at, Next()),
        };
    }

    private static Aggregate Aggregate(Random random, Func<Expression> next)
    {
        var kind = (AggregateKind)random.Next(8);
        var value = kind is AggregateKind.Count or AggregateKind.Share ? null : next();
        return new Aggregate(Place.Start, kind, value, "c", kind == AggregateKind.Share || random.Next(2) == 0 ? next() : null);
    }

    private static string Tree(string text) =>
        Dump(Parser.Parse(text, new Iop.OutcomeFinance.Domain.Terms.Diagnostics()).Statements);

    /// <summary>Everything in a tree but where it stood.</summary>
    private static string Dump(object? node)
    {
        var text = new StringBuilder();
        Write(node);
        return text.ToString();

        void Write(object? value)
        {
            if (value is Place or null) return;
            if (value is string or ValueType and not System.Runtime.CompilerServices.ITuple)
            {
                text.Append(value).Append(' ');
            }
            else if (value is System.Runtime.CompilerServices.ITuple tuple)
            {
                for (var index = 0; index < tuple.Length; index++) Write(tuple[index]);
            }
            else if (value is IEnumerable list)
            {
                text.Append('[');
                foreach (var item in list) Write(item);
                text.Append(']');
            }
            else
            {
                text.Append('(').Append(value.GetType().Name).Append(' ');
                foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .OrderBy(one => one.Name, StringComparer.Ordinal))
                {
                    if (property.Name is not ("Height" or "Language") && property.GetIndexParameters().Length == 0)
                        Write(property.GetValue(value));
                }

                text.Append(')');
            }
        }
    }
}
