using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Iop.Kernel;
using Npgsql;

namespace Iop.EndToEnd.Tests;

/// <summary>Services are killed, the broker is away, PostgreSQL drops its connections: nothing is lost, nothing happens
/// twice.</summary>
[Collection(Alone.Name)]
public sealed class DisturbanceTests(RunningSystem system)
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("IOP_LONG") is "1";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly (string Database, string Table)[] Listeners =
    [
        ("identity", "organisation"), ("agreements", "organisation"), ("follow_up", "organisation"),
        ("outcome_finance", "organisation"), ("notifications", "known_organisation"),
    ];
    private static readonly string[] Killed =
        ["registry", "agreements", "identity", "notifications", "outcome-finance", "follow-up"];

    [Fact]
    public async Task Killed_services_lose_nothing_and_do_nothing_twice()
    {
        var stop = TestContext.Current.CancellationToken;
        var numbers = Numbers(IsLong ? 120 : 12, series: 100);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var killing = KillAtRandom(IsLong ? 24 : 4, enough.Token);
        foreach (var number in numbers) await Register(number, stop);
        await killing;
        await system.UntilReady();
        await EverybodyKnows(numbers, stop);
    }

    [Fact]
    public async Task While_the_broker_is_away_people_notice_nothing_but_the_delay()
    {
        var stop = TestContext.Current.CancellationToken;
        var numbers = Numbers(3, series: 300);
        var broker = await system.ProcessOf("messaging");
        Backstage.Signal("STOP", broker);
        try
        {
            foreach (var number in numbers)
            {
                var started = Stopwatch.GetTimestamp();
                await Register(number, stop);
                Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), "somebody had to wait for the broker");
            }
            await Task.Delay(TimeSpan.FromSeconds(IsLong ? 60 : 5), stop);
        }
        finally
        {
            Backstage.Signal("CONT", broker);
        }
        await EverybodyKnows(numbers, stop);
    }

    [Fact]
    public async Task Services_recover_by_themselves_when_PostgreSQL_is_restarted()
    {
        var stop = TestContext.Current.CancellationToken;
        var server = await system.ProcessOf("postgres");
        Backstage.Signal("INT", server); // it drops every connection and ends
        await system.UntilStarted("postgres", server);
        var numbers = Numbers(2, series: 400);
        foreach (var number in numbers) await Register(number, stop);
        await EverybodyKnows(numbers, stop);
    }

    /// <summary>Test numbers of a series: group 8, 0, 9999, serial, check digit. A run against a system that stays up takes other
    /// serials.</summary>
    private static List<string> Numbers(int count, int series) =>
        [.. Enumerable.Range(series, count).Select(serial => string.Create(CultureInfo.InvariantCulture, $"809999{serial:000}"))
            .Select(nine => Enumerable.Range(0, 10).Select(digit => $"{nine}{digit}")
                .Single(ten => OrganisationNumber.TryParse(ten, out _) is null))];

    /// <summary>Registers as a careful client does: the same key until there is an answer.</summary>
    private async Task Register(string number, CancellationToken stop)
    {
        var body = new { number, name = $"Prövning {number}", kind = "idea-driven" };
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var request =
                    new HttpRequestMessage(HttpMethod.Post, "/registry/v1/organisations") { Content = JsonContent.Create(body) };
                request.Headers.Add("Cookie", await system.Browser.CookieOf("operator"));
                request.Headers.Add("Origin", system.Address.GetLeftPart(UriPartial.Authority));
                request.Headers.Add("Idempotency-Key", $"disturbed-{number}");
                using var answer = await system.Http.SendAsync(request, stop);
                if (answer.StatusCode is HttpStatusCode.Created) return;
                var text = await answer.Content.ReadAsStringAsync(stop);
                Assert.True((int)answer.StatusCode >= 500 || answer.StatusCode is HttpStatusCode.Conflict,
                    $"{answer.StatusCode}: {text}");
                if (answer.StatusCode is HttpStatusCode.Conflict
                    && Environment.GetEnvironmentVariable("IOP_E2E_PORT") is not null) return;
            }
            catch (Exception away) when (away is HttpRequestException or InvalidOperationException)
            {
                // The service, or Identity, is being started again.
            }
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"{number} could not be registered");
            await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
        }
    }

    private async Task KillAtRandom(int times, CancellationToken stop)
    {
        var random = new Random(20261122);
        for (var time = 0; time < times; time++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(300, 1_500)), stop);
            try
            {
                Backstage.Signal("KILL", await system.ProcessOf(Killed[random.Next(Killed.Length)]));
            }
            catch (InvalidOperationException)
            {
                // It is just being started again.
            }
        }
    }

    /// <summary>One organisation of each number in the register, and in every listener each message's effect, once.</summary>
    private async Task EverybodyKnows(List<string> numbers, CancellationToken stop)
    {
        await using var registry = await Backstage.Database(system, "registry", stop);
        var ids = new List<Guid>();
        await using (var select =
            new NpgsqlCommand("SELECT organisation_id FROM organisation WHERE number = ANY($1)",
                registry) { Parameters = { new() { Value = numbers.ToArray() } } })
        {
            await using var reader = await select.ExecuteReaderAsync(stop);
            while (await reader.ReadAsync(stop)) ids.Add(reader.GetGuid(0));
        }
        Assert.Equal(numbers.Count, ids.Count);
        foreach (var (listener, table) in Listeners)
        {
            await using var database = await Backstage.Database(system, listener, stop);
            var started = Stopwatch.GetTimestamp();
            while (true)
            {
                await using var count =
                    new NpgsqlCommand($"SELECT count(*) FROM {table} WHERE organisation_id = ANY($1)",
                        database) { Parameters = { new() { Value = ids.ToArray() } } };
                var known = (long)(await count.ExecuteScalarAsync(stop))!;
                if (known == ids.Count) break;
                Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"{listener} knows {known} of {ids.Count}");
                await Task.Delay(TimeSpan.FromMilliseconds(300), stop);
            }
        }
    }
}
