namespace Iop.Agreements.Domain.Life;

/// <summary>How long before its last day the parties are reminded of an agreement that no last date of notice reminds of: none is
/// agreed on, it has passed, or notice has been given.</summary>
public static class EndReminders
{
    public static IReadOnlyList<DateOnly> Days(AgreementState state, Term? term) =>
        term?.To is { } to ? [.. Before(state, term).Select(days => to.AddDays(-days))] : [];

    /// <summary>The reminder that is due on a day: the shortest whose time has come; null before the first and after the last
    /// day.</summary>
    public static int? Due(AgreementState state, Term? term, DateOnly today)
    {
        if (term?.To is not { } to || today > to) return null;
        var due = Before(state, term).Where(days => to.AddDays(-days) <= today).ToList();
        return due.Count == 0 ? null : due.Min();
    }

    private static IEnumerable<int> Before(AgreementState state, Term term)
    {
        if (!state.Binds()) return [];
        var reminded = state is AgreementState.InForce ? term.LastDateOfNotice : null;
        return NoticeReminders.Before.Where(days => reminded is null || term.To!.Value.AddDays(-days) > reminded);
    }
}
