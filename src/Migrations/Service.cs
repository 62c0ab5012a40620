namespace Iop.Migrations;

/// <summary>A service that owns a database.</summary>
/// <param name="Name">Database, and prefix of its roles: lower case letters and underscores.</param>
/// <param name="Folder">Its folder in src/.</param>
public sealed record Service(string Name, string Folder)
{
    public static IReadOnlyList<Service> All { get; } =
    [
        new("identity", "Identity"),
        new("registry", "Registry") { Extensions = ["pg_trgm"] },
        new("agreements", "Agreements"),
        new("follow_up", "FollowUp"),
        new("outcome_finance", "OutcomeFinance"),
        new("notifications", "Notifications"),
    ];

    /// <summary>What of PostgreSQL's own its scripts build on; only the server's login may bring it in.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Owns tables and functions; nobody signs in as it.</summary>
    public string Owner => $"{Name}_owner";

    /// <summary>The login of requests, held by the policies.</summary>
    public string App => $"{Name}_app";

    /// <summary>The login of reactions, timers and the relay.</summary>
    public string System => $"{Name}_system";
}

/// <summary>The passwords of a service's two logins.</summary>
public sealed record LoginPasswords(string App, string System);
