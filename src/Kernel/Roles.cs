namespace Iop.Kernel;

/// <summary>The roles a person or system has within an organisation or unit (domain: who uses it, and what they may
/// see).</summary>
public static class Roles
{
    public const string Officer = "officer";
    public const string Legal = "legal";
    public const string Signatory = "signatory";
    public const string Controller = "controller";
    public const string Reporter = "reporter";
    public const string Verifier = "verifier";
    public const string Evaluator = "evaluator";
    public const string Admin = "admin";
    public const string Reader = "reader";

    /// <summary>In the operating organisation only, without any partnership data.</summary>
    public const string Operator = "operator";

    /// <summary>What a person must answer for in person: judging what is lawful, signing, giving roles, running the platform. No
    /// system holds them.</summary>
    public static IReadOnlySet<string> OfPeople { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        Legal, Signatory, Admin, Operator,
    };

    public static IReadOnlySet<string> All { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        Officer, Legal, Signatory, Controller, Reporter, Verifier, Evaluator, Admin, Reader, Operator,
    };
}
