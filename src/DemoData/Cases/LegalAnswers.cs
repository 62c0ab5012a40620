namespace Iop.DemoData.Cases;

/// <summary>What the lawyers of the cases answer, with reasons and clauses. The answers are examples, not legal advice.</summary>
internal static class LegalAnswers
{
    public static (string Answer, string Reason, string? Clause) For(string question) => Answers.TryGetValue(question, out var answer)
        ? answer
        : throw new InvalidOperationException($"The cases have no answer to «{question}».");

    private static readonly Dictionary<string, (string, string, string?)> Answers = new(StringComparer.Ordinal);
}
