extern alias identity;

using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using identity::Iop.Identity.Domain;
using Iop.Identity.Tests;
using Iop.TestKit;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Tokens;
using Npgsql;

namespace Iop.Benchmarks;

/// <summary>Among ten thousand people of five hundred organisations, fifty of which have a login of their own: somebody signs in
/// with password and code, from the client's first question until it holds a token, beside the mere hash of the password; forty
/// do so at once; somebody comes by the own organisation's login, beside that login's part alone; and the gateway swaps a session
/// for its next token, beside its rows and a signature.</summary>
internal static class SignInAmongThousands
{
    private const string Service = "identity";
    private const int AtOnce = 40;
    private const string Subject = "subject-";

    private static readonly byte[] TotpSecret = OneTimeCode.NewSecret();
    private static readonly string Hash = IdentityFilled.Hasher.HashPassword("", Populace.Password);

    // One after another, so that nobody signs in twice: a one-time code is good once.
    private static int next = IdentityFilled.ByProvider;

    public static async IAsyncEnumerable<Comparison> Of(Servers servers)
    {
        await using var login = await Forger.Start();
        await using var service = await ServiceInOperation<identity::Program>.StartAsync(
            servers, Service, sql => IdentityFilled.FillAsync(sql, login.Issuer, Hash, TotpSecret),
            ("Gateway:ClientSecret", StandInIdentity.GatewaySecret),
            ("environment", "Development")); // the stand-in login is plain HTTP on this machine
        using var http = service.Client();
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        const string among = "one of 10,000";

        yield return new($"signs in to a token, {among} / the hash of the password alone",
            _ => ByPasswordAsync(http, Interlocked.Increment(ref next)), _ => HashAsync()) { WarmUpRounds = 20, Rounds = 100 };
        yield return new($"{AtOnce} sign in at once, each {among} / as many hashes at once",
            _ => ByPasswordAsync(http, Interlocked.Increment(ref next)), _ => Task.Run(HashAsync))
        {
            WarmUpRounds = 2, Rounds = AtOnce, AtOnce = true,
        };
        yield return new("comes by one of 50 logins, to a token / that login's part alone",
            round => ByProviderAsync(http, login, round), _ => TheirPartAsync(login)) { WarmUpRounds = 60, Rounds = 300 };

        var session = await ByPasswordAsync(http, Interlocked.Increment(ref next));
        yield return new("the gateway's next token of a session / its rows and a signature",
            _ => SwapAsync(http, session), _ => RowsAndSignatureAsync(service.Sql, pair, session))
        {
            WarmUpRounds = 300, Rounds = 2_000,
        };
    }

    /// <summary>As a browser and the gateway do it: authorize, the filled-in page, the code for a token.</summary>
    private static async Task<string> ByPasswordAsync(HttpClient http, int person)
    {
        var (asking, verifier) = await AskAsync(http);
        var filled = await RedirectedAsync(http, HttpMethod.Post, "/identity/v1/sign-in", new()
        {
            ["request"] = asking, ["email"] = Populace.EmailOf(person), ["password"] = Populace.Password,
            ["totp"] = OneTimeCode.At(TotpSecret, OneTimeCode.StepAt(TimeProvider.System.GetUtcNow())),
        });
        return await RedeemAsync(http, Said(filled.To, "code"), verifier);
    }

    private static async Task ByProviderAsync(HttpClient http, Forger login, int round)
    {
        var (asking, verifier) = await AskAsync(http);
        var way = $"/identity/v1/sign-in/providers/{IdentityFilled.Reachable}";
        var (away, cookie) = await RedirectedAsync(http, HttpMethod.Get, $"{way}?request={asking}");
        login.IdToken = login.Signed(Claims(login, round, Said(away, "nonce")));
        var back = await RedirectedAsync(
            http, HttpMethod.Get, $"{way}/callback?code=given&state={Uri.EscapeDataString(Said(away, "state"))}", cookie: cookie);
        await RedeemAsync(http, Said(back.To, "code"), verifier);
    }

    private static Dictionary<string, object> Claims(Forger login, int round, string nonce)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new(StringComparer.Ordinal)
        {
            ["iss"] = login.Issuer, ["aud"] = IdentityFilled.ClientId, ["nonce"] = nonce, ["name"] = "Somebody",
            ["sub"] = Subject + IdentityFilled.PersonOfReachable(round), ["email"] = "somebody@organisation.example",
            ["groups"] = new[] { IdentityFilled.GroupOf(IdentityFilled.PersonOfReachable(round)) },
            ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        };
    }

    /// <summary>What coming by another's login cannot do without: it is asked for a token, signs it, and it is read.</summary>
    private static async Task TheirPartAsync(Forger login)
    {
        login.IdToken = login.Signed(Claims(login, 0, "nonce"));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = "given" });
        using var answer = await Theirs.PostAsync(new Uri(login.Issuer + "/token"), form);
        _ = await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static readonly HttpClient Theirs = new();

    private static async Task SwapAsync(HttpClient http, string session) => _ = await TokenAsync(http, new()
    {
        ["grant_type"] = "urn:iop:params:oauth:grant-type:session", ["session"] = session,
    });

    private static async Task RowsAndSignatureAsync(NpgsqlDataSource sql, ECDsa pair, string session)
    {
        await sql.RunAsync("""
            SELECT s.*, m.* FROM session s JOIN membership m USING (person_id, organisation_id) WHERE s.key_hash = $1
            """, SHA256.HashData(Encoding.ASCII.GetBytes(session)));
        _ = pair.SignData(Encoding.ASCII.GetBytes(session), HashAlgorithmName.SHA256);
    }

    private static Task HashAsync()
    {
        if (IdentityFilled.Hasher.VerifyHashedPassword("", Hash, Populace.Password) is not PasswordVerificationResult.Success)
            throw new InvalidOperationException("The hash does not fit: the comparison would be worthless.");
        return Task.CompletedTask;
    }

    private static async Task<(string Request, string Verifier)> AskAsync(HttpClient http)
    {
        var verifier = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var asked = await RedirectedAsync(http, HttpMethod.Get, "/identity/v1/authorize?response_type=code&client_id=gateway"
            + $"&redirect_uri={Uri.EscapeDataString(Callback)}&scope=openid&state=s&nonce=n"
            + $"&code_challenge_method=S256&code_challenge={challenge}");
        return (Said(asked.To, "request"), verifier);
    }

    private static string Callback => StandInIdentity.Issuer + "/session/callback";

    private static async Task<string> RedeemAsync(HttpClient http, string code, string verifier) =>
        (await TokenAsync(http, new()
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = Callback, ["code_verifier"] = verifier,
        })).GetProperty("session").GetString()!;

    private static async Task<JsonElement> TokenAsync(HttpClient http, Dictionary<string, string> form)
    {
        (form["client_id"], form["client_secret"]) = ("gateway", StandInIdentity.GatewaySecret);
        using var content = new FormUrlEncodedContent(form);
        using var answer = await http.PostAsync(new Uri("/identity/v1/token", UriKind.Relative), content);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<(Uri To, string? Cookie)> RedirectedAsync(
        HttpClient http, HttpMethod method, string path, Dictionary<string, string>? form = null, string? cookie = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (form is not null) request.Content = new FormUrlEncodedContent(form);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        using var answer = await http.SendAsync(request);
        if (answer.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.SeeOther))
            throw new InvalidOperationException($"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        var kept = answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Single().Split(';')[0] : null;
        return (new Uri(new Uri(StandInIdentity.Issuer), answer.Headers.Location!), kept);
    }

    private static string Said(Uri address, string name) => HttpUtility.ParseQueryString(address.Query)[name]
        ?? throw new InvalidOperationException($"No {name} in {address}: the comparison would be worthless.");
}
