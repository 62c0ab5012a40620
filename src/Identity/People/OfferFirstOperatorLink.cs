using Iop.Identity.Domain;
using Iop.Identity.SigningIn;
using Iop.Kernel;
using Iop.Platform.Storage;
using Npgsql;

namespace Iop.Identity.People;

/// <summary>At start, as long as there is no operator: makes a one-time link to become the first one (första start). It is
/// logged once and written to the file named by <c>Identity:OneTimeLinkFile</c>; only its hash is stored. Every replica offers
/// one; the first used ends all.</summary>
internal sealed class OfferFirstOperatorLink(
    Logins logins, IConfiguration configuration, TimeProvider clock, ILogger<OfferFirstOperatorLink> log) : IHostedService
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var any = logins.System.CreateCommand("SELECT EXISTS (SELECT FROM membership WHERE $1 = ANY (roles))");
        any.Parameters.Add(new NpgsqlParameter { Value = Roles.Operator });
        if (await any.ExecuteScalarAsync(cancellationToken) is true) return;
        var token = Random256.NewText();
        await using var keep = logins.System.CreateCommand(
            "INSERT INTO one_time_link (token_hash, person_id, expires_at) VALUES ($1, NULL, $2)");
        keep.Parameters.Add(new NpgsqlParameter { Value = Random256.HashOf(token) });
        // Counted from the later of both clocks: a demonstration's clock may stand far in the past and be moved.
        var systemNow = TimeProvider.System.GetUtcNow();
        var from = clock.GetUtcNow() > systemNow ? clock.GetUtcNow() : systemNow;
        keep.Parameters.Add(new NpgsqlParameter { Value = from + Lifetime });
        await keep.ExecuteNonQueryAsync(cancellationToken);
        var link = $"{configuration["PublicBaseUrl"]?.TrimEnd('/')}/forsta-start?token={token}";
        log.LogWarning("There is no operator yet. Become the first one, once, within {Days} days: {Link}", Lifetime.Days, link);
        if (configuration["Identity:OneTimeLinkFile"] is { Length: > 0 } file) await WriteForOwner(file, link, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task WriteForOwner(string file, string link, CancellationToken cancel)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var stream = new FileStream(file, options);
        await using var writer = new StreamWriter(stream);
        await writer.WriteLineAsync(link.AsMemory(), cancel);
    }
}
