using Iop.Kernel;

namespace Iop.Agreements.Domain.Aid;

/// <summary>Aid so small that it is held not to affect competition (stöd av mindre betydelse).</summary>
public enum AidKind
{
    /// <summary>Regulation (EU) 2023/2831.</summary>
    DeMinimis,

    /// <summary>For a service of general economic interest: regulation (EU) 2023/2832.</summary>
    SgeiDeMinimis,
}

/// <summary>The most that may be granted over three years, from a date on.</summary>
public sealed record Ceiling(AidKind Kind, DateOnly ValidFrom, long EuroCent, string Source);

/// <summary>Aid to one undertaking, whoever granted it. A reversal is negative, on the day of what it reverses.</summary>
public readonly record struct AidGranted(DateOnly On, AidKind Kind, long EuroCent);

/// <summary>All aid to a single undertaking, and what may still be granted. Three years are counted back from each grant, day by
/// day, not by fiscal years [2023/2831 and 2023/2832, article 3.2].</summary>
public sealed record AidLedger(IReadOnlyList<AidGranted> Granted, IReadOnlyList<Ceiling> Ceilings)
{
    public const int YearsCounted = 3;

    public static Currency Euro { get; } = Currency.TryParse("EUR", out var euro) ? euro : default;

    /// <summary>The ceiling of a kind on a day; null before there was any.</summary>
    public Ceiling? CeilingOn(AidKind kind, DateOnly day) =>
        Ceilings.Where(ceiling => ceiling.Kind == kind && ceiling.ValidFrom <= day).MaxBy(ceiling => ceiling.ValidFrom);

    /// <summary>What has been granted in the three years that end on a day. Exactly three years ago is past.</summary>
    public Money Sum(DateOnly end, AidKind? kind = null) => new(
        Granted.Where(aid => IsWithin(aid.On, end) && (kind is null || aid.Kind == kind)).Sum(aid => aid.EuroCent), Euro);

    /// <summary>What may still be granted on a day; less than nothing when too much is. A grant counts in every three years that
    /// it falls within, so those that end with a later grant are looked at too. Small aid of both kinds together stays within the
    /// higher ceiling, which is the careful reading of the articles on cumulation. Null where there is no ceiling.</summary>
    public Money? Room(AidKind kind, DateOnly day)
    {
        if (CeilingOn(kind, day) is null) return null;
        var least = long.MaxValue;
        foreach (var end in Granted.Select(aid => aid.On).Where(on => on > day && IsWithin(day, on)).Append(day).Distinct())
        {
            if (kind is AidKind.DeMinimis && CeilingOn(AidKind.DeMinimis, end) is { } small)
                least = Math.Min(least, small.EuroCent - Sum(end, AidKind.DeMinimis).Minor);
            if (CeilingOn(AidKind.SgeiDeMinimis, end) is { } large) least = Math.Min(least, large.EuroCent - Sum(end).Minor);
        }
        return new Money(least, Euro);
    }

    /// <summary>Null when so much fits on the day.</summary>
    public Refusal? Fits(AidKind kind, DateOnly day, Money euro)
    {
        if (Room(kind, day) is not { } room) return AidRefusals.NoCeiling;
        return euro <= room ? null : AidRefusals.Exceeds(room);
    }

    private static bool IsWithin(DateOnly day, DateOnly end) => day <= end && day > end.AddYears(-YearsCounted);
}

/// <summary>Kronor for a euro on a day, as published.</summary>
/// <param name="Millionths">Kronor per euro, in millionths.</param>
public sealed record ExchangeRate(Guid RateId, DateOnly Day, long Millionths, string Source)
{
    /// <summary>Published on banking days: at Easter and Christmas the last one is some days old.</summary>
    public const int DaysOldMax = 7;

    public const long MillionthsMin = 1_000_000;
    public const long MillionthsMax = 100_000_000;

    public Money InEuro(Money kronor) =>
        Money.FromFraction((System.Numerics.BigInteger)kronor.Minor * 1_000_000, Millionths, AidLedger.Euro);

    /// <summary>The rate for a day: that day's, or the last one before it if that is recent.</summary>
    public static ExchangeRate? For(DateOnly day, IEnumerable<ExchangeRate> known) => known
        .Where(rate => rate.Day <= day && rate.Day.AddDays(DaysOldMax) >= day)
        .OrderByDescending(rate => rate.Day).ThenByDescending(rate => rate.RateId).FirstOrDefault();
}
