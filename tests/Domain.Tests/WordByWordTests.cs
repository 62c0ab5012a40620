using Iop.Kernel;

namespace Iop.Domain.Tests;

/// <summary>What went out of a text and what came in, as people see it marked.</summary>
public sealed class WordByWordTests
{
    [Theory]
    //          before                  after                       marked
    [InlineData("", "", "")]
    [InlineData("Samma ord.", "Samma ord.", "Samma ord.")]
    [InlineData("", "Nytt.", "+Nytt.+")]
    [InlineData("Borta.", "", "-Borta.-")]
    [InlineData("tolv familjer", "femton familjer", "-tolv -+femton +familjer")]
    [InlineData("barn och unga", "barn, unga och familjer", "-barn -+barn, unga +och -unga-+familjer+")]
    [InlineData("ett\ntvå", "ett\n\ntvå", "-ett\n-+ett\n\n+två")]
    [InlineData("a b a b", "a b", "a -b a -b")]
    public void Marks_the_words_that_went_and_came(string before, string after, string marked) =>
        Assert.Equal(marked, Marked(WordByWord.Between(before, after)));

    [Fact]
    public void Any_two_texts_can_be_had_back_from_what_is_marked()
    {
        var random = new Random(20261123);
        for (var round = 0; round < 500; round++)
        {
            var (before, after) = (Text(random), Text(random));
            Comes_back(before, after);
        }
    }

    [Fact]
    public void What_is_too_long_to_compare_is_coarser_and_still_whole()
    {
        var common = "Inledning som står kvar. ";
        var before = common + string.Concat(Enumerable.Range(0, WordByWord.WordsMax + 1).Select(at => $"gammalt{at} ")) + "slut";
        var after = common + string.Concat(Enumerable.Range(0, WordByWord.WordsMax + 1).Select(at => $"nytt{at} ")) + "slut";
        Comes_back(before, after);
        Assert.Equal(
            [WordByWord.Fate.Same, WordByWord.Fate.Removed, WordByWord.Fate.Added, WordByWord.Fate.Same],
            WordByWord.Between(before, after).Select(stretch => stretch.Change));
    }

    private static void Comes_back(string before, string after)
    {
        var stretches = WordByWord.Between(before, after);
        Assert.Equal(before, Joined(stretches, WordByWord.Fate.Added));
        Assert.Equal(after, Joined(stretches, WordByWord.Fate.Removed));
        Assert.All(stretches, stretch => Assert.NotEqual("", stretch.Text));
    }

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "a b c, d.\n  å".Substring(random.Next(12), 2)));

    private static string Joined(IEnumerable<WordByWord.Stretch> stretches, WordByWord.Fate without) =>
        string.Concat(stretches.Where(stretch => stretch.Change != without).Select(stretch => stretch.Text));

    private static string Marked(IEnumerable<WordByWord.Stretch> stretches) =>
        string.Concat(stretches.Select(stretch => stretch.Change switch
        {
            WordByWord.Fate.Removed => $"-{stretch.Text}-",
            WordByWord.Fate.Added => $"+{stretch.Text}+",
            _ => stretch.Text,
        }));
}
