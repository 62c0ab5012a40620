using Iop.OutcomeFinance.Domain.Terms.Numbers;

namespace Iop.OutcomeFinance.Domain.Terms.Evaluation;

/// <summary>Why a value cannot be computed yet. The sentence is found by the code.</summary>
/// <param name="Subject">The measure that is missing, the table without a band, the divisor that is zero.</param>
internal sealed record Waiting(string Code, string Subject);

/// <summary>A figure, an answer, a date (as its day number), codes — or the reason why there is none yet.</summary>
internal readonly struct Value
{
    private readonly object? _other;

    public Value(Fraction number) => Number = number;

    private Value(object other) => _other = other;

    public static Value Yes { get; } = new(Fraction.One);

    public static Value No => default;

    public static Value Zero => default;

    public Fraction Number { get; }

    public bool IsYes => !Number.IsZero;

    public bool IsMissing => _other is Waiting;

    public bool HasCodes => _other is IReadOnlyList<string>;

    public Waiting Reason => (Waiting)_other!;

    public string Code => (string)_other!;

    public IReadOnlyList<string> Codes => (IReadOnlyList<string>)_other!;

    public static Value Of(bool answer) => answer ? Yes : No;

    public static Value Of(string code) => new((object)code);

    public static Value Of(IReadOnlyList<string> codes) => new((object)codes);

    public static Value Missing(Waiting reason) => new((object)reason);

    public static Value Missing(string code, string subject) => Missing(new Waiting(code, subject));
}
