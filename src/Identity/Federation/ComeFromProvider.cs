using System.Text.Json;
using Iop.Identity.Domain;
using Iop.Identity.Providers;
using Iop.Identity.Sessions;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Identity.Trials;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Federation;

/// <summary>A person comes back from a provider: the same browser, an answer to our own question, from the provider that was
/// asked. Then the code is redeemed, the token read, and the person comes in, or is asked whether the login is hers.</summary>
internal sealed class ComeFromProvider(
    IdentityDb db, ProviderDescriptions descriptions, RedeemCode redeem, ReadToken read, FollowProvider follow, ComeIn comeIn,
    TrialSignIn trials, JourneyCookie cookie, SecretBox box, TimeProvider clock)
{
    private const int LabelMax = 200;

    public static void Map(IEndpointRouteBuilder outside) => outside.MapGet(
        "/identity/v1/sign-in/providers/{id:guid}/callback",
        (Guid id, HttpContext http, ComeFromProvider comes, CancellationToken cancel) => comes.Handle(id, http, cancel))
        .AllowAnonymous().ExcludeFromDescription();

    private async Task<IResult> Handle(Guid id, HttpContext http, CancellationToken cancel)
    {
        var query = http.Request.Query;
        if (await Take(id, query["state"].ToString(), http, cancel) is not var (journey, provider))
            return new SeeOther("/logga-in?error=expired");
        var luggage = JsonSerializer.Deserialize<Luggage>(box.Open(journey.Luggage))!;
        try
        {
            var (issuer, document) = await descriptions.Of(provider, cancel);
            // Which provider answers is said by the address it was given and, where it can (RFC 9207), by the answer itself.
            var says = query["iss"].ToString();
            if (says.Length > 0 ? says != issuer : document.AuthorizationResponseIssParameterSupported)
                throw new ProviderException(ProviderException.NotGenuine, "answer-issuer") { Said = says };
            if (query["error"].Count > 0) throw SaidNo(query["error"].ToString(), query["error_description"].ToString());
            var given = await redeem.Of(provider, document, query["code"].ToString(), luggage.Verifier, cancel);
            var needsRoles = luggage.IsTrial || (journey.PersonId is null
                && await db.ProviderGrants.AnyAsync(grant => grant.ProviderId == provider.ProviderId, cancel));
            var said = await read.Of(given, provider, luggage.Nonce, needsRoles, cancel);
            if (luggage.IsTrial && said.Trouble is { } trouble) throw trouble; // whoever looks after it is to see it
            if (luggage.IsTrial) return await trials.Shows(journey, Trial.Of(said), cancel);
            return journey.PersonId is { } person ? await Show(provider, person, said, cancel) : await In(provider, said);
        }
        catch (ProviderException no)
        {
            return luggage.IsTrial ? await trials.Shows(journey, Trial.Of(no), cancel) : Back(no.Code);
        }

        async Task<IResult> In(Provider by, Said said)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var (person, error) = await follow.What(by, said, cancel);
            var acting = person is { } known ? await Acting.Default(db, known, by.ProviderId, cancel) : null;
            var answer = person is { } one && acting is not null
                ? await comeIn.As(one, acting, luggage.Request!, by.ProviderId, cancel) ?? new SeeOther("/logga-in?error=expired")
                : Back(error ?? "no-membership");
            await transaction.CommitAsync(CancellationToken.None); // also what was taken away
            return answer;
        }

        SeeOther Back(string error) => new(luggage.Request is { } request
            ? Authorize.With("/logga-in", ("request", request), ("error", error))
            : Authorize.With("/konto/inloggningar", ("fel", error)));
    }

    private static ProviderException SaidNo(string error, string description) =>
        new(error == "access_denied" ? "provider-said-no" : ProviderException.Refused, error) { Said = description };

    /// <summary>Whoever takes the row has come back; nobody does so twice, or in another browser.</summary>
    private async Task<(Journey Journey, Provider Provider)?> Take(
        Guid id, string state, HttpContext http, CancellationToken cancel)
    {
        if (cookie.Read(http.Request) is not { } browser) return null;
        var (hash, browserHash, from, now) = (
            Random256.HashOf(state), Random256.HashOf(browser), new ProviderId(id), clock.GetUtcNow());
        var journey = await db.Journeys.AsNoTracking().FirstOrDefaultAsync(
            one => one.StateHash == hash && one.BrowserHash == browserHash && one.ProviderId == from && one.ExpiresAt > now,
            cancel);
        if (journey is null || await db.Journeys.Where(one => one.StateHash == hash).ExecuteDeleteAsync(cancel) == 0)
            return null;
        var provider = await db.Providers.AsNoTracking()
            .FirstOrDefaultAsync(one => one.ProviderId == from && one.EndedAt == null, cancel);
        return provider is null ? null : (journey, provider);
    }

    /// <summary>Nothing is connected yet: the person sees whose login it is, and says that it is her own.</summary>
    private async Task<IResult> Show(Provider provider, PersonId person, Said said, CancellationToken cancel)
    {
        var token = Random256.NewText();
        var label = said.Email ?? said.Name ?? said.Subject;
        db.UnconfirmedLogins.Add(new UnconfirmedLogin
        {
            TokenHash = Random256.HashOf(token), PersonId = person, ProviderId = provider.ProviderId, Issuer = said.Issuer,
            Subject = said.Subject, Label = label.Length > LabelMax ? label[..LabelMax] : label,
            ExpiresAt = clock.GetUtcNow() + UnconfirmedLogin.Lasts,
        });
        await db.SaveChangesAsync(cancel);
        return new SeeOther(Authorize.With("/konto/inloggningar/bekrafta", ("visad", token)));
    }
}
