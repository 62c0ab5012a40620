using System.Collections.Concurrent;
using Iop.Platform.Time;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.Platform.Trial;

/// <summary>Does what it was asked, after failing as often as it was asked to; every failure comes after its effect was
/// written.</summary>
public sealed class DoWhenAsked(TrialDb db, Attempts attempts) : IConsumer<Asked>
{
    public const string Queue = "trial.do-when-asked";

    public async Task Consume(ConsumeContext<Asked> context)
    {
        var (message, cancel) = (context.Message, context.CancellationToken);
        await db.Database.ExecuteSqlAsync($"INSERT INTO effect (what, subject_id) VALUES ('asked', {message.Subject})", cancel);
        if (attempts.Count(message.Subject) <= message.Failures) throw new InvalidOperationException("Not yet.");
    }
}

/// <summary>Keeps the newest it has heard, and counts what it took in.</summary>
public sealed class KeepNewestWhenAsked(TrialDb db) : IConsumer<Asked>
{
    public const string Queue = "trial.keep-newest-when-asked";

    public async Task Consume(ConsumeContext<Asked> context)
    {
        var (message, cancel) = (context.Message, context.CancellationToken);
        if (await db.HasHeard(Queue, message.Subject, message.Sequence, cancel)) return;
        var what = $"newest {message.Sequence}";
        await db.Database.ExecuteSqlAsync($"INSERT INTO effect (what, subject_id) VALUES ({what}, {message.Subject})", cancel);
    }
}

/// <summary>How often each subject has been tried; the only thing here that outlives a rolled-back transaction.</summary>
public sealed class Attempts
{
    private readonly ConcurrentDictionary<Guid, int> _made = [];

    public int Count(Guid subject) => _made.AddOrUpdate(subject, 1, (_, made) => made + 1);

    public int Made(Guid subject) => _made.GetValueOrDefault(subject);
}

/// <summary>Writes that it rang; the subject that is all noughts but the last always fails.</summary>
public sealed class WriteWhenItRings(TrialDb db) : ITimerRings
{
    public const string Kind = "bell";

    public static readonly Guid Broken = Guid.Parse("00000000-0000-0000-0000-000000000001");

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"INSERT INTO effect (what, subject_id) VALUES ('rang', {subject})", cancel);
        if (subject == Broken) throw new InvalidOperationException("The bell is broken.");
    }
}
