using Iop.OutcomeFinance.Domain.Terms.Numbers;

namespace Iop.OutcomeFinance.Domain.Terms.Evaluation;

/// <summary>What one evaluation knows beside the figures, and what it may still spend.</summary>
internal sealed class Run
{
    public required CollectionState[] Collections { get; init; }

    public int PeriodNumber { get; set; }

    public string PeriodKey { get; set; } = "";

    public Fraction PreviouslyPaid { get; set; }

    public Fraction TotalPaid { get; set; }

    public Fraction PaidUnderEarlierTerms { get; init; }

    public long Work { get; set; } = Limits.Work;

    /// <summary>Hears which level, limit or gate decided; null when nobody asks.</summary>
    public Levels? Levels { get; set; }

    /// <summary>Set once, when a limit is passed; the evaluation then ends with this error.</summary>
    public string? Fault { get; private set; }

    public static Waiting Exhausted { get; } = new("terms.too-much-work", "");

    /// <summary>Takes steps from the budget; false when it is spent.</summary>
    public bool Spend(long steps)
    {
        Work -= steps;
        if (Work >= 0 && Fault is null) return true;
        Fault ??= "terms.too-much-work";
        return false;
    }

    /// <summary>A number as a value, unless it has grown beyond the limit.</summary>
    public Value Checked(Fraction number)
    {
        if (number.Bits <= Limits.NumberBits) return new Value(number);
        Fault ??= "terms.number-too-large";
        return Value.Missing(Exhausted);
    }
}

/// <summary>The values that expressions read: one frame for everything measured so far, one for the period alone.</summary>
internal sealed class Frame(Run run, int slots, Frame? soFar)
{
    public Run Run => run;

    public Value[] Slots { get; } = new Value[slots];

    /// <summary>The frame of everything so far; itself, when this is it.</summary>
    public Frame Cumulative => soFar ?? this;

    public bool IsPeriod => soFar is not null;

    /// <summary>The values of the member a collection is being read at.</summary>
    public Value[] Member { get; set; } = [];

    /// <summary>What a table is being read for.</summary>
    public Value Argument { get; set; }
}

/// <summary>The members of a collection with their figures so far and of this period.</summary>
internal sealed class CollectionState
{
    private readonly Dictionary<string, Member> _byKey = new(StringComparer.Ordinal);
    private int _known; // how many of the members are in it: it is filled when somebody has to be looked for

    public List<Member> Members { get; } = [];

    /// <summary>Whether it was given this period; if not it is missing, which is not the same as empty.</summary>
    public bool Given { get; set; }

    /// <summary>Counts on over periods for members without keys.</summary>
    public int Positions { get; set; }

    /// <param name="at">Where it stood last time, if the same members come in the same order every period.</param>
    public Member? Find(string key, int at)
    {
        if (at < Members.Count && ReferenceEquals(Members[at].Key, key)) return Members[at];
        for (; _known < Members.Count; _known++) _byKey.Add(Members[_known].Key, Members[_known]);
        return _byKey.GetValueOrDefault(key);
    }

    public void Expect(int members) => Members.EnsureCapacity(Math.Min(members, Limits.Participants));

    public Member Add(string key, Value[] cumulative, Value[] period)
    {
        var member = new Member(key, cumulative, period);
        Members.Add(member);
        return member;
    }
}

internal sealed class Member(string key, Value[] cumulative, Value[] period)
{
    public string Key => key;

    public Value[] Cumulative { get; } = cumulative;

    public Value[] Period { get; } = period;

    /// <summary>The number of the last period in which it was given.</summary>
    public int LastGiven { get; set; }
}
