namespace Iop.Kernel;

/// <summary>Days from and to, both included; open-ended when there is no last day.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, or none.</param>
public readonly record struct Period(DateOnly From, DateOnly? To)
{
    public bool IsOpenEnded => To is null;

    public bool Contains(DateOnly day) => From <= day && (To is null || day <= To);

    public bool Overlaps(Period other) => (other.To is null || From <= other.To) && (To is null || other.From <= To);

    /// <summary>Null, or <c>period.backwards</c> when it ends before it starts.</summary>
    public Refusal? Refusal => To < From ? new Refusal("period.backwards", RefusalKind.Malformed) : null;
}
