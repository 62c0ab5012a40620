using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Iop.Migrations;

/// <summary>One step of a database's life: applied once, never edited afterwards.</summary>
public sealed record Script(string Name, string Sql)
{
    private static readonly string[] PlatformScripts = ["platform.sql", "platform_operators.sql", "platform_operation.sql",
        "platform_lateness.sql", "platform_own_trail.sql"];

    private const string Placeholder = "{{service}}";

    /// <summary>SHA-256 of the text, so that an edited script is noticed.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>What every service stands on, then the service's own scripts by name.</summary>
    public static IReadOnlyList<Script> Of(Service service)
    {
        var own = typeof(Script).Assembly;
        var folder = $"{service.Folder}/Storage/Migrations/";
        return With(service, own.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => (name[folder.Length..], Read(own, name))));
    }

    /// <summary>The same around scripts from elsewhere.</summary>
    public static IReadOnlyList<Script> With(Service service, params IEnumerable<(string Name, string Sql)> scripts) =>
    [
        .. PlatformScripts.Select(script =>
            Filled(service, script, Read(typeof(Platform.ServicePlatform).Assembly, script))),
        .. scripts.OrderBy(script => script.Name, StringComparer.Ordinal)
        .Select(script => Filled(service, script.Name, script.Sql)),
    ];

    private static Script Filled(Service service, string name, string sql) =>
        new(name, sql.ReplaceLineEndings("\n").Replace(Placeholder, service.Name, StringComparison.Ordinal));

    private static string Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in {assembly.GetName().Name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
