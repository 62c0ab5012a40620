using Iop.Identity.Domain;
using Iop.Identity.Federation;
using Iop.Identity.Providers;

namespace Iop.Identity.Trials;

/// <summary>How a trial went: what the provider said of whoever signed in, or what was wrong.</summary>
/// <param name="Said">What the token said; none when there was none that holds.</param>
/// <param name="Code">What is wrong, as at a sign-in.</param>
/// <param name="Detail">More of it, as a code.</param>
/// <param name="Words">What the provider said of it itself.</param>
internal sealed record Trial(Said? Said, string? Code, string? Detail, string? Words)
{
    private const int WordsMax = 500;

    public static Trial Of(Said said) => new(said, null, null, null);

    public static Trial Of(ProviderException no) =>
        new(null, no.Code, no.Detail, no.Said is { Length: > WordsMax } much ? much[..WordsMax] : no.Said);
}

/// <summary>A trial that waits to be looked at by the administrator who made it.</summary>
internal sealed class KeptTrial
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    public required byte[] TokenHash { get; init; }

    public required PersonId PersonId { get; init; }

    public required ProviderId ProviderId { get; init; }

    /// <summary>Encrypted.</summary>
    public required byte[] Shown { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
