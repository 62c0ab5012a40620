using System.Data.Common;
using Iop.Platform.Identity;
using Iop.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Iop.Platform.Api;

/// <summary>Around every operation: opens the transaction, sets the caller, runs the handler, writes the audit trail, commits,
/// and only then lets the answer be written. Tries once more when the database asks for it or the connection is lost before the
/// commit.</summary>
internal sealed class InTransaction : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var services = context.HttpContext.RequestServices;
        services.GetRequiredService<Acting>().As(services.GetRequiredService<Caller>());
        var db = services.GetRequiredService<ServiceDb>();
        for (var attempt = 1; ; attempt++)
        {
            var progress = new Progress();
            try
            {
                return await Once(context, next, db, progress);
            }
            catch (Exception trouble) when (attempt == 1 && !progress.Committing && MayPass(trouble))
            {
                db.Forget();
            }
        }
    }

    private static async Task<object?> Once(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next, ServiceDb db, Progress progress)
    {
        var http = context.HttpContext;
        var cancel = http.RequestAborted;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        Idempotency? idempotency = null;
        if (http.GetEndpoint()?.Metadata.GetMetadata<CreatesAThing>() is not null)
        {
            idempotency = new Idempotency(http, db);
            if (await idempotency.Enter(cancel) is { } earlier) return earlier;
            await transaction.CreateSavepointAsync(BeforeHandler, cancel);
        }
        var result = await next(context);
        var refused = result is IAnswer { Refusal: not null };
        if (refused)
        {
            db.Forget();
            if (idempotency is null || result is not IAnswer { Refusal.Kind: Kernel.RefusalKind.Rule }) return result;
            await transaction.RollbackToSavepointAsync(BeforeHandler, cancel);
        }
        else
        {
            await db.SaveChangesAsync(cancel);
            await Trail(http, db, cancel);
        }
        if (idempotency is not null && result is IAnswer answer) await idempotency.Keep(answer, cancel);
        progress.Committing = true;
        // From here on the caller's leaving must not undo what the answer will say.
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    /// <summary>Every change, and every read marked as sensitive, leaves its line: one per partnership touched.</summary>
    private static async Task Trail(HttpContext http, ServiceDb db, CancellationToken cancel)
    {
        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        var sensitive = http.GetEndpoint()?.Metadata.GetMetadata<SensitiveRead>() is not null;
        var caller = http.RequestServices.GetRequiredService<Caller>();
        if (caller.IsAnonymous || (isRead ? !sensitive : db.Touched.Count == 0)) return;
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var operation = OperationOf(http);
        Guid? subject = http.GetRouteValue("id") is string text && Guid.TryParse(text, out var id) ? id : null;
        if (isRead) db.AuditTrail.Add(AuditEntry.Of(caller, operation, null, subject, ["read"], now));
        foreach (var changes in db.Touched)
            db.AuditTrail.Add(AuditEntry.Of(caller, operation, changes.Key == Guid.Empty ? null : changes.Key, subject,
                    changes.Order(StringComparer.Ordinal), now));
        await db.SaveChangesAsync(cancel);
    }

    internal static string OperationOf(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName
            ?? http.Request.Method + " " + http.Request.Path;

    private static bool MayPass(Exception trouble)
    {
        var cause = trouble is DbUpdateException { InnerException: { } inner } ? inner : trouble;
        return cause switch
        {
            PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.AdminShutdown } => true,
            NpgsqlException lost => lost.IsTransient,
            InvalidOperationException { InnerException: DbException { IsTransient: true } } => true,
            _ => false,
        };
    }

    private const string BeforeHandler = "before_handler";

    private sealed class Progress
    {
        public bool Committing { get; set; }
    }
}

/// <summary>Marks a POST that creates: it needs an Idempotency-Key.</summary>
internal sealed class CreatesAThing;

/// <summary>Marks a read that belongs in the audit trail.</summary>
internal sealed class SensitiveRead;
