using System.Net;
using Iop.Kernel;
using Iop.Registry.OpenData;
using Iop.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Iop.Registry.Tests;

/// <summary>Pages that tell of what takes its time or was kept long ago.</summary>
public sealed class ImportPageTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    [Fact]
    public async Task A_long_list_shows_how_far_it_has_come_until_it_is_in_the_register()
    {
        var caller = Callers.Of(Guid.NewGuid(), Roles.Operator);
        var keeper = world.As(caller);
        using var own = new PagesOverTheRegister(world, caller);
        var read = (await ImportTests.Upload(keeper, ListLimitTests.Rows(2_500))).Is(HttpStatusCode.Created);
        var page = $"/register/las-in/{read.Id}";
        Assert.Contains("2 500 rader", Plain(await own.Get(page)), StringComparison.Ordinal);
        Assert.Null(await own.RefreshOf(page));

        await using (var held = new NpgsqlConnection(world.Database.ConnectionString))
        {
            await held.OpenAsync();
            await using (var hold = new NpgsqlCommand("SELECT pg_advisory_lock(7100)", held)) await hold.ExecuteNonQueryAsync();
            (await keeper.Act($"{read.Location}/confirmation", read.Tag)).Is(HttpStatusCode.OK);
            await Eventually.Holds("the page says that all rows are done and that it waits", async () =>
                Plain(await own.Get(page)).Contains("2 500 av 2 500 rader är klara", StringComparison.Ordinal),
                TimeSpan.FromMinutes(1));
            Assert.Contains("<progress", await own.Get(page), StringComparison.Ordinal);
            Assert.Equal($"3; url={page}", await own.RefreshOf(page));
            Assert.Null(await own.RefreshOf(page + "?stilla=ja"));
            await using (var free = new NpgsqlCommand("SELECT pg_advisory_unlock(7100)", held)) await free.ExecuteNonQueryAsync();
        }
        await Eventually.Holds("the list is in the register", async () =>
            (await own.Get(page)).Contains("Listan är införd i registret.", StringComparison.Ordinal), TimeSpan.FromMinutes(1));
        Assert.Null(await own.RefreshOf(page));
    }

    [Fact]
    public async Task What_was_kept_of_a_day_can_be_fetched_from_a_page()
    {
        using var pages = new PagesOverTheRegister(world);
        await world.Services.GetServices<IHostedService>().OfType<TakeSnapshot>().Single().Once(CancellationToken.None);
        var page = await pages.Get("/oppna-data");
        foreach (var name in new[] { "entries.csv", "parties.csv", "statistics.json" })
            Assert.Contains($"href=\"/registry/v1/snapshots/2026-03-02/{name}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_map_has_the_outlines_of_all_21_counties_and_says_who_drew_them()
    {
        using var pages = new PagesOverTheRegister(world);
        var page = await pages.Get("/register/karta");
        Assert.Equal(21, page.Split("<path class=\"tile").Length - 1);
        Assert.Contains("CC BY 4.0", page, StringComparison.Ordinal);
    }

    private static string Plain(string page) => page.Replace('\u00A0', ' ').Replace("&#xA0;", " ", StringComparison.Ordinal);
}
