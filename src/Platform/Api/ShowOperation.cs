using System.Reflection;
using System.Text.Json;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Iop.Platform.Api;

/// <summary>How the service is doing (driftläge), for the operator: what waits to be told and since when, and its timers. Counts
/// and times, never what it is about.</summary>
public static class ShowOperation
{
    /// <param name="Due">Should have rung, the first of them at DueSince.</param>
    /// <param name="Failing">Has failed at least once and is tried again.</param>
    public sealed record Timer(
        string Kind, long Waiting, long Due, DateTimeOffset? DueSince, long Failing, DateTimeOffset? LastRangAt);

    /// <param name="Version">The service's own, with the commit it was built from.</param>
    /// <param name="Database">The version of the database that answers.</param>
    /// <param name="At">The service's time, by which things are late or not.</param>
    public sealed record View(string Service, string Version, string Database, DateTimeOffset At, long OutboxWaiting,
        DateTimeOffset? OutboxSince, IReadOnlyList<Timer> Timers);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/operation", Handle).WithName(nameof(ShowOperation));

    internal static async Task<Answer<View>> Handle(
        Caller caller, ServiceName service, ServiceDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Operator) is { } missing) return missing;
        var state = await db.Database.SqlQuery<string>(
            $"SELECT operation_state({clock.GetUtcNow()})::text AS \"Value\"").SingleAsync(cancel);
        var own = db.GetType().Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        return JsonSerializer.Deserialize<View>(state, JsonSerializerOptions.Web)! with { Service = service.Value,
            Version = own?.InformationalVersion ?? "" };
    }
}
