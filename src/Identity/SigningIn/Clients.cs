namespace Iop.Identity.SigningIn;

/// <summary>The two clients through which people sign in. Systems are clients too, with rows and keys of their own.</summary>
internal sealed class Clients(IConfiguration configuration, IHostEnvironment environment)
{
    public const string Gateway = "gateway";
    public const string CommandLine = "cli";

    /// <summary>Where a command-line program without a listener reads the code from (RFC 8252, loopback).</summary>
    public const string CommandLineRedirectUri = "http://127.0.0.1/callback";

    private readonly string _base = Issuer.Of(configuration).TrimEnd('/');

    private readonly string _secret = configuration["Gateway:ClientSecret"] is { Length: > 0 } secret
        ? secret
        : throw new InvalidOperationException("Gateway:ClientSecret is missing.");

    /// <summary>The one address a client may be sent back to; null for clients that do not exist here.</summary>
    public string? RedirectUriOf(string clientId) => clientId switch
    {
        Gateway => $"{_base}/session/callback",
        CommandLine when environment.IsDevelopment() => CommandLineRedirectUri,
        _ => null,
    };

    /// <summary>The client has proved itself; <c>cli</c> is public and has nothing to prove with: its proof is the code
    /// verifier.</summary>
    public bool Proves(string clientId, string secret) => clientId switch
    {
        Gateway => Random256.Same(secret, _secret),
        CommandLine => environment.IsDevelopment(),
        _ => false,
    };
}

/// <summary>Who issues the tokens: the installation's public address.</summary>
internal static class Issuer
{
    public static string Of(IConfiguration configuration) =>
        configuration["PublicBaseUrl"] is { Length: > 0 } address ? address
            : throw new InvalidOperationException("PublicBaseUrl is missing.");
}
