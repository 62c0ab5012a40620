using System.Text.Json;
using Iop.Identity.Domain;
using Iop.Identity.Federation;
using Iop.Identity.Providers;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.Identity.Trials;

/// <summary>An administrator signs in at a provider on trial (provinloggning): the whole journey there and back, also before
/// anybody can come in by it. Nobody comes in, and nothing is changed or connected; what was said is kept some minutes, for her
/// alone to look at.</summary>
internal sealed class TrialSignIn(IdentityDb db, SecretBox box, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder outside) =>
        outside.MapGet("/identity/v1/sign-in/providers/{id:guid}/trial", Go).RequireAuthorization().ExcludeFromDescription();

    private static async Task<IResult> Go(
        Guid id, HttpContext http, Caller caller, IdentityDb db, GoToProvider.Departure departure, TrialSignIn trials,
        CancellationToken cancel)
    {
        if (caller.IsAnonymous || caller.IsSystem || await ListProviders.Find(id, caller, db, cancel) is not { } provider)
            return (Answer<object>)Refusal.NotFound;
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return (Answer<object>)missing;
        var person = new PersonId(caller.Person);
        var (address, no) = await departure.To(id, request: null, person, isTrial: true, http, cancel);
        return address is not null ? new SeeOther(address)
            : await trials.Shows(provider.ProviderId, person, Trial.Of(no!), cancel);
    }

    public Task<IResult> Shows(Journey journey, Trial trial, CancellationToken cancel) =>
        Shows(journey.ProviderId, journey.PersonId!.Value, trial, cancel);

    private async Task<IResult> Shows(ProviderId provider, PersonId person, Trial trial, CancellationToken cancel)
    {
        var token = Random256.NewText();
        db.KeptTrials.Add(new KeptTrial
        {
            TokenHash = Random256.HashOf(token), PersonId = person, ProviderId = provider,
            Shown = box.Close(JsonSerializer.SerializeToUtf8Bytes(trial)), ExpiresAt = clock.GetUtcNow() + KeptTrial.Lasts,
        });
        await db.SaveChangesAsync(cancel);
        return new SeeOther(Authorize.With($"/inloggningstjanster/{provider.Value}/provinloggning", ("visad", token)));
    }
}
