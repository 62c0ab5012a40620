extern alias web;

using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Iop.Registry.Tests;

/// <summary>The pages over a stand-in for the gateway, which answers as it is told and remembers what it was asked: for what a
/// page does when a service says no.</summary>
public sealed class PagesOverAnswers : IDisposable
{
    private readonly Dictionary<string, (int Status, object Body)> _answers = new(StringComparer.Ordinal);
    private readonly Factory _factory;
    private readonly HttpClient _http;

    public PagesOverAnswers()
    {
        _factory = new Factory(this);
        _http = _factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
    }

    public Guid Me { get; } = Guid.NewGuid();

    public Guid MyOrganisation { get; } = Guid.NewGuid();

    /// <summary>What was asked of the services to change something, as "METHOD path If-Match".</summary>
    public List<string> Acts { get; } = [];

    public PagesOverAnswers SignedInAs(params string[] roles)
    {
        _http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer of the gateway");
        var acting = new { organisationId = MyOrganisation, organisationName = "Vi", roles };
        return Answers("GET /identity/v1/session", 200,
            new { person = new { id = Me, name = "Prov" }, acting, memberships = new[] { acting } });
    }

    public PagesOverAnswers Answers(string call, int status, object body)
    {
        _answers[call] = (status, body);
        return this;
    }

    public PagesOverAnswers Refuses(string call, int status, string code, string title, params object[] errors) =>
        Answers(call, status, new { type = "/problems/" + code, status, code, title, errors });

    public async Task<(HttpStatusCode Status, string Text, string? Location)> Get(string path)
    {
        using var answer = await _http.GetAsync(path);
        return (answer.StatusCode, await Read(answer), answer.Headers.Location?.OriginalString);
    }

    public async Task<(HttpStatusCode Status, string Text, string? Location)> Post(
        string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await _http.PostAsync(path, content);
        return (answer.StatusCode, await Read(answer), answer.Headers.Location?.OriginalString);
    }

    public void Dispose()
    {
        _http.Dispose();
        _factory.Dispose();
    }

    private static async Task<string> Read(HttpResponseMessage answer)
    {
        var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        if (text.Length > 0) Assert.Equal(1, text.Split("<h1").Length - 1);
        return text;
    }

    private sealed class Factory(PagesOverAnswers pages) : WebApplicationFactory<web::Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseEnvironment("Testing")
            .ConfigureLogging(logging => logging.ClearProviders()).ConfigureTestServices(services =>
        {
            services.AddSingleton(web::Iop.Web.Texts.TextCatalogue.Load(Path.Combine(Root(AppContext.BaseDirectory), "src",
                "Web")));
            services.AddHttpClient(nameof(web::Iop.Web.Gateway.GatewayCalls))
                .ConfigurePrimaryHttpMessageHandler(() => new Door(pages));
        });

        private static string Root(string folder) => File.Exists(Path.Combine(folder, "IopPlatform.sln"))
            ? folder : Root(Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))!);
    }

    private sealed class Door(PagesOverAnswers pages) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var call = $"{request.Method} {request.RequestUri!.PathAndQuery}";
            if (request.Method != HttpMethod.Get) pages.Acts.Add($"{call} {request.Headers.IfMatch}".TrimEnd());
            if (!pages._answers.TryGetValue(call, out var answer))
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
            return Task.FromResult(new HttpResponseMessage((HttpStatusCode)answer.Status)
            {
                Content = new StringContent(JsonSerializer.Serialize(answer.Body, JsonSerializerOptions.Web), Encoding.UTF8,
                    answer.Status < 400 ? "application/json" : "application/problem+json"),
            });
        }
    }
}
