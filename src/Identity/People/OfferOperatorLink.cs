using System.Text.Json;
using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.Recovery;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.People;

/// <summary>A one-time link to become an operator, for whoever has the machine: at start as long as no operator can come in
/// (första start), and whenever it is asked for there (vägen tillbaka). It is logged once and written to the file named by
/// <c>Identity:OneTimeLinkFile</c>; only its hash is stored. Asked for by a file beside that one, of the same name with
/// <c>.wanted</c> after it; then it stands in the operating organisation's audit trail, and every operator hears.</summary>
internal sealed class OfferOperatorLink(
    IServiceProvider services, IConfiguration configuration, TimeProvider clock, ILogger<OfferOperatorLink> log)
    : BackgroundService
{
    private const string Wanted = ".wanted";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);
    private static readonly TimeSpan AskedForLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(2);

    private string? File => configuration["Identity:OneTimeLinkFile"] is { Length: > 0 } file ? file : null;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anybody is served: who starts the first installation finds the link when it is ready. Every replica offers
        // one; the first used ends all.
        await AsSystem(
            async db => await Guardians.Of(db, OrganisationRef.Operating, Roles.Operator).AnyAsync(cancellationToken)
                ? null : Make(db, OneTimeLink.Invitation, Lifetime),
            "No operator can come in. Become one, once, by {Link}", cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (File is not { } file) return;
        using var tick = new PeriodicTimer(LooksEvery);
        do
        {
            try
            {
                if (IsWanted(file)) await OfferAskedFor(stoppingToken);
            }
            catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or DbUpdateException
                or Npgsql.NpgsqlException)
            {
                log.LogError(trouble, "The operator's link that is wanted could not be made; ask for it again");
            }
        }
        while (await tick.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Of several replicas with one folder, the one that takes the wish away fulfils it.</summary>
    private static bool IsWanted(string file)
    {
        if (!System.IO.File.Exists(file + Wanted)) return false;
        var taken = $"{file}.{Guid.NewGuid():N}";
        try
        {
            System.IO.File.Move(file + Wanted, taken);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        System.IO.File.Delete(taken);
        return true;
    }

    private Task OfferAskedFor(CancellationToken cancel) => AsSystem(
        async db =>
        {
            var now = clock.GetUtcNow();
            var present = await db.People.AsNoTracking().Where(person => db.Memberships.Any(
                one => one.PersonId == person.PersonId && one.OwnRoles.Contains(Roles.Operator))).ToListAsync(cancel);
            foreach (var person in present) AccountLinks.Tell(db, person, AccountLinks.OperatorLink, now);
            // By nobody who has signed in: whoever has the machine has no name here.
            db.AuditTrail.Add(new AuditEntry
            {
                EntryId = Guid.CreateVersion7(now), At = now, OrganisationId = OrganisationRef.Operating.Value,
                PersonId = Guid.Empty, Operation = nameof(OfferOperatorLink), SubjectId = OrganisationRef.Operating.Value,
                Changes = JsonSerializer.Serialize<string[]>(["added one_time_link"]),
            });
            return Make(db, OneTimeLink.Operator, AskedForLifetime);
        },
        "A link to become an operator was asked for on the machine: {Link}", cancel);

    /// <summary>Null when no link is made; else it is told once it is stored.</summary>
    private async Task AsSystem(Func<IdentityDb, Task<string?>> make, string said, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Acting>().AsSystem();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await make(db) is not { } token) return;
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        var link = $"{configuration["PublicBaseUrl"]?.TrimEnd('/')}/forsta-start?token={token}";
#pragma warning disable CA2254 // one of the two sentences above
        log.LogWarning(said, link);
#pragma warning restore CA2254
        if (File is { } file) await WriteForOwner(file, link, cancel);
    }

    private string Make(IdentityDb db, string purpose, TimeSpan lasts)
    {
        var token = Random256.NewText();
        // Counted from the later of both clocks: a demonstration's clock may stand far in the past and be moved.
        var systemNow = TimeProvider.System.GetUtcNow();
        var from = clock.GetUtcNow() > systemNow ? clock.GetUtcNow() : systemNow;
        db.OneTimeLinks.Add(new OneTimeLink
        {
            TokenHash = Random256.HashOf(token), Purpose = purpose, ExpiresAt = from + lasts,
        });
        return token;
    }

    private static async Task WriteForOwner(string file, string link, CancellationToken cancel)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var stream = new FileStream(file, options);
        await using var writer = new StreamWriter(stream);
        await writer.WriteLineAsync(link.AsMemory(), cancel);
    }
}
