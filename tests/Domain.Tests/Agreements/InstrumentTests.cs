using Iop.Agreements.Domain.Advising;

namespace Iop.Domain.Tests.Agreements;

/// <summary>What answers come to, and by which of them: rules in order, distances, and forms with the simpler first.</summary>
public sealed class InstrumentTests
{
    private static readonly Instrument Rules = Of(
        [Ask("a"), Ask("b"), Ask("c", AnswerKind.Choice, "x", "y")],
        rules:
        [
            new Rule("stop", [new("a", ["yes"]), new("b", ["yes"])], Any: false, Early: true),
            new Rule("mind", [new("a", ["yes"]), new("c", ["y"])], Any: true, Early: false),
            new Rule("go", [], Any: false, Early: false),
        ]);

    [Theory]
    [InlineData("yes yes -", "stop", "a b")] // enough is known
    [InlineData("yes no -", "open", "c")]
    [InlineData("- - -", "open", "a b c")]
    [InlineData("yes no x", "mind", "a")]
    [InlineData("no yes y", "mind", "c")]
    [InlineData("yes no y", "mind", "a c")]
    [InlineData("no no x", "go", "")]
    public void The_first_rule_that_fits_is_the_result_and_says_by_what(string replies, string code, string decidedBy)
    {
        var finding = Finding.Of(Rules, Replies("a b c", replies));
        Assert.Equal((code, decidedBy), (finding.Code, string.Join(' ', finding.DecidedBy)));
    }

    [Theory]
    [InlineData("4 4 4", "grant", "12/12 8/8", "")]
    [InlineData("0 4 4", "grant", "8/12 8/8", "a")]
    [InlineData("4 1 4", "contract", "9/12 5/8", "b")]
    [InlineData("4 not-applicable 0", "contract", "4/8 0/4", "c")]
    public void A_profile_is_the_distance_to_other_forms_and_names_what_brings_them_near(
        string replies, string nearest, string distances, string because)
    {
        var profile = Of([Scale("a", "grant"), Scale("b", "grant", "contract"), Scale("c", "grant", "contract")],
            forms: [new Form("grant", None), new Form("contract", None)]);
        var finding = Finding.Of(profile, Replies("a b c", replies));
        Assert.Equal((Finding.Profile, nearest), (finding.Code, finding.Form));
        Assert.Equal(distances, string.Join(' ', profile.Forms
            .Select(form => finding.Distances.Single(distance => distance.Form == form.Id))
            .Select(one => $"{one.Points}/{one.PointsMax}")));
        Assert.Equal(because, string.Join(' ', finding.DecidedBy));
    }

    [Fact]
    public void A_profile_where_nothing_applies_has_no_distance()
    {
        var finding = Finding.Of(Of([Scale("a", "grant")], forms: [new Form("grant", None)]), Replies("a", "not-applicable"));
        Assert.Equal((Finding.Profile, null), (finding.Code, finding.Form));
    }

    [Theory]
    [InlineData("x x", "simple", 2)]
    [InlineData("y y", "large", 2)]
    [InlineData("x y", "simple", 1)] // both fit equally: the simpler
    public void Of_two_forms_that_fit_equally_the_simpler_is_better(string replies, string form, int matching)
    {
        var guide = Of([Ask("a", AnswerKind.Choice, "x", "y"), Ask("b", AnswerKind.Choice, "x", "y")],
            forms: [new Form("simple", Typical("x")), new Form("large", Typical("y"))]);
        var finding = Finding.Of(guide, Replies("a b", replies));
        Assert.Equal((Finding.FormFits, form, matching), (finding.Code, finding.Form, finding.Fits[0].Matching.Count));
    }

    [Theory]
    [InlineData(AnswerKind.YesNo, "yes", true)]
    [InlineData(AnswerKind.YesNo, "Yes", false)]
    [InlineData(AnswerKind.YesNo, "not-applicable", false)]
    [InlineData(AnswerKind.Scale, "0", true)]
    [InlineData(AnswerKind.Scale, "4", true)]
    [InlineData(AnswerKind.Scale, "5", false)]
    [InlineData(AnswerKind.Agreement, "D", true)]
    [InlineData(AnswerKind.Agreement, "E", false)]
    [InlineData(AnswerKind.Party, "p1", true)]
    [InlineData(AnswerKind.Party, "p2", false)]
    public void A_question_takes_the_answers_of_its_kind(AnswerKind kind, string reply, bool taken) =>
        Assert.Equal(taken, Ask("a", kind).Accepts(reply, ["p1"]));

    [Fact]
    public void A_pattern_is_seen_over_the_matters()
    {
        var instrument = Of([Ask("a", AnswerKind.Agreement)]) with { Patterns = [new Pattern("wears", "a", ["B", "C", "D"], 2)] };
        Assert.Empty(Finding.Patterns(instrument, [("a", "B"), ("a", "A")]));
        Assert.Single(Finding.Patterns(instrument, [("a", "B"), ("a", "D")]));
    }

    [Fact]
    public void A_faulty_catalogue_says_what_is_wrong()
    {
        Assert.Empty(Rules.Faults());
        Assert.Contains("a twice", Of([Ask("a"), Ask("a")]).Faults());
        Assert.Contains("r: b is never yes",
            Of([Ask("a")], rules: [new Rule("r", [new("b", ["yes"])], false, false), new Rule("d", [], false, false)]).Faults());
        Assert.Contains("r: a is never maybe",
            Of([Ask("a")], rules: [new Rule("r", [new("a", ["maybe"])], false, false), new Rule("d", [], false, false)])
                .Faults());
        Assert.Contains("a pulls towards grant, which is no form", Of([Scale("a", "grant")]).Faults());
        Assert.Contains("a: options", Of([Ask("a", AnswerKind.Choice)]).Faults());
        Assert.Contains("no result remains when none fits",
            Of([Ask("a")], rules: [new Rule("r", [new("a", ["yes"])], false, false)]).Faults());
    }

    private static readonly Dictionary<string, IReadOnlyList<string>> None = [];

    private static Dictionary<string, IReadOnlyList<string>> Typical(string option) =>
        new() { ["a"] = [option], ["b"] = [option] };

    private static Item Ask(string id, AnswerKind kind = AnswerKind.YesNo, params string[] options) =>
        new(id, kind, options, false, []);

    private static Item Scale(string id, params string[] pulls) => new(id, AnswerKind.Scale, [], true, pulls);

    private static Instrument Of(IReadOnlyList<Item> items, IReadOnlyList<Rule>? rules = null,
        IReadOnlyList<Form>? forms = null) =>
        new("test", "test-1", false, [], false, items, forms ?? [], rules ?? [], []);

    private static Dictionary<string, string> Replies(string questions, string replies) => questions.Split(' ')
        .Zip(replies.Split(' ')).Where(pair => pair.Second != "-").ToDictionary(pair => pair.First, pair => pair.Second);
}
