using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Paying;

namespace Iop.OutcomeFinance.Domain.Banking;

/// <summary>What became of money that came in.</summary>
internal enum LineOutcome
{
    /// <summary>With it, all of the claim has come; it is settled (betald).</summary>
    Settled,

    /// <summary>Some of the claim has come; the rest is awaited (delbetalning).</summary>
    Part,

    /// <summary>More has come than the claim: people decide.</summary>
    TooMuch,

    /// <summary>The claim was settled before: it may have been paid twice.</summary>
    AlreadySettled,

    /// <summary>It has come before two controllers have attested, or while it is disputed: the payee confirms it later.</summary>
    NotAttested,

    /// <summary>No claim of ours is named.</summary>
    Unknown,

    /// <summary>The bank gives no reference, so nobody can tell whether it has been read before.</summary>
    NoReference,
}

/// <summary>A bank's file that a payee has read in (kontoutdrag från banken). Never changed; nor are its lines.</summary>
internal sealed class BankStatement
{
    public required Guid StatementId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string Kind { get; init; }

    public required string Message { get; init; }

    public required string Hash { get; init; }

    /// <summary>Lines that had been read from an earlier file.</summary>
    public required int Known { get; init; }

    public required int Skipped { get; init; }

    public required Guid ReadBy { get; init; }

    public required DateTimeOffset ReadAt { get; init; }
}

/// <summary>Money in, and what came of it.</summary>
internal sealed class BankLine
{
    public required Guid LineId { get; init; }

    public required Guid StatementId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string Account { get; init; }

    public required string? Reference { get; init; }

    public required DateOnly BookedOn { get; init; }

    public required long AmountMinor { get; init; }

    public required string Currency { get; init; }

    public required string Said { get; init; }

    public required ObligationId? ObligationId { get; init; }

    public required LineOutcome Outcome { get; init; }
}

/// <summary>Tells which claim a line pays and what comes of it.</summary>
internal static class Matching
{
    private static readonly char[] Between = [' ', '\n', '\r', '\t', ',', ';', '.', ':', '/', '(', ')'];

    /// <summary>Every invoice number that may be meant.</summary>
    public static IEnumerable<string> Named(BankEntry entry) => entry.Said
        .SelectMany(said => said.Split(Between, StringSplitOptions.RemoveEmptyEntries).Prepend(said))
        .Select(word => word.ToUpperInvariant()).Distinct(StringComparer.Ordinal);

    /// <summary>The one claim that is named; none when several are.</summary>
    public static string? Number(BankEntry entry, IReadOnlySet<string> numbers) =>
        Named(entry).Where(numbers.Contains).Take(2).ToList() is [var only] ? only : null;

    /// <param name="entry">What has come.</param>
    /// <param name="obligation">The claim that it names, or null.</param>
    /// <param name="before">What has come for the claim before, by earlier lines.</param>
    public static LineOutcome Outcome(BankEntry entry, Obligation? obligation, long before)
    {
        if (obligation is null || obligation.AmountMinor <= 0 || obligation.Currency != entry.Amount.Currency.Code)
            return LineOutcome.Unknown;
        if (entry.Reference is null) return LineOutcome.NoReference;
        if (obligation.State is ObligationState.Settled or ObligationState.WrittenOff) return LineOutcome.AlreadySettled;
        if (obligation.State is not ObligationState.Attested) return LineOutcome.NotAttested;
        return (before + entry.Amount.Minor).CompareTo(obligation.AmountMinor) switch
        {
            < 0 => LineOutcome.Part,
            0 => LineOutcome.Settled,
            _ => LineOutcome.TooMuch,
        };
    }

    /// <summary>Counts towards what has come for the claim.</summary>
    public static bool Counts(this LineOutcome outcome) =>
        outcome is LineOutcome.Settled or LineOutcome.Part or LineOutcome.NotAttested;
}

/// <summary>Every way a bank's file can be refused.</summary>
internal static class BankStatementRefusals
{
    public static Refusal Unreadable { get; } = new("bank-statement.unreadable", RefusalKind.Malformed);

    public static Refusal AlreadyRead { get; } = new("bank-statement.already-read");

    public static Refusal NotYourAccount(string account) =>
        new Refusal("bank-statement.not-your-account").With("account", account);
}
