using System.Reflection;

namespace Iop.Domain.Tests.OutcomeFinance.Terms;

/// <summary>The texts and cases that are embedded in the test assembly, found by the end of their names.</summary>
internal static class Resources
{
    public static string Read(string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var full = assembly.GetManifestResourceNames()
            .Single(one => one == name || one.EndsWith("." + name, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(full)!);
        return reader.ReadToEnd();
    }

    public static string Sample(string name) => Read($"{name}.terms");
}
