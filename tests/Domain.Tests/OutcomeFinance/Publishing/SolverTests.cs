using System.Globalization;
using System.Text.Json;
using Iop.OutcomeFinance.Domain.Publishing;

namespace Iop.Domain.Tests.OutcomeFinance.Publishing;

/// <summary>An adversary who has kept everything ever published about a contract, knows how it is decided what is published, and
/// knows how the figures hang together: that the whole is the sum of its groups, how shares and amounts are computed. For every
/// count that was never published there must still be at least two values it may have. The adversary guesses whole histories of
/// figures and keeps those that lead to exactly the same publications.</summary>
public sealed class SolverTests
{
    private const int Contracts = 300;
    private const int ContractsWhenLong = 10_000;
    private const int Most = 12;
    private const int EnumeratedMax = 20_000;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("IOP_LONG") == "1";

    [Fact]
    public void Every_withheld_count_has_at_least_two_solutions()
    {
        var (random, checkedCounts, corrections) = (new Random(20260302), 0, 0);
        for (var at = 0; at < (IsLong ? ContractsWhenLong : Contracts); at++)
        {
            var history = History.Random(random);
            corrections += history.Events.Count - history.Events.DistinctBy(one => one.Period).Count();
            checkedCounts += Check(history, at);
        }
        Assert.True(checkedCounts > 200, $"Only {checkedCounts} withheld counts were attacked.");
        Assert.True(corrections > 50, $"Only {corrections} corrections were published.");
    }

    /// <summary>The solver finds what there is to find: where small counts alone are struck out beside their sum, it
    /// solves.</summary>
    [Fact]
    public void The_solver_solves_what_is_published_carelessly()
    {
        var history = new History(2, [new Event(0, [3, 9], [0, 7])], TellsTheWhole: true);
        Assert.False(HasAnother(history, Careless, new Cell(0, 0, 0), [new Cell(0, 0, 0), new Cell(0, 0, 1)]));
        Assert.True(HasAnother(history, Seen, new Cell(0, 0, 0), history.Unknown()));

        static string Careless(History history) => string.Join('|', history.Events.Select(one =>
            $"{one.Took.Sum()} {string.Join(' ', one.Took.Select(count => count < 5 ? "?" : $"{count}"))}"));
    }

    private static int Check(History history, int number)
    {
        var unknown = history.Unknown();
        foreach (var cell in unknown)
            Assert.True(HasAnother(history, Seen, cell, unknown),
                $"Contract {number}: {cell} can only be {history[cell]}.\n{history}");
        foreach (var cell in history.Published().SelectMany(release => release.Figures)
            .Where(one => one is { Kind: FigureKind.Count, Value: not null })
            .GroupBy(one => (one.Period, one.Group, one.Measure), one => int.Parse(one.Value!, CultureInfo.InvariantCulture)))
        {
            var said = cell.Distinct().ToList();
            Assert.True(said.TrueForAll(one => said.TrueForAll(other => one == other || Math.Abs(one - other) >= 5)),
                $"Contract {number}: {cell.Key} was published as {string.Join(", then ", said)}.");
        }
        return unknown.Count;
    }

    /// <summary>The truth is one solution; this finds a second one in which the cell has another value.</summary>
    private static bool HasAnother(History truth, Func<History, string> publish, Cell cell, IReadOnlyList<Cell> unknown)
    {
        var seen = publish(truth);
        var values = Enumerable.Range(0, Most + 1).Where(value => value != truth[cell]).ToList();
        if (values.Exists(value => Solves(truth.With(cell, value)))) return true;
        foreach (var other in unknown.Where(other => other != cell))
        {
            if (values.Exists(value => Enumerable.Range(0, Most + 1)
                .Any(guess => Solves(truth.With(cell, value).With(other, guess))))) return true;
        }
        // Which of two groups goes along hangs on both: three counts of one measurement may have to change together.
        var beside = unknown.Where(other => other != cell && other.Event == cell.Event).ToList();
        foreach (var (first, second) in beside.SelectMany((one, at) => beside.Skip(at + 1).Select(two => (one, two))))
        {
            if (values.Exists(value => Enumerable.Range(0, Most + 1).Any(guess => Enumerable.Range(0, Most + 1)
                .Any(other => Solves(truth.With(cell, value).With(first, guess).With(second, other)))))) return true;
        }
        return Math.Pow(Most + 1, unknown.Count) <= EnumeratedMax && Enumerated(truth, 0);

        bool Solves(History guess) => guess.IsPossible && publish(guess) == seen;

        bool Enumerated(History guess, int at) => at == unknown.Count
            ? guess[cell] != truth[cell] && Solves(guess)
            : Enumerable.Range(0, Most + 1).Any(value => Enumerated(guess.With(unknown[at], value), at + 1));
    }

    private static string Seen(History history) => JsonSerializer.Serialize(
        history.Published().Select(one => new { one.Figures, one.Totals, one.Amounts }));

    private readonly record struct Cell(int Event, int Group, int Field);

    /// <summary>A verified measurement: how many of each group took part, and how many of them succeeded.</summary>
    private sealed record Event(int Period, IReadOnlyList<int> Took, IReadOnlyList<int> Succeeded);

    /// <summary>All measurements of a contract as they were verified one after the other; corrections among them.</summary>
    private sealed record History(int Groups, IReadOnlyList<Event> Events, bool TellsTheWhole)
    {
        private static readonly string[] Periods = ["p0", "p1", "p2"];

        /// <summary>Nobody succeeds who did not take part.</summary>
        public bool IsPossible => Events.All(one => one.Took.Zip(one.Succeeded).All(both => both.Second <= both.First));

        public int this[Cell cell] => (cell.Field == 0 ? Events[cell.Event].Took : Events[cell.Event].Succeeded)[cell.Group];

        public static History Random(Random random)
        {
            var groups = random.Next(1, 4);
            var periods = random.Next(1, 4);
            var events = Enumerable.Range(0, periods).Select(period => Measured(random, period, groups)).ToList();
            for (var corrections = random.Next(0, 3); corrections > 0; corrections--)
            {
                var corrected = events[random.Next(events.Count)];
                events.Add(random.Next(2) == 0
                    ? Measured(random, corrected.Period, groups)
                    : corrected with { Took = [.. corrected.Took.Select((one, at) =>
                        Math.Clamp(one + random.Next(-2, 3), corrected.Succeeded[at], Most))] });
            }
            return new History(groups, events, random.Next(2) == 0);
        }

        private static Event Measured(Random random, int period, int groups)
        {
            var took = Enumerable.Range(0, groups).Select(_ => random.Next(3) == 0 ? random.Next(0, 5) : random.Next(5, Most + 1))
                .ToList();
            return new Event(period, took, [.. took.Select(one => random.Next(0, one + 1))]);
        }

        public History With(Cell cell, int value)
        {
            var changed = Events.ToList();
            var one = changed[cell.Event];
            var values = (cell.Field == 0 ? one.Took : one.Succeeded).ToList();
            values[cell.Group] = value;
            changed[cell.Event] = cell.Field == 0 ? one with { Took = values } : one with { Succeeded = values };
            return this with { Events = changed };
        }

        /// <summary>Each release, after each measurement.</summary>
        public IReadOnlyList<Publication> Published()
        {
            var (releases, known, last) = (new List<Publication>(), new Dictionary<int, Event>(), Publication.Nothing);
            foreach (var one in Events)
            {
                known[one.Period] = one;
                last = Suppression.Of(Periods, [.. known.Values.OrderBy(now => now.Period).SelectMany(Figures)],
                    [.. Amounts(known)], last);
                releases.Add(last);
            }
            return releases;
        }

        /// <summary>Counts that no release has shown while they held.</summary>
        public IReadOnlyList<Cell> Unknown()
        {
            var releases = Published();
            return
            [
                .. from at in Enumerable.Range(0, Events.Count)
                   let replaced = Enumerable.Range(at + 1, Events.Count - at - 1)
                       .FirstOrDefault(later => Events[later].Period == Events[at].Period, Events.Count)
                   from @group in Enumerable.Range(0, Groups)
                   from field in Enumerable.Range(0, 2)
                   where !Enumerable.Range(at, replaced - at).Any(release => releases[release].Figures.Any(one =>
                       one.Period == Periods[Events[at].Period] && one.Group == $"g{@group}"
                       && one.Measure == (field == 0 ? "took" : "succeeded") && one.Value is not null))
                   select new Cell(at, @group, field),
            ];
        }

        private IEnumerable<SheetFigure> Figures(Event one)
        {
            var period = Periods[one.Period];
            for (var at = 0; at < Groups; at++)
            {
                yield return new SheetFigure(period, "groups", $"g{at}", "took", FigureKind.Count, $"{one.Took[at]}");
                yield return new SheetFigure(period, "groups", $"g{at}", "succeeded", FigureKind.Count, $"{one.Succeeded[at]}");
                yield return new SheetFigure(period, "groups", $"g{at}", "share", FigureKind.Ratio,
                    Share(one.Succeeded[at], one.Took[at]));
            }
            if (!TellsTheWhole) yield break;
            yield return new SheetFigure(period, "", "", "took", FigureKind.Count, $"{one.Took.Sum()}");
            yield return new SheetFigure(period, "", "", "share", FigureKind.Ratio, Share(one.Succeeded.Sum(), one.Took.Sum()));
        }

        private static string Share(int part, int whole) =>
            whole == 0 ? "0" : Math.Round(100m * part / whole, 1).ToString(CultureInfo.InvariantCulture);

        /// <summary>So much for each who succeeded, so far.</summary>
        private static IEnumerable<SheetAmount> Amounts(Dictionary<int, Event> known) => known.Values.OrderBy(one => one.Period)
            .Select(one => new SheetAmount(Periods[one.Period],
                $"{10_000 * known.Values.Where(so => so.Period <= one.Period).Sum(so => so.Succeeded.Sum())}.00"));

        public override string ToString() => string.Join('\n',
            Events.Select(one => $"{Periods[one.Period]}: {string.Join(' ', one.Took)} / {string.Join(' ', one.Succeeded)}"));
    }
}
