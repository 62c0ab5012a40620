using System.Text.Json;
using System.Text.Json.Serialization;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Platform.Messaging;
using Iop.Platform.Sealing;
using Iop.Platform.Storage;
using Iop.Platform.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Iop.Platform;

/// <summary>What a service stands on, in two calls: <see cref="AddPlatform{TDb}"/> before Build, <see cref="MapApi"/>
/// after.</summary>
public static class ServicePlatform
{
    private const long BodyMax = 1024 * 1024;

    private static readonly TimeSpan SealingKeyAgeMax = TimeSpan.FromDays(365);

    /// <param name="builder">The service's builder.</param>
    /// <param name="service">The service's name in addresses, kebab case, such as <c>follow-up</c>.</param>
    /// <param name="reactions">What it reacts to, or null.</param>
    public static IHostApplicationBuilder AddPlatform<TDb>(
        this WebApplicationBuilder builder, string service, Action<Reactions>? reactions = null)
        where TDb : ServiceDb
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = BodyMax);
        services.AddSingleton(new ServiceName(service));
        services.TryAddSingleton(Clock(builder));
        services.AddSingleton(new Texts(typeof(TDb).Assembly));
        services.AddSingleton<Problems>();
        services.AddExceptionHandler<Problems>();
        services.AddHttpContextAccessor();
        services.AddScoped(scope =>
            scope.GetRequiredService<IHttpContextAccessor>().HttpContext is { } http ? Caller.From(http.User) : Caller.Anonymous);
        services.AddTokenValidation(configuration);
        services.AddAuthorization();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => Strict(options.SerializerOptions));
        AddStorage<TDb>(services, configuration);
        AddMessaging(services, configuration, reactions);
        services.AddSingleton<KeyRing>().AddSingleton<Sealer>();
        services.AddHostedService<RenewKeys>();
        services.AddHostedService<TimerLoop>();
        services.AddServiceDocuments(service);
        return builder;
    }

    /// <summary>The service seals statements: it keeps sealing keys, renewed yearly.</summary>
    public static IServiceCollection AddSealing(this IServiceCollection services) =>
        services.AddSingleton(new KeyPurpose(Sealer.Purpose, SealingKeyAgeMax));

    /// <summary>A kind of timer and what happens when it rings.</summary>
    public static IServiceCollection AddTimer<THandler>(this IServiceCollection services, string kind)
        where THandler : class, ITimerRings =>
        services.AddScoped<THandler>().AddSingleton(new TimerKind(kind, typeof(THandler)));

    /// <summary>The service's group at <c>/{service}/v1</c>: signed in unless an operation says otherwise, in a transaction, with
    /// api-info, OpenAPI documents and the audit trail.</summary>
    public static RouteGroupBuilder MapApi(this WebApplication app)
    {
        app.UseExceptionHandler(_ => { });
        app.Use(static (context, next) =>
        {
            if (HttpMethods.IsPost(context.Request.Method)) context.Request.EnableBuffering();
            return next(context);
        });
        app.UseStatusCodePages(context => BareStatus(context.HttpContext));
        app.UseAuthentication();
        app.UseAuthorization();
        var service = app.Services.GetRequiredService<ServiceName>().Value;
        var api = app.MapGroup($"/{service}/v1");
        api.MapServiceDocuments();
        var operations = api.MapGroup("").RequireAuthorization().AddEndpointFilter<InTransaction>();
        ListAuditTrail.Map(operations);
        ShowOperation.Map(operations);
        return operations;
    }

    /// <summary>The operation creates a thing: it needs an Idempotency-Key, and a repeat gives the first answer.</summary>
    public static RouteHandlerBuilder Creates(this RouteHandlerBuilder operation) => operation.WithMetadata(new CreatesAThing());

    /// <summary>The read is sensitive and leaves a line in the audit trail.</summary>
    public static RouteHandlerBuilder LeavesATrail(this RouteHandlerBuilder operation) =>
        operation.WithMetadata(new SensitiveRead());

    private static void AddStorage<TDb>(IServiceCollection services, IConfiguration configuration) where TDb : ServiceDb
    {
        // Reactions and the relay send the same few statements over and over: each of the system's connections plans them once.
        services.AddSingleton(_ => new Logins(Source(configuration, "app"), Source(configuration, "system", preparedMax: 100)));
        services.AddScoped<Acting>();
        services.AddDbContext<TDb>((scope, options) =>
        {
            var (logins, acting) = (scope.GetRequiredService<Logins>(), scope.GetRequiredService<Acting>());
            // A connection, not the data source: with two sources every model and every query would be made ready twice.
            options.UseNpgsql((acting.IsSystem ? logins.System : logins.App).CreateConnection(), contextOwnsConnection: true);
            options.AddInterceptors(new CallerIsSet(acting, scope.GetRequiredService<TimeProvider>()));
        });
        services.AddScoped<ServiceDb>(scope =>
        {
            var db = scope.GetRequiredService<TDb>();
            // What cannot be saved ends its transaction: no savepoint before, no way back after.
            (db.Database.AutoTransactionBehavior, db.Database.AutoSavepointsEnabled) = (AutoTransactionBehavior.Always, false);
            return db;
        });
        services.AddHostedService<Cleanup>();
        services.AddHealthChecks().AddCheck<DatabaseAnswers>("database", tags: ["ready"]);
    }

    private static void AddMessaging(IServiceCollection services, IConfiguration configuration, Action<Reactions>? reactions)
    {
        var all = new Reactions();
        reactions?.Invoke(all);
        all.AddTo(services, configuration);
        services.AddHostedService<Relay>();
    }

    private static NpgsqlDataSource Source(IConfiguration configuration, string name, int preparedMax = 0) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(configuration.GetConnectionString(name)
            ?? throw new InvalidOperationException($"ConnectionStrings:{name} is missing.")) { MaxAutoPrepare = preparedMax });

    private static TimeProvider Clock(WebApplicationBuilder builder)
    {
        if (builder.Configuration["IOP_CLOCK_FILE"] is not { Length: > 0 } file) return TimeProvider.System;
        return builder.Environment.IsProduction()
            ? throw new InvalidOperationException("IOP_CLOCK_FILE is for local demonstrations and refused in Production.")
            : new DemoClock(file);
    }

    private static void Strict(JsonSerializerOptions json)
    {
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All);
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
    }

    private static Task BareStatus(HttpContext http)
    {
        var code = http.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => "request.unauthenticated",
            StatusCodes.Status403Forbidden => "request.role-missing",
            StatusCodes.Status404NotFound => "request.not-found",
            StatusCodes.Status405MethodNotAllowed => "request.method-not-allowed",
            StatusCodes.Status415UnsupportedMediaType => "request.unsupported-media-type",
            _ => "request.malformed",
        };
        return http.RequestServices.GetRequiredService<Problems>()
            .Write(http, new Kernel.Refusal(code), http.Response.StatusCode);
    }
}

/// <summary>The service's name in addresses.</summary>
public sealed record ServiceName(string Value);
