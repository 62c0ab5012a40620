using Iop.Platform.Storage;
using Iop.Platform.Trial;
using Iop.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Platform.Tests;

public sealed class TimerTests(TrialWorld world) : IClassFixture<TrialWorld>
{
    [Fact]
    public async Task Timers_ring_when_their_time_comes_once_however_many_replicas_and_in_spite_of_a_broken_one()
    {
        using var replica = world.AnotherReplica();
        var due = world.Clock.GetUtcNow().AddHours(1);
        var subjects = Enumerable.Range(0, 40).Select(_ => Guid.NewGuid()).ToList();
        await Set(due, [WriteWhenItRings.Broken, .. subjects, .. subjects]); // set twice is one timer
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.Equal(0, await Rung());

        world.Clock.Advance(TimeSpan.FromHours(1));
        await Eventually.Holds("all have rung", async () => await Rung() == subjects.Count);
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.Equal(subjects.Count, await Rung());
        Assert.Equal(0, await world.Effects("rang", WriteWhenItRings.Broken)); // what it wrote before it broke is undone
        Assert.True(await world.Scalar<int>("SELECT attempts FROM timer WHERE subject_id = $1", WriteWhenItRings.Broken) > 0);
    }

    private Task<long> Rung() => world.Scalar<long>("SELECT count(*) FROM effect WHERE what = 'rang'");

    private async Task Set(DateTimeOffset due, IReadOnlyList<Guid> subjects)
    {
        await using var scope = world.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Acting>().AsSystem();
        var db = scope.ServiceProvider.GetRequiredService<TrialDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var subject in subjects) await db.Schedule(WriteWhenItRings.Kind, subject, due, CancellationToken.None);
        await transaction.CommitAsync();
    }
}
