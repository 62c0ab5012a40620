using System.Net;
using System.Net.Sockets;
using Iop.Identity.Domain;
using Iop.Identity.People;
using Iop.Identity.Proving;
using Iop.Identity.Recovery;
using Iop.Identity.Sessions;
using Iop.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.SigningIn;

/// <summary>A person signs in (loggar in) with e-mail, password and one-time code. An unknown e-mail, a wrong password and a
/// wrong code get the same answer in the same time.</summary>
internal static class SignIn
{
    private const int FieldMax = 200;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/sign-in", Handle).AllowAnonymous().ExcludeFromDescription();

    internal static async Task<IResult> Handle(
        HttpContext http, IdentityDb db, Passwords passwords, SecondFactor factor, Attempts attempts, KnownDevices devices,
        TypedAddress typed, ComeIn comeIn, TimeProvider clock, CancellationToken cancel)
    {
        if (!http.Request.HasFormContentType) return Results.Redirect("/logga-in");
        var form = await http.Request.ReadFormAsync(cancel);
        var (email, password, code, token) = (
            form["email"].ToString(), form["password"].ToString(), form["totp"].ToString(), form["request"].ToString());
        var (hash, now) = (Random256.HashOf(token), clock.GetUtcNow());
        var asked = await db.SignInRequests.AsNoTracking()
            .FirstOrDefaultAsync(one => one.RequestHash == hash && one.ExpiresAt > now, cancel);
        if (asked is null) return SeeOther("/logga-in?error=expired");
        if (email.Length > FieldMax || password.Length > FieldMax || code.Length > FieldMax) return Again("wrong");
        var by = new Attempts.By(
            Person.Normal(email), AddressOf(http), await devices.Of(Person.Normal(email), http.Request, cancel));
        if (await attempts.MustWait(by, cancel)) return Again("locked-out");

        var person = await db.People.FirstOrDefaultAsync(one => one.Email == by.Email, cancel);
        var match = passwords.Verify(person, password);
        var step = factor.Matching(person, code);
        if (match is Passwords.Match.No || !await factor.Proves(person!.PersonId, step, code, cancel))
        {
            await attempts.Failed(by, cancel);
            return Again("wrong");
        }
        if (match is Passwords.Match.YesButHashAgain) person.Rehash(passwords.Hash(password));
        if (await Acting.Default(db, person!.PersonId, by: null, cancel) is not { } acting) return Again("no-membership");
        await attempts.Forget(by, cancel);
        if (by.Device is null && await devices.HasAny(person.PersonId, cancel))
            AccountLinks.Tell(db, person, AccountLinks.NewDevice, now);
        await devices.Remember(person.PersonId, http, cancel);
        typed.Forget(http);
        return await comeIn.As(person.PersonId, acting, token, provider: null, cancel) ?? SeeOther("/logga-in");

        IResult Again(string error)
        {
            if (email.Length <= FieldMax) typed.Keep(email, http);
            return SeeOther(Authorize.With("/logga-in", ("request", token), ("error", error)));
        }
    }

    private static SeeOther SeeOther(string address) => new(address);

    /// <summary>The gateway says where the person is; in IPv6 a person has a whole /64.</summary>
    private static string AddressOf(HttpContext http)
    {
        var said = http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim();
        if (!IPAddress.TryParse(said, out var address)) address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6) return address.ToString();
        const int NetworkBytes = 8;
        return new IPAddress([.. address.GetAddressBytes()[..NetworkBytes], .. new byte[NetworkBytes]]) + "/64";
    }
}

/// <summary>The address that was typed when a sign-in failed, so that the form shows it again: for some minutes, in the browser
/// where it was typed and for that page. In the page's own address it would stay in histories and logs.</summary>
internal sealed class TypedAddress(IConfiguration configuration)
{
    private const string Page = "/logga-in";
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private readonly bool _isHttps = Issuer.Of(configuration).StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    private string Name => _isHttps ? "__Secure-iop-typed" : "iop-typed";

    public void Keep(string email, HttpContext http) => http.Response.Cookies.Append(Name, email, Options(Kept));

    public void Forget(HttpContext http) => http.Response.Cookies.Delete(Name, Options(null));

    private CookieOptions Options(TimeSpan? kept) => new()
    {
        HttpOnly = true, Secure = _isHttps, SameSite = SameSiteMode.Lax, Path = Page, MaxAge = kept, IsEssential = true,
    };
}

/// <summary>303: the browser goes on with GET and does not send the password again.</summary>
internal sealed class SeeOther(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        httpContext.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
