namespace Iop.DemoData.Playing;

/// <summary>What the AppHost (or deploy/token) tells: where the system is, and which files are shared with it.</summary>
internal sealed record Settings(Uri Address, string ClockFile, string LoginsFile, string OperatorLinkFile, string? DoneFile)
{
    public static Settings FromEnvironment() => new(
        new Uri(Read("PublicBaseUrl")), Read("IOP_CLOCK_FILE"), Read("IOP_LOGINS_FILE"), Read("Identity__OneTimeLinkFile"),
        Environment.GetEnvironmentVariable("Demo__DoneFile"));

    private static string Read(string name) => Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException(
            $"{name} is not set. The demo is started by deploy/run, tokens are fetched by deploy/token.");
}
