using System.Diagnostics;
using Iop.Identity.Proving;
using Iop.Kernel;
using Iop.TestKit;
using Microsoft.Extensions.Configuration;

namespace Iop.Identity.Tests;

/// <summary>Passwords hashed with as many rounds as in operation.</summary>
public sealed class HashTests(AsInOperation world) : IClassFixture<AsInOperation>
{
    [Fact]
    public async Task Whether_an_address_is_known_cannot_be_told_by_the_time_it_takes()
    {
        var person = await world.Colleague(Roles.Reader);
        var (known, unknown) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var attempt = 0; attempt < 7; attempt++)
        {
            using var browser = new Browser(world) { Address = $"203.0.113.{attempt + 1}" };
            var request = await browser.Request();
            known.Add(await Timed(() => browser.Fill(request, person.Email, "not the password", "000000")));
            var nobody = $"{Guid.NewGuid():N}@vårby.example";
            unknown.Add(await Timed(() => browser.Fill(request, nobody, "not the password", "000000")));
        }
        var ratio = Median(known) / Median(unknown);
        Assert.InRange(ratio, 0.4, 2.5); // without the hash for nobody it is a tenth
    }

    private static double Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2).TotalMilliseconds;

    private static async Task<TimeSpan> Timed(Func<Task> act)
    {
        var began = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(began);
    }

    [Theory]
    [InlineData("Production", 209_999, false)]
    [InlineData("Staging", 209_999, false)]
    [InlineData("Production", 210_000, true)]
    [InlineData("Production", 600_000, true)]
    [InlineData("Development", 1_000, true)]
    public void Only_where_things_are_tried_out_is_a_hash_cheap(string environment, int rounds, bool may)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Passwords:Rounds", $"{rounds}")]).Build();
        var refused = Record.Exception(() => new Passwords(settings, new Named(environment)));
        Assert.Equal(may, refused is null);
    }
}

/// <summary>Where the hash of a password takes its time.</summary>
public sealed class AsInOperation(Servers servers) : IdentityWorld(servers)
{
    protected override string Rounds => "210000";
}
