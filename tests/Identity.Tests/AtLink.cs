using Iop.Identity.Domain;
using Iop.TestKit;

namespace Iop.Identity.Tests;

/// <summary>Somebody at a link that works once, with an authenticator app in hand.</summary>
internal static class AtLink
{
    private const string Root = "/identity/v1";

    public static Task<Reply> Opens(this ServiceHost<Program> world, string token, string? offer = null) =>
        world.Anonymous.Get($"{Root}/one-time-links/{token}{(offer is null ? "" : "?offer=" + offer)}");

    /// <summary>Opens the link, takes up what it offers, and sends a code of it with the rest.</summary>
    public static async Task<(Reply Reply, string Secret)> Proves(
        this ServiceHost<Program> world, string token, Func<Taken, Task<Reply>> sends)
    {
        var opened = await world.Opens(token);
        var taken = opened.Status is System.Net.HttpStatusCode.OK
            ? world.Photographs(opened) : new Taken("", "000000", "offered never");
        return (await sends(taken), taken.Secret);
    }

    public static Task<(Reply Reply, string Secret)> Accepts(
        this ServiceHost<Program> world, string token, string password) =>
        world.Proves(token, taken => world.Accepts(token, password, taken));

    public static Task<Reply> Accepts(this ServiceHost<Program> world, string token, string password, Taken taken) =>
        world.Anonymous.Send(HttpMethod.Post, $"{Root}/invitations/{token}/acceptance",
            new { password, code = taken.Code, offer = taken.Offer });

    public static Task<(Reply Reply, string Secret)> TakesNewFactor(
        this ServiceHost<Program> world, string token, string password) =>
        world.Proves(token, taken => world.TakesNewFactor(token, password, taken));

    public static Task<Reply> TakesNewFactor(this ServiceHost<Program> world, string token, string password, Taken taken) =>
        world.Anonymous.Send(HttpMethod.Post, $"{Root}/second-factors/{token}",
            new { password, code = taken.Code, offer = taken.Offer });

    /// <summary>The code is the one before, which is good still: the one that is shown now is left for signing in.</summary>
    public static Taken Photographs(this ServiceHost<Program> world, Reply opened)
    {
        var secret = opened.Body.GetProperty("totpSecret").GetString()!;
        return new Taken(secret, OneTimeCode.At(Browser.Secret(secret), OneTimeCode.StepAt(world.Clock.GetUtcNow()) - 1),
            opened.Body.GetProperty("offer").GetString()!);
    }
}

/// <param name="Secret">In the app.</param>
/// <param name="Code">What it shows.</param>
/// <param name="Offer">What the page carries.</param>
internal sealed record Taken(string Secret, string Code, string Offer);
