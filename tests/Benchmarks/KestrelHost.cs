using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Iop.Benchmarks;

/// <summary>One of our programs as it runs in operation, on a socket of its own in this process, with these settings.</summary>
internal sealed class KestrelHost<TProgram> : WebApplicationFactory<TProgram>
    where TProgram : class
{
    private readonly (string Key, string Value)[] _settings;

    public KestrelHost(params (string Key, string Value)[] settings)
    {
        _settings = settings;
        Environment.CurrentDirectory = AppContext.BaseDirectory; // where the factory looks for its manifest
        UseKestrel(0);
        StartServer();
        Address = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    public string Address { get; }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseContentRoot(AppContext.BaseDirectory);
        builder.UseEnvironment("Production");
        builder.ConfigureLogging(logging => logging.ClearProviders());
        foreach (var (key, value) in _settings) builder.UseSetting(key, value);
    }
}
