using Iop.Platform.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Platform.Messaging;

/// <summary>Carries one message to one reaction: its effect and the inbox row share a transaction, so twice is once. A failure is
/// tried again after short pauses in a scope of its own, then parked in a waiting queue, and in the end left to the error
/// queue.</summary>
internal sealed class Delivery<TMessage, TReaction>(
    string queue, IServiceScopeFactory scopes, Waiting waiting, TimeProvider clock)
    where TMessage : class
    where TReaction : class, IConsumer<TMessage>
{
    private static readonly TimeSpan[] ShortPauses = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(400)];

    public async Task Deliver(ConsumeContext<TMessage> context)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await Once(context);
                return;
            }
            catch (Exception trouble) when (trouble is not OperationCanceledException
                || !context.CancellationToken.IsCancellationRequested)
            {
                if (attempt < ShortPauses.Length) await Task.Delay(ShortPauses[attempt], context.CancellationToken);
                else if (await waiting.Park(queue, context.ReceiveContext, trouble, context.CancellationToken)) return;
                else throw;
            }
        }
    }

    private async Task Once(ConsumeContext<TMessage> context)
    {
        var cancel = context.CancellationToken;
        var messageId = context.MessageId
            ?? throw new InvalidOperationException("A message without an id cannot be handled once.");
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Acting>().AsSystem();
        var db = scope.ServiceProvider.GetRequiredService<ServiceDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var isNew = await db.Database.ExecuteSqlAsync(
            $"INSERT INTO inbox (message_id, consumer, handled_at) VALUES ({messageId}, {queue}, {clock.GetUtcNow()}) ON CONFLICT DO NOTHING", cancel) == 1;
        if (!isNew) return;
        await scope.ServiceProvider.GetRequiredService<TReaction>().Consume(context);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
