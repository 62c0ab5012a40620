using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Iop.Platform.Api;

/// <summary>The service's OpenAPI documents, one per language, and its api-info, as the Swedish national REST profile
/// asks.</summary>
internal static class ServiceDocuments
{
    public static IServiceCollection AddServiceDocuments(this IServiceCollection services, string service)
    {
        foreach (var language in Texts.Languages)
        {
            services.AddOpenApi(language, options =>
            {
                options.AddDocumentTransformer((document, context, _) => Describe(document, context, service, language));
                options.AddOperationTransformer((operation, context, _) => Describe(operation, context, language));
                options.CreateSchemaReferenceId = SchemaName;
            });
        }
        return services;
    }

    public static void MapServiceDocuments(this IEndpointRouteBuilder api)
    {
        api.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        api.MapGet("/api-info", (ServiceName service) => TypedResults.Ok(new ApiInfo(
            service.Value, "1.0.0", "2026-11-22", $"/{service.Value}/v1/openapi/sv.json", "active"))).AllowAnonymous()
                .WithName("ShowApiInfo");
    }

    /// <summary>Every slice has a Request of its own: the slice's name goes in front, or they would all be one schema.</summary>
    private static string? SchemaName(JsonTypeInfo type) =>
        OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name ? type.Type.DeclaringType?.Name + name : null;

    private static Task Describe(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, string service, string language)
    {
        var texts = context.ApplicationServices.GetRequiredService<Texts>();
        document.Info = new OpenApiInfo
        {
            Title = texts.Find(language, "api.title") ?? service,
            Description = texts.Find(language, "api.description") ?? "",
            Version = "1.0.0",
            Contact = new OpenApiContact { Name = texts.Find(language, "api.contact"), Email = "api@iop-plattformen.example" },
            License = new OpenApiLicense { Name = "CC0-1.0", Identifier = "CC0-1.0" },
            TermsOfService = new Uri("/om/api-villkor", UriKind.Relative),
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            ["bearer"] =
                new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT",
                    Description = texts.Find(language, "api.bearer") },
        };
        return Task.CompletedTask;
    }

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, string language)
    {
        var texts = context.ApplicationServices.GetRequiredService<Texts>();
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Summary = texts.Find(language, $"operation.{operation.OperationId}") ?? operation.OperationId;
        operation.Description = texts.Find(language, $"operation.{operation.OperationId}.description") ?? operation.Summary;
        if (metadata.OfType<CreatesAThing>().Any())
        {
            Header(operation, "Idempotency-Key", texts.Find(language, "api.idempotency-key"));
            if (operation.Responses!.Remove("200", out var created)) operation.Responses["201"] = created;
        }
        foreach (var response in operation.Responses!)
            response.Value.Description = texts.Find(language, $"status.{response.Key}") ?? response.Key;
        var parameters = metadata.OfType<System.Reflection.MethodInfo>().SelectMany(method => method.GetParameters());
        if (parameters.Any(parameter => parameter.ParameterType == typeof(IfMatch)))
            Header(operation, "If-Match", texts.Find(language, "api.if-match"));
        var problem = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } };
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = texts.Find(language, "api.problem") ?? "",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/problem+json"] = problem },
        };
        if (!metadata.OfType<Microsoft.AspNetCore.Authorization.IAllowAnonymous>().Any())
        {
            operation.Security =
                [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", context.Document)] = [] }];
        }
        return Task.CompletedTask;
    }

    private static void Header(OpenApiOperation operation, string name, string? description) =>
        (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = name, In = ParameterLocation.Header, Required = true, Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    });

    private sealed record ApiInfo(
        string ApiName, string ApiVersion, string ApiReleased, string ApiDocumentation, string ApiStatus);
}
