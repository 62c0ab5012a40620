extern alias web;

using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Iop.Platform.Identity;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Iop.Registry.Tests;

/// <summary>The register's pages, with the real register behind them and a stand-in for who is signed in.</summary>
public sealed partial class PagesOverTheRegister : IDisposable
{
    private readonly Factory _factory;
    private readonly HttpClient _http;

    public PagesOverTheRegister(RegistryWorld world, Caller? caller = null)
    {
        _factory = new Factory(world, caller);
        _http = _factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        if (caller is not null)
            _http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + world.TokenOf(caller));
    }

    public async Task<string> Get(string path)
    {
        using var answer = await _http.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode is HttpStatusCode.OK, $"{path}: {(int)answer.StatusCode} {text}");
        Assert.Equal(1, text.Split("<h1").Length - 1);
        Assert.DoesNotContain("null</", text, StringComparison.Ordinal);
        return text;
    }

    /// <summary>Where an address leads when it sends the browser on.</summary>
    public async Task<string?> LeadsTo(string address)
    {
        using var answer = await _http.GetAsync(new Uri(address));
        return answer.Headers.Location?.OriginalString;
    }

    /// <summary>After how long the browser fetches the page anew by itself; null when it does not.</summary>
    public async Task<string?> RefreshOf(string path)
    {
        using var answer = await _http.GetAsync(path);
        return answer.Headers.TryGetValues("Refresh", out var said) ? said.Single() : null;
    }

    /// <summary>What a browser would send when a person opens the form and saves it as it stands.</summary>
    public async Task<HttpResponseMessage> SaveAsItStands(string path)
    {
        var fields = FieldsOf((await Get(path)).Split("<form class=\"form\"")[1].Split("</form>")[0]);
        using var content = new FormUrlEncodedContent(fields);
        return await _http.PostAsync(path, content);
    }

    public void Dispose()
    {
        _http.Dispose();
        _factory.Dispose();
    }

    private static List<KeyValuePair<string, string>> FieldsOf(string form)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (Match input in Input().Matches(form))
        {
            var tag = input.Value;
            var isChoice = tag.Contains("type=\"checkbox\"", StringComparison.Ordinal)
                || tag.Contains("type=\"radio\"", StringComparison.Ordinal);
            if (!isChoice || Regex.IsMatch(tag, @"\schecked\b", RegexOptions.None, TimeSpan.FromSeconds(1)))
                fields.Add(new(Of(tag, "name"), Of(tag, "value")));
        }
        foreach (Match area in TextArea().Matches(form))
            fields.Add(new(Of(area.Value, "name"), WebUtility.HtmlDecode(area.Groups["text"].Value)));
        foreach (Match select in Select().Matches(form))
        {
            var options = Option().Matches(select.Value).Select(one => one.Value).ToList();
            var chosen = options.Find(one => one.Contains(" selected", StringComparison.Ordinal)) ?? options[0];
            fields.Add(new(Of(select.Value, "name"), Of(chosen, "value")));
        }
        return fields;
    }

    private static string Of(string tag, string name) =>
        Regex.Match(tag, $"\\s{name}=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)) is { Success: true } found
            ? WebUtility.HtmlDecode(found.Groups["value"].Value) : "";

    [GeneratedRegex("<input[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Input();

    [GeneratedRegex("<textarea[^>]*>(?<text>[^<]*)</textarea>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TextArea();

    [GeneratedRegex("<select.*?</select>", RegexOptions.Singleline, 1000)]
    private static partial Regex Select();

    [GeneratedRegex("<option[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Option();

    private sealed class Factory(RegistryWorld world, Caller? caller) : WebApplicationFactory<web::Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseEnvironment("Testing")
            .ConfigureLogging(logging => logging.ClearProviders()).ConfigureTestServices(services =>
        {
            // Beside the tests lie the texts of several projects; the pages' own are read where they are written.
            services.AddSingleton(web::Iop.Web.Texts.TextCatalogue.Load(Path.Combine(Root(AppContext.BaseDirectory), "src",
                "Web")));
            services.AddHttpClient(nameof(web::Iop.Web.Gateway.GatewayCalls))
                .ConfigurePrimaryHttpMessageHandler(() => new Door(caller) { InnerHandler = world.Wire });
        });

        private static string Root(string folder) => File.Exists(Path.Combine(folder, "IopPlatform.sln"))
            ? folder : Root(Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))!);
    }

    /// <summary>Stands where the gateway does: says who is signed in, and knows only the register.</summary>
    private sealed class Door(Caller? caller) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
            CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.StartsWith("/registry/", StringComparison.Ordinal))
                return await base.SendAsync(request, cancellationToken);
            if (caller is null || request.RequestUri.AbsolutePath != "/identity/v1/session")
                return new HttpResponseMessage(HttpStatusCode.NotFound);
            var acting = new { organisationId = caller.Organisation, organisationName = "Vi", roles = caller.Roles };
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(JsonSerializer.Serialize(new
                {
                    person = new { id = caller.Person, name = "Prov" }, acting, memberships = new[] { acting },
                }), Encoding.UTF8, "application/json"),
            };
        }
    }
}
