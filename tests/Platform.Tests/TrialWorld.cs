using System.Net;
using Iop.Contracts;
using Iop.Kernel;
using Iop.Migrations;
using Iop.Platform.Identity;
using Iop.Platform.Trial;
using Iop.TestKit;

[assembly: AssemblyFixture(typeof(Servers))]

namespace Iop.Platform.Tests;

/// <summary>The trial service, with its own scripts and queues.</summary>
public class TrialWorld(Servers servers) : ServiceHost<Program>(servers, "trial")
{
    public static Service Trial { get; } = new("trial", "Trial");

    public static IReadOnlyList<Script> Scripts { get; } = Script.With(Trial, ("001_trial.sql", OwnSql()));

    public async Task<Reply> Written(Caller by, string text = "hej", Guid? partnership = null) =>
        (await As(by).Create("/trial/v1/notes", new { partnershipId = partnership ?? Guid.NewGuid(), text }))
            .Is(HttpStatusCode.Created);

    public static Caller Officer() => Callers.Of(Guid.NewGuid(), Roles.Officer);

    public Task<long> Effects(string what, Guid subject) =>
        Scalar<long>("SELECT count(*) FROM effect WHERE what = $1 AND subject_id = $2", what, subject);

    protected override DatabaseTemplate Template => ServiceDatabase.Template(Trial, Scripts);

    protected override IReadOnlyList<Subscription> Subscriptions { get; } =
    [
        new(DoWhenAsked.Queue, typeof(Asked)),
        new(KeepNewestWhenAsked.Queue, typeof(Asked)),
        new("elsewhere.listen-when-note-written", typeof(NoteWritten)),
    ];

    private static string OwnSql()
    {
        using var reader = new StreamReader(typeof(TrialDb).Assembly.GetManifestResourceStream("trial.sql")!);
        return reader.ReadToEnd();
    }
}

/// <summary>The same, where all requests share one connection.</summary>
public sealed class PoolOfOne(Servers servers) : TrialWorld(servers)
{
    protected override int ConnectionsMax => 1;
}
