using Iop.Platform.Identity;
using Npgsql;

namespace Iop.Platform.Storage;

/// <summary>The service's two logins: the application's, held by the policies, and the system's, for reactions and
/// timers.</summary>
public sealed record Logins(NpgsqlDataSource App, NpgsqlDataSource System) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await System.DisposeAsync();
    }
}

/// <summary>For whom this scope works: the caller of the request, or the system. Decides the login and what each transaction is
/// told.</summary>
public sealed class Acting
{
    public Caller Caller { get; private set; } = Caller.Anonymous;

    public bool IsSystem { get; private set; }

    public void As(Caller caller) => Caller = caller;

    public void AsSystem() => IsSystem = true;
}
