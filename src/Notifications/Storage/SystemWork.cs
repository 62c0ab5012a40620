using Iop.Platform.Storage;

namespace Iop.Notifications.Storage;

/// <summary>Work that no organisation asked for, in a scope and a transaction of its own.</summary>
internal sealed class SystemWork(IServiceScopeFactory scopes)
{
    public async Task<TResult> InTransaction<TResult>(Func<IServiceProvider, Task<TResult>> work, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Acting>().AsSystem();
        await using var transaction =
            await scope.ServiceProvider.GetRequiredService<NotificationsDb>().Database.BeginTransactionAsync(cancel);
        var result = await work(scope.ServiceProvider);
        await transaction.CommitAsync(cancel);
        return result;
    }
}
