using System.Text.Json;
using Iop.Identity.Domain;
using Iop.Identity.Federation;
using Iop.Identity.Providers;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Trials;

/// <summary>What a trial sign-in showed, and what would follow from it by the grants as they are now. Nothing changes: a grant
/// may be added, and the same trial looked at again.</summary>
internal static class ShowTrial
{
    private const int NamedMax = 50;

    /// <param name="Shown">What the provider's page led back with.</param>
    public sealed record Request(string Shown);

    /// <param name="Works">Whether such a person would come in with roles.</param>
    /// <param name="Code">What is wrong, as at a sign-in; none when all is well.</param>
    /// <param name="Detail">More of it, as a code.</param>
    /// <param name="Words">What the provider said of it itself.</param>
    /// <param name="Token">What it said of the person; none when no token came that holds.</param>
    /// <param name="Follows">The roles that would follow, for the grants that the caller sees.</param>
    public sealed record View(
        bool Works, string? Code, string? Detail, string? Words, TokenView? Token, IReadOnlyList<Following> Follows);

    /// <param name="EmailVerified">Whether the provider vouches for the address; null when it does not say.</param>
    /// <param name="EmailCounts">Whether it would be used.</param>
    /// <param name="GroupsLeftOut">There are so many that the provider left them out.</param>
    /// <param name="IsKnown">The login belongs to somebody here already.</param>
    public sealed record TokenView(
        string Issuer, string? Tenant, string Subject, string? Name, string? Email, bool? EmailVerified, bool EmailCounts,
        Named Groups, Named AppRoles, bool GroupsLeftOut, bool IsKnown);

    /// <param name="Spoken">Whether they are spoken of at all.</param>
    /// <param name="NotShown">How many more there are.</param>
    public sealed record Named(bool Spoken, IReadOnlyList<string> Items, int NotShown);

    public sealed record Following(string OrganisationName, string? UnitName, IReadOnlyList<string> Roles);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/providers/{id:guid}/trials", Handle).WithName(nameof(ShowTrial));

    internal static async Task<Answer<View>> Handle(
        Guid id, Request request, Caller caller, IdentityDb db, SecretBox box, IConfiguration configuration,
        TimeProvider clock, CancellationToken cancel)
    {
        if (await ListProviders.Find(id, caller, db, cancel) is not { } provider) return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        var (hash, person, now) = (Random256.HashOf(request.Shown), new PersonId(caller.Person), clock.GetUtcNow());
        var kept = await db.KeptTrials.AsNoTracking().FirstOrDefaultAsync(one => one.TokenHash == hash
            && one.PersonId == person && one.ProviderId == provider.ProviderId && one.ExpiresAt > now, cancel);
        if (kept is null) return ProviderRefusals.NoTrial;
        var trial = JsonSerializer.Deserialize<Trial>(box.Open(kept.Shown))!;
        if (trial.Said is not { } said) return new View(false, trial.Code, trial.Detail, trial.Words, null, []);

        var shown = await ListProviders.Of(provider, caller, db, configuration, cancel);
        var grants = await GrantsIn(shown, db, cancel);
        var given = ProviderGrant.Applied(grants, said.Groups, said.AppRoles);
        var isKnown = await db.Logins.AnyAsync(one => one.Issuer == said.Issuer && one.Subject == said.Subject, cancel);
        var (code, detail) = given.Count == 0 ? WhyNothing(said, grants)
            : isKnown ? (null, null) : await WhyNobody(said, db, cancel);
        return new View(code is null, code, detail, null, Of(said, isKnown), [.. given.Select(one => NamedIn(shown, one))]);
    }

    private static async Task<List<ProviderGrant>> GrantsIn(ListProviders.View shown, IdentityDb db, CancellationToken cancel)
    {
        var ids = shown.Grants.Select(one => one.Id).ToList();
        return await db.ProviderGrants.AsNoTracking().Where(one => ids.Contains(one.GrantId)).ToListAsync(cancel);
    }

    private static Following NamedIn(
        ListProviders.View shown, (OrganisationRef Organisation, UnitRef? Unit, IReadOnlyList<string> Roles) given)
    {
        var there = shown.Grants.First(
            one => one.OrganisationId == given.Organisation.Value && one.UnitId == given.Unit?.Value);
        return new Following(there.OrganisationName, there.UnitName, given.Roles);
    }

    private static (string Code, string Detail) WhyNothing(Said said, List<ProviderGrant> grants)
    {
        var (byGroup, byAppRole) = (
            grants.Exists(one => one.Source is GrantSource.Group), grants.Exists(one => one.Source is GrantSource.AppRole));
        if (said.GroupsLeftOut && byGroup) return ("provider-many-groups", "groups-left-out");
        return ("no-membership", (byGroup, byAppRole) switch
        {
            (false, false) => "no-grants",
            (true, _) when !said.SpeaksOfGroups && !(byAppRole && said.SpeaksOfAppRoles) => "no-groups",
            (false, true) when !said.SpeaksOfAppRoles => "no-app-roles",
            _ => "no-match",
        });
    }

    private static async Task<(string? Code, string? Detail)> WhyNobody(Said said, IdentityDb db, CancellationToken cancel)
    {
        if (said.Email is null) return ("provider-no-email", said.AddressSaid is null ? "no-address" : "not-verified");
        var email = Person.Normal(said.Email);
        var isTaken = await db.People.AnyAsync(one => one.Email == email, cancel);
        return isTaken ? ("provider-email-known", "email-known") : (null, null);
    }

    private static TokenView Of(Said said, bool isKnown) => new(
        said.Issuer, said.Tenant, said.Subject, said.Name, said.AddressSaid, said.AddressIsVerified, said.Email is not null,
        NamedOf(said.Groups, said.SpeaksOfGroups), NamedOf(said.AppRoles, said.SpeaksOfAppRoles), said.GroupsLeftOut, isKnown);

    private static Named NamedOf(IReadOnlyList<string> all, bool spoken) =>
        new(spoken, [.. all.Take(NamedMax)], Math.Max(0, all.Count - NamedMax));
}
