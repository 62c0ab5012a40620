namespace Iop.Agreements.Domain.Assessing;

/// <summary>What a lawyer approves: the draft and every answer, as they lie there.</summary>
/// <param name="Round">How many versions there were before.</param>
/// <param name="ChangeId">The change of an agreement in force that it is approved for.</param>
/// <param name="EffectiveOn">The day that change is to take effect.</param>
public sealed record AssessedText(
    string Catalogue, int Round, AgreementText Text, IReadOnlyList<AssessedText.AnswerText> Answers, Guid? ChangeId = null,
    DateOnly? EffectiveOn = null)
{
    public sealed record AnswerText(string QuestionId, Reply Reply, string Reason, string? Clause);

    public static AssessedText Of(string catalogue, int round, AgreementText text, IEnumerable<LegalAnswer> answers) => new(
        catalogue, round, text,
        [.. answers.OrderBy(answer => answer.QuestionId, StringComparer.Ordinal)
            .Select(answer => new AnswerText(answer.QuestionId, answer.Reply, answer.Reason, answer.Clause))]);

    /// <summary>What somebody who has approved an earlier text must look at again.</summary>
    public IReadOnlyList<Change> Since(AssessedText earlier) =>
    [
        .. Changes("frame", [earlier.Text.Frame], [Text.Frame], _ => ""),
        .. Changes("party", earlier.Text.Parties, Text.Parties, party => $"{party.PartyId}"),
        .. Changes("section", earlier.Text.Sections, Text.Sections, section => section.Key),
        .. Changes("contribution", earlier.Text.Contributions, Text.Contributions, offer => $"{offer.ContributionId}"),
        .. Changes("goal", earlier.Text.Goals ?? [], Text.Goals ?? [], goal => $"{goal.GoalId}"),
        .. Changes("activity", earlier.Text.Activities ?? [], Text.Activities ?? [], activity => $"{activity.ActivityId}"),
        .. Changes("body", earlier.Text.Bodies ?? [], Text.Bodies ?? [], body => $"{body.BodyId}"),
        .. Changes("attachment", earlier.Text.Attachments ?? [], Text.Attachments ?? [], file => $"{file.AttachmentId}"),
        .. Changes("answer", earlier.Answers, Answers, answer => answer.QuestionId),
    ];

    /// <param name="What">frame, party, section, contribution, goal, activity, body, attachment or answer.</param>
    /// <param name="Subject">Which one: the section's key, the question's or other thing's id.</param>
    /// <param name="Before">Null when it is new.</param>
    /// <param name="After">Null when it is gone.</param>
    public sealed record Change(string What, string Subject, object? Before, object? After);

    private static IEnumerable<Change> Changes<T>(
        string what, IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> keyOf) where T : class
    {
        var old = before.ToDictionary(keyOf, StringComparer.Ordinal);
        var now = after.ToDictionary(keyOf, StringComparer.Ordinal);
        return now.Keys.Concat(old.Keys.Where(key => !now.ContainsKey(key)))
            .Where(key => Written(old.GetValueOrDefault(key)) != Written(now.GetValueOrDefault(key)))
            .Select(key => new Change(what, key, old.GetValueOrDefault(key), now.GetValueOrDefault(key)));
    }

    /// <summary>Lists within a thing are compared by what they hold, which records do not.</summary>
    private static string Written<T>(T? thing) => System.Text.Json.JsonSerializer.Serialize(thing);
}
