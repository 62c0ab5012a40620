using Iop.Identity.Domain;
using Iop.Identity.Federation;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Platform.Storage;

namespace Iop.Identity.Providers;

/// <summary>An administrator tries a provider (provar): what it says of itself is fetched, and its keys, and it is asked whether
/// it knows us; what is wrong is said. No transaction waits for the answer.</summary>
internal static class TryProvider
{
    /// <param name="Works">Whether people can be sent there.</param>
    /// <param name="Code">What is wrong: provider-away, provider-misdescribed or provider-refused.</param>
    /// <param name="Detail">More of it, as a code.</param>
    /// <param name="Issuer">Who its tokens must say they come from.</param>
    /// <param name="KeyIds">The keys it signs with.</param>
    /// <param name="SaysWhoAnswers">Whether its answers name it (RFC 9207).</param>
    /// <param name="SignsOut">Whether one can be signed out there too.</param>
    public sealed record Outcome(
        bool Works, string? Code, string? Detail, string? Issuer, IReadOnlyList<string> KeyIds, bool SaysWhoAnswers,
        bool SignsOut);

    public static void Map(IEndpointRouteBuilder outside) =>
        outside.MapPost("/identity/v1/providers/{id:guid}/tests", Handle).WithName(nameof(TryProvider)).RequireAuthorization();

    internal static async Task<Answer<Outcome>> Handle(
        Guid id, Caller caller, Acting acting, IdentityDb db, ProviderDescriptions descriptions, RedeemCode redeem,
        CancellationToken cancel)
    {
        acting.As(caller);
        Provider? provider;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
        {
            provider = await ListProviders.Find(id, caller, db, cancel);
        }
        if (provider is null) return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        try
        {
            var (issuer, document) = await descriptions.Fetch(provider, cancel);
            await redeem.AskWhetherWeAreKnown(provider, document, cancel);
            return new Outcome(true, null, null, issuer, [.. document.SigningKeys.Select(key => key.KeyId ?? "")],
                document.AuthorizationResponseIssParameterSupported, document.EndSessionEndpoint is { Length: > 0 });
        }
        catch (ProviderException no)
        {
            return new Outcome(false, no.Code, no.Detail, null, [], false, false);
        }
    }
}
