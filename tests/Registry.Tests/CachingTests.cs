using System.Net;
using Iop.Registry.Statistics;
using Iop.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Iop.Registry.Tests;

/// <summary>What has not changed is neither sent nor counted again: lists, figures and tables that everybody may read have a tag
/// of the register's state.</summary>
public sealed class CachingTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    private const string Api = "/registry/v1/";

    [Theory]
    [InlineData("entries")]
    [InlineData("entries?q=Oförändrat&facets=true")]
    [InlineData("entries/csv?area=health")]
    [InlineData("entries/parties/csv")]
    [InlineData("statistics")]
    [InlineData("statistics?on=2024-12-31")]
    [InlineData("statistics/csv")]
    [InlineData("statistics/definitions")]
    [InlineData("figures")]
    [InlineData("organisations")]
    [InlineData("coverage")]
    [InlineData("areas")]
    [InlineData("counties")]
    [InlineData("municipalities?county=20")]
    public async Task A_list_is_sent_once_until_the_register_changes(string path)
    {
        var first = (await world.Anonymous.Get(Api + path)).Is(HttpStatusCode.OK);
        Assert.Equal("public, no-cache", first.Message.Headers.CacheControl?.ToString());
        var again = await AskAgain(path, first.Tag!);
        Assert.Equal((HttpStatusCode.NotModified, "", first.Tag), (again.Status, again.Text, again.Tag));
        Assert.Equal(HttpStatusCode.NotModified, (await AskAgain(path, $"\"annat\", W/{first.Tag}")).Status);

        await Enter();
        var changed = (await AskAgain(path, first.Tag!)).Is(HttpStatusCode.OK);
        Assert.NotEqual(first.Tag, changed.Tag);
    }

    [Fact]
    public async Task Another_question_another_language_and_another_day_have_tags_of_their_own()
    {
        var tags = new List<string?>
        {
            (await world.Anonymous.Get(Api + "statistics")).Tag,
            (await world.Anonymous.Get(Api + "statistics?on=2020-12-31")).Tag,
            (await world.As(Callers.Of(Guid.NewGuid()), "en").Get(Api + "statistics")).Tag,
        };
        world.Clock.Advance(TimeSpan.FromDays(1));
        tags.Add((await world.Anonymous.Get(Api + "statistics")).Tag);
        Assert.Equal(4, tags.Distinct(StringComparer.Ordinal).Count());
        Assert.All(tags, Assert.NotNull);
    }

    [Fact]
    public async Task A_refusal_has_no_tag_and_is_not_kept()
    {
        var refused = (await world.Anonymous.Get(Api + "entries?area=sport"))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Null(refused.Tag);
        Assert.True(refused.Message.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task To_say_that_nothing_has_changed_nothing_is_searched()
    {
        await Enter();
        var first = (await world.Anonymous.Get(Api + "entries?q=Oförändrat&facets=true")).Is(HttpStatusCode.OK);
        await using var held = await HoldTheRegister();
        Assert.Equal(HttpStatusCode.NotModified,
            (await AskAgain("entries?q=Oförändrat&facets=true", first.Tag!).WaitAsync(TimeSpan.FromSeconds(10))).Status);
    }

    /// <summary>However large the register is: the figures are kept for its state, and shown from there.</summary>
    [Fact]
    public async Task Todays_figures_and_those_of_every_years_end_are_shown_without_reading_the_register()
    {
        await Enter();
        var ahead = world.Services.GetServices<IHostedService>().OfType<CountAhead>().Single();
        await Eventually.Holds("today and sixteen years' ends are counted", async () =>
        {
            await ahead.Once(CancellationToken.None);
            return await world.Scalar<long>("""
                SELECT count(*) FROM counted_figures WHERE changes = (SELECT sum(changes) FROM register_change)
                """) >= 17;
        });
        await using var held = await HoldTheRegister();
        foreach (var path in new[] { "statistics", "statistics/csv", "statistics?on=2010-12-31", "statistics?on=2025-12-31" })
            (await world.Anonymous.Get(Api + path).WaitAsync(TimeSpan.FromSeconds(10))).Is(HttpStatusCode.OK);
    }

    /// <summary>Whoever reads an entry now waits until this is let go.</summary>
    private async Task<NpgsqlConnection> HoldTheRegister()
    {
        var held = new NpgsqlConnection(world.Database.ConnectionString);
        await held.OpenAsync();
        await using var hold = held.CreateCommand();
        hold.CommandText = "BEGIN; LOCK TABLE entry, entry_agreement, entry_party, entry_resource IN ACCESS EXCLUSIVE MODE";
        await hold.ExecuteNonQueryAsync();
        return held;
    }

    private Task<Reply> AskAgain(string path, string known) =>
        world.Anonymous.Send(HttpMethod.Get, Api + path, null, ("If-None-Match", known));

    private async Task Enter() => (await world.Operator.Create(Api + "entries", new
    {
        title = "Oförändrat", area = "health", startYear = 2019,
        parties = new[] { new { name = "Någon förening", kind = "idea-driven" } },
    })).Is(HttpStatusCode.Created);
}
