using System.Globalization;
using Iop.Kernel;
using Iop.Registry.Domain;

namespace Iop.Domain.Tests.Registry;

/// <summary>On which day somebody is asked whether an entry is still right: once a year, and never of what is over, made up or
/// followed here.</summary>
public sealed class YearlyQuestionTests
{
    private static readonly DateOnly Said = new(2025, 3, 2);

    [Theory]
    [InlineData("2026-03-01", false)] // the day before
    [InlineData("2026-03-02", true)]
    [InlineData("2026-03-03", true)]  // when nobody rang on the day itself
    [InlineData("2027-06-01", true)]
    public void Asked_when_a_year_has_gone(string today, bool asked) =>
        Assert.Equal(asked, Entry().Ask(DateOnly.Parse(today, CultureInfo.InvariantCulture)));

    [Fact]
    public void Asked_once_a_year_until_somebody_answers()
    {
        var entry = Entry();
        Assert.True(entry.Ask(new DateOnly(2026, 3, 2)));
        Assert.False(entry.Ask(new DateOnly(2026, 3, 2)));
        Assert.False(entry.Ask(new DateOnly(2027, 3, 1)));
        Assert.True(entry.Ask(new DateOnly(2027, 3, 2)));
        entry.Confirm(new DateOnly(2027, 5, 1));
        Assert.True(entry.NeedNotAnswer());
        Assert.False(entry.NeedNotAnswer());
        Assert.False(entry.Ask(new DateOnly(2028, 4, 30)));
        Assert.True(entry.Ask(new DateOnly(2028, 5, 1)));
    }

    [Fact]
    public void Its_day_comes_though_nothing_else_changes()
    {
        var entry = Entry();
        Assert.Equal(new DateOnly(2026, 3, 2), entry.NextChangeOn);
        entry.Settle(new DateOnly(2026, 3, 2));
        Assert.Equal(new DateOnly(2026, 4, 3), entry.NextChangeOn); // presumed from then on
        entry.Settle(new DateOnly(2026, 4, 3));
        Assert.Equal(new DateOnly(2027, 3, 2), entry.NextChangeOn);
    }

    [Fact]
    public void What_was_said_on_a_leap_day_is_asked_about_on_the_last_of_February()
    {
        var entry = Entry(said: new DateOnly(2024, 2, 29));
        Assert.False(entry.Ask(new DateOnly(2025, 2, 27)));
        Assert.True(entry.Ask(new DateOnly(2025, 2, 28)));
        Assert.True(entry.Ask(new DateOnly(2028, 2, 29)));
    }

    [Fact]
    public void Nobody_is_asked_of_what_is_over_or_made_up_or_has_not_begun()
    {
        Assert.False(Entry(endsOn: new DateOnly(2026, 3, 1)).Ask(new DateOnly(2026, 3, 2)));
        Assert.True(Entry(endsOn: new DateOnly(2026, 3, 2)).Ask(new DateOnly(2026, 3, 2))); // its last day
        Assert.False(Entry(startsOn: new DateOnly(2026, 3, 3)).Ask(new DateOnly(2026, 3, 2)));
        Assert.False(Entry(synthetic: true).Ask(new DateOnly(2026, 3, 2)));
    }

    private static Entry Entry(
        DateOnly? said = null, DateOnly? startsOn = null, DateOnly? endsOn = null, bool synthetic = false) =>
        Iop.Registry.Domain.Entry.Write(new EntryId(Guid.CreateVersion7()),
            new EntryWords("Jour", [new PartyWords("Mora kommun", OrganisationKind.Public)],
                StartsOn: startsOn ?? new(2020, 1, 1), EndsOn: endsOn, OpenEnded: endsOn is null),
            new EntrySource(Iop.Registry.Domain.Entry.EnteredByHand, null, "", [new OrganisationId(Guid.NewGuid())],
                Synthetic: synthetic, ConfirmedOn: said ?? Said), said ?? Said, DateTimeOffset.UnixEpoch);
}
