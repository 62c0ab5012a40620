using System.Globalization;

namespace Iop.Agreements.Domain.Advising;

/// <summary>What kind of answer a question takes.</summary>
public enum AnswerKind
{
    YesNo,

    /// <summary>One of the question's own options.</summary>
    Choice,

    /// <summary>From 0, not at all, to 4, wholly.</summary>
    Scale,

    /// <summary>A: agreed on goals and means, B: goals only, C: means only, D: neither [bygga p. 24–27].</summary>
    Agreement,

    /// <summary>One of the parties.</summary>
    Party,
}

/// <param name="Id">Stable; another wording with another meaning gets another id.</param>
/// <param name="Options">Of a choice.</param>
/// <param name="MayNotApply">Whether "does not apply" is an answer.</param>
/// <param name="Pulls">For a scale in a profile: the forms that a low value pulls towards.</param>
public sealed record Item(
    string Id, AnswerKind Kind, IReadOnlyList<string> Options, bool MayNotApply, IReadOnlyList<string> Pulls)
{
    public const string NotApplicable = "not-applicable";
    public const int ScaleMax = 4;

    private static readonly string[] YesOrNo = ["yes", "no"];
    private static readonly string[] Steps = ["0", "1", "2", "3", "4"];
    private static readonly string[] Cells = ["A", "B", "C", "D"];

    /// <summary>The answers offered, except a party and "does not apply".</summary>
    public IReadOnlyList<string> Offered => Kind switch
    {
        AnswerKind.YesNo => YesOrNo,
        AnswerKind.Choice => Options,
        AnswerKind.Scale => Steps,
        AnswerKind.Agreement => Cells,
        _ => [],
    };

    /// <param name="reply">The answer as given.</param>
    /// <param name="parties">Ids of the partnership's parties.</param>
    public bool Accepts(string reply, IReadOnlyCollection<string> parties) =>
        reply == NotApplicable
            ? MayNotApply : Kind is AnswerKind.Party
            ? parties.Contains(reply, StringComparer.Ordinal) : Offered.Contains(reply, StringComparer.Ordinal);
}

/// <summary>A result's condition: the question has one of these answers.</summary>
public sealed record Condition(string Question, IReadOnlyList<string> Is);

/// <summary>A result and when it is reached; the first that fits is the result.</summary>
/// <param name="Any">One condition is enough; else all must hold. Without conditions it is what remains.</param>
/// <param name="Early">Can be said before everything is answered.</param>
public sealed record Rule(string Code, IReadOnlyList<Condition> When, bool Any, bool Early);

/// <summary>A form of cooperation or financing, and what is typical of it by question.</summary>
public sealed record Form(string Id, IReadOnlyDictionary<string, IReadOnlyList<string>> Typical);

/// <summary>Said of a party when one answer occurs often over the matters.</summary>
public sealed record Pattern(string Code, string Question, IReadOnlyList<string> Is, int AtLeast);

/// <summary>A versioned questionnaire that advises. Never a gate: nothing in an agreement waits for it.</summary>
/// <param name="PerParty">Every party gives answers of its own; differences are shown, not averaged.</param>
/// <param name="Matters">Things the questions are asked about, given by the catalogue; empty where they are asked once.</param>
/// <param name="OwnMatters">The parties add matters of their own.</param>
/// <param name="Forms">In order of simplicity: where two fit equally well, the simpler is better.</param>
public sealed record Instrument(
    string Id, string Version, bool PerParty, IReadOnlyList<string> Matters, bool OwnMatters, IReadOnlyList<Item> Items,
    IReadOnlyList<Form> Forms, IReadOnlyList<Rule> Rules, IReadOnlyList<Pattern> Patterns)
{
    public bool HasMatters => OwnMatters || Matters.Count > 0;

    public Item? Find(string id) => Items.FirstOrDefault(item => item.Id == id);

    /// <summary>What is wrong with the catalogue; nothing is served while anything is.</summary>
    public IEnumerable<string> Faults() =>
    [
        .. Items.GroupBy(item => item.Id, StringComparer.Ordinal).Where(same => same.Count() > 1)
        .Select(same => $"{same.Key} twice"),
        .. Items.Where(item => item.Kind is AnswerKind.Choice != item.Options.Count > 0).Select(item => $"{item.Id}: options"),
        .. Items.SelectMany(item => item.Pulls, (item, form) => (item, form))
        .Where(pull => Forms.All(form => form.Id != pull.form))
            .Select(pull => $"{pull.item.Id} pulls towards {pull.form}, which is no form"),
        .. Rules.SelectMany(rule => rule.When, (rule, when) => (rule.Code, when.Question, when.Is))
            .Concat(Patterns.Select(pattern => (pattern.Code, pattern.Question, pattern.Is)))
            .Concat(Forms.SelectMany(form =>
                form.Typical, (form, typical) => (Code: form.Id, Question: typical.Key, Is: typical.Value)))
            .SelectMany(use => use.Is, (use, reply) => (use.Code, use.Question, reply))
            .Where(use => Find(use.Question) is not { } item
                || (use.reply != Item.NotApplicable && item.Kind is not AnswerKind.Party
                    && !item.Offered.Contains(use.reply, StringComparer.Ordinal)))
            .Select(use => string.Create(CultureInfo.InvariantCulture, $"{use.Code}: {use.Question} is never {use.reply}")),
        .. Rules.Count > 0 && Rules[^1].When.Count > 0 && Forms.Count == 0 ? ["no result remains when none fits"] : (string[])[],
    ];
}
