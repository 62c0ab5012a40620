using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Iop.Identity.Tests;

/// <summary>An environment by its name.</summary>
internal sealed class Named(string name) : IHostEnvironment
{
    public string EnvironmentName { get; set; } = name;

    public string ApplicationName { get; set; } = "";

    public string ContentRootPath { get; set; } = "";

    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
}
