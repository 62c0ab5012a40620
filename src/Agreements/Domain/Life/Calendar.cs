namespace Iop.Agreements.Domain.Life;

/// <summary>What a day can bring, in the order it happens when several come on one day.</summary>
public enum Turn
{
    /// <summary>A signed version takes over.</summary>
    TakesOver,

    /// <summary>A party's notice has run out: the agreement goes on without it.</summary>
    PartyLeaves,

    /// <summary>The last date of notice has passed without notice.</summary>
    Renews,

    /// <summary>The last day has passed.</summary>
    Ends,
}

/// <param name="On">The Swedish day at whose beginning it happens.</param>
/// <param name="Leaving">Whose leaving it is.</param>
public sealed record Due(Turn Turn, DateOnly On, Change? Leaving = null);

/// <summary>The days ahead of an agreement. Everything that time does is read from here, so that late timers, replicas and moved
/// clocks come to the same.</summary>
public static class Calendar
{
    public static IReadOnlyList<Due> Ahead(Agreement agreement, IEnumerable<Change> leaving)
    {
        var due = new List<Due>();
        if (agreement.TakesOverOn is { } day) due.Add(new Due(Turn.TakesOver, day));
        if (agreement.State.Binds() && agreement.Term is { } term)
        {
            due.AddRange(leaving.Where(change => change.IsDeparture)
                .Select(change => new Due(Turn.PartyLeaves, change.EffectiveOn!.Value, change)));
            if (agreement.State is AgreementState.InForce && term.RenewsOn is { } renews) due.Add(new Due(Turn.Renews, renews));
            else if (term.To is { } last) due.Add(new Due(Turn.Ends, last.AddDays(1)));
        }
        return [.. due.OrderBy(what => what.On).ThenBy(what => what.Turn)];
    }

    /// <summary>The first thing that has come; null when nothing has.</summary>
    public static Due? Next(Agreement agreement, IEnumerable<Change> leaving, DateOnly today) =>
        Ahead(agreement, leaving).FirstOrDefault(due => due.On <= today);
}
