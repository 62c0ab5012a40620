using Iop.Agreements.Domain.History;

namespace Iop.Domain.Tests.Agreements;

/// <summary>What a history comes to when it is played.</summary>
public sealed class ReplayTests
{
    [Fact]
    public void What_was_added_changed_and_removed_leaves_what_is_there()
    {
        var things = Replay.Of(
        [
            Step("section", "goals", DeedKind.Added, ("text", "Mål")),
            Step("contribution", "a", DeedKind.Added, ("kind", "money"), ("orePerYear", "100")),
            Step("section", "goals", DeedKind.Changed, ("text", "Nya mål")),
            Step("contribution", "b", DeedKind.Added, ("kind", "trust")),
            Step("contribution", "a", DeedKind.Changed, ("orePerYear", null)),
            Step("contribution", "b", DeedKind.Removed, ("kind", null)),
        ]);
        Assert.Equal(["section goals", "contribution a"], things.Select(thing => $"{thing.Kind} {thing.Subject}"));
        Assert.Equal("Nya mål", things[0]["text"]);
        Assert.Equal("money", things[1]["kind"]);
        Assert.Null(things[1]["orePerYear"]);
    }

    [Fact]
    public void A_section_whose_first_words_are_a_change_is_there_too() =>
        Assert.Equal("Ord", Assert.Single(Replay.Of([Step("section", "goals", DeedKind.Changed, ("text", "Ord"))]))["text"]);

    /// <summary>Any history, replayed up to any point, is the history of a simpler keeper that copies everything.</summary>
    [Fact]
    public void Any_history_comes_to_what_a_copy_of_everything_would_hold()
    {
        var random = new Random(20260302);
        for (var round = 0; round < 200; round++)
        {
            var steps = new List<ChangeStep>();
            var kept = new SortedDictionary<string, SortedDictionary<string, string>>(StringComparer.Ordinal);
            for (var at = 0; at < 40; at++)
            {
                var subject = $"{random.Next(4)}";
                if (kept.ContainsKey(subject) && random.Next(4) == 0)
                {
                    steps.Add(Step("thing", subject, DeedKind.Removed));
                    kept.Remove(subject);
                    continue;
                }
                var (field, value) = ($"f{random.Next(3)}", random.Next(3) == 0 ? null : $"{random.Next(99)}");
                var deed = kept.ContainsKey(subject) ? DeedKind.Changed : DeedKind.Added;
                steps.Add(Step("thing", subject, deed, (field, value)));
                if (!kept.TryGetValue(subject, out var fields)) kept[subject] = fields = new(StringComparer.Ordinal);
                if (value is null) fields.Remove(field);
                else fields[field] = value;
            }
            Assert.Equal(
                kept.Select(thing => $"{thing.Key}:{string.Join(',', thing.Value)}"),
                Replay.Of(steps).OrderBy(thing => thing.Subject, StringComparer.Ordinal)
                    .Select(thing =>
                        $"{thing.Subject}:{string.Join(',', thing.Fields.OrderBy(pair => pair.Key, StringComparer.Ordinal))}"));
        }
    }

    private static ChangeStep Step(string kind, string subject, DeedKind deed, params (string Field, string? Value)[] fields) =>
        new(kind, subject, deed, fields.ToDictionary(field => field.Field, field => field.Value, StringComparer.Ordinal));
}
