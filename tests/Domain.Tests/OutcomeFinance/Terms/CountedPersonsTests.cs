using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Domain.Terms.Measuring;

namespace Iop.Domain.Tests.OutcomeFinance.Terms;

/// <summary>Whether persons are counted: what the text says holds, and where it does not say, the doubt protects them.</summary>
public sealed class CountedPersonsTests
{
    /// <summary>The words in every place where they may stand.</summary>
    internal const string Everything = """
        villkor 1, SEK
        mått i_arbete: antal personer, läggs ihop, räknar personer
        mått lägenheter: antal lägenheter, läggs ihop, räknar inte personer, aktivitetsmått
        samling deltagare: personer, räknar personer
            varje nyckel har närvaro: antal dagar, läggs ihop
        samling hus, räknar inte personer
            fält boende: mängd boende, räknar personer
        rad r = i_arbete × 1 SEK per personer + lägenheter × 1 SEK per lägenheter, högst 100 SEK
        rad s = summan av (närvaro × 1 SEK per dag) i deltagare + summan av (boende × 1 SEK per boende) i hus, högst 100 SEK
        utbetalning = summan av raderna
        betalare A 100 %
        """;

    // what is measured                                              persons?  asked?
    [Theory]
    [InlineData("antal personer, läggs ihop, räknar personer", true, "")]
    [InlineData("antal lägenheter, läggs ihop, räknar inte personer", false, "")]
    [InlineData("antal elever, läggs ihop, räknar inte personer", false, "terms.persons-denied")]
    [InlineData("antal lägenheter, läggs ihop", true, "terms.persons-unstated")] // signed before there was a word: in doubt
    [InlineData("antal elever, läggs ihop", true, "terms.persons-unstated")]
    [InlineData("mängd elever, läggs ihop", true, "terms.persons-unstated")]
    [InlineData("mängd timmar, läggs ihop", false, "")]
    [InlineData("mängd timmar, läggs ihop, räknar personer", true, "")]
    [InlineData("tal, läggs ihop", false, "")]
    [InlineData("tal, läggs ihop, räknar personer", true, "")]
    public void A_number_is_one_of_persons(string measured, bool persons, string asked)
    {
        var check = TermsText.Check($"""
            villkor 1, SEK
            mått m: {measured}
            rad r = 100 SEK om m > m, annars 0 SEK
            utbetalning = summan av raderna
            betalare A 100 %
            """);
        Assert.Equal(persons, CountedPersons.Are(Assert.Single(check.Program!.Plan.Measures)));
        Assert.Equal(asked, Asked(check));
    }

    [Theory]
    [InlineData("deltagare: personer", true, "terms.persons-unstated")]
    [InlineData("kohorter", false, "")]
    [InlineData("kohorter: familjer, räknar personer", true, "")]
    [InlineData("deltagare, räknar personer", true, "")]
    [InlineData("unga: team, räknar inte personer", false, "terms.persons-denied")]
    public void The_members_of_a_collection_are_persons(string collection, bool persons, string asked)
    {
        var check = TermsText.Check($"""
            villkor 1, SEK
            samling {collection}
                fält f: SEK, läggs ihop
            rad r = summan av f i {collection.Split(':', ',')[0]}, högst 100 SEK
            utbetalning = summan av raderna
            betalare A 100 %
            """);
        Assert.Equal(persons, CountedPersons.Are(Assert.Single(check.Program!.Plan.Collections), check.Program.Plan.Tree));
        Assert.Equal(asked, Asked(check));
    }

    [Fact]
    public void The_words_may_stand_wherever_something_is_counted()
    {
        Assert.DoesNotContain(TermsText.Check(Everything).Diagnostics, one => one.Severity == Severity.Error);
        Assert.Equal("", Asked(TermsText.Check(Everything)));
    }

    private static string Asked(TermsCheck check) => string.Join(' ', check.Diagnostics.Select(one => one.Code)
        .Where(code => code.StartsWith("terms.persons", StringComparison.Ordinal)));
}
