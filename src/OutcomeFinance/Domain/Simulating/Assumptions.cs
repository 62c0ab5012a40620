using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Terms;

namespace Iop.OutcomeFinance.Domain.Simulating;

internal enum Shape
{
    /// <summary>One value (fast).</summary>
    Fixed,

    /// <summary>The least, the likeliest and the largest (triangel).</summary>
    Triangular,

    /// <summary>A mean and a deviation, held within bounds (normal).</summary>
    Normal,

    /// <summary>Values seen before, each as likely as the others (från historik).</summary>
    History,

    /// <summary>Yes with so many percent's chance (chans).</summary>
    Chance,
}

/// <summary>What somebody assumes of a measure (antagande): for all members and periods, or for one of them. The closest one
/// holds: member and period, then member, then period.</summary>
/// <param name="Measure">As the terms call it; of a collection, collection/field.</param>
internal sealed record Assumption(string Measure, Shape Shape)
{
    public string? Member { get; init; }

    public string? Period { get; init; }

    public string? Value { get; init; }

    public string? Low { get; init; }

    public string? Likely { get; init; }

    public string? High { get; init; }

    public string? Mean { get; init; }

    public string? Deviation { get; init; }

    public string? Percent { get; init; }

    /// <summary>A list of codes stands as one text, parted by commas.</summary>
    public IReadOnlyList<string>? Values { get; init; }
}

/// <summary>The members that a collection is assumed to have, in every period: cohorts, participants.</summary>
internal sealed record MemberGroup(string Collection, IReadOnlyList<string> Members);

/// <summary>Everything somebody assumes. The same assumptions and seed give the same answer, to the öre, on any
/// machine.</summary>
internal sealed record Assumptions(ulong Seed, int Runs, IReadOnlyList<MemberGroup> Groups, IReadOnlyList<Assumption> Measures)
{
    public const int RunsMax = 10_000;
    public const int MeasuresMax = 500;
    public const int ValuesMax = 200;
    public const int MembersMax = 1_000;

    /// <summary>Figures drawn in one run.</summary>
    public const int CellsMax = 5_000;
}

/// <param name="PaidOn">When what becomes due is counted as paid: the period's last day.</param>
/// <param name="Verified">What has been verified already stands; nothing is drawn for the period.</param>
internal sealed record SimulatedPeriod(string Key, bool Final, DateOnly PaidOn, PeriodFigures? Verified);

/// <summary>The contract that is simulated.</summary>
/// <param name="StartsOn">When the funder's money is counted as paid in, where there is no schedule of it.</param>
/// <param name="Schedule">The investment schedule, in öre; empty where there is none.</param>
internal sealed record SimulatedContract(
    TermsProgram Program, IReadOnlyList<SimulatedPeriod> Periods, DateOnly StartsOn, IReadOnlyList<CashFlow> Schedule)
{
    /// <summary>What fell due under the terms before an amendment; null for the terms that were signed first.</summary>
    public Money? PaidBefore { get; init; }

    /// <summary>What of it has come to the funder.</summary>
    public IReadOnlyList<CashFlow> CameBefore { get; init; } = [];

    /// <summary>What was verified before the amendment: what replaces is carried over from it.</summary>
    public IReadOnlyList<PeriodFigures> Earlier { get; init; } = [];

    // The earlier ones last: their order is the periods', and whoever gave the others finds them where they were.
    public EvaluationRequest Request(IReadOnlyList<PeriodFigures> figures) => new([.. figures, .. Earlier])
    {
        Periods = [.. Earlier.Select(one => one.Period), .. Periods.Select(period => period.Key)],
        FirstPeriod = PaidBefore is null ? null : Periods[0].Key,
        PaidUnderEarlierTerms = PaidBefore,
    };
}
