using System.Net;
using System.Text.Json;
using Iop.Identity.Domain;
using Iop.Identity.SigningIn;
using Iop.Kernel;
using Iop.TestKit;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Iop.Identity.Tests;

/// <summary>A municipality with a unit, an association, and logins elsewhere. Its clock is the real one's: a real provider has no
/// other.</summary>
public sealed class FederationWorld(Servers servers)
    : ServiceHost<Program>(servers, "identity", TimeProvider.System.GetUtcNow())
{
    public const string Secret = "a secret between platform and provider";
    public const string ClientId = "iop";
    public const string GatewaySecret = "a secret between gateway and identity";

    public Guid Municipality { get; } = Guid.NewGuid();

    public Guid SocialServices { get; } = Guid.NewGuid();

    public Guid Association { get; } = Guid.NewGuid();

    protected override IEnumerable<(string Key, string Value)> Settings =>
        [("Gateway:ClientSecret", GatewaySecret), ("Passwords:Rounds", "1000")];

    protected override async Task BeforeTests()
    {
        await Tell(IdentityWorld.Organisation(
            Municipality, "Vårby kommun", "public", (SocialServices, "Socialförvaltningen")));
        await Tell(IdentityWorld.Organisation(Association, "Föreningen Vårsol", "idea-driven"));
    }

    public CallerClient Admin(Guid organisation) => As(Callers.Of(organisation, Roles.Admin));

    public CallerClient Operator => As(Callers.Of(OrganisationRef.Operating.Value, Roles.Operator));

    /// <summary>A login of an organisation's own.</summary>
    public async Task<JsonElement> Provider(
        string issuer, Guid? organisation = null, string proof = "client-secret", string? tenant = null) =>
        (await Admin(organisation ?? Municipality).Create("/identity/v1/providers", new
        {
            name = "Vårby kommun", issuer, clientId = ClientId, proof,
            clientSecret = proof == "client-secret" ? Secret : null, tenant,
        })).Is(HttpStatusCode.Created).Body;

    /// <summary>Whoever is in a group there has these roles here.</summary>
    public async Task<Guid> Grant(
        Guid provider, string group, string role, Guid? organisation = null, Guid? unit = null, string source = "group")
    {
        var of = organisation ?? Municipality;
        var answer = (await Admin(of).Create($"/identity/v1/providers/{provider}/grants",
            new { source, value = group, roles = new[] { role }, unitId = unit })).Is(HttpStatusCode.Created);
        return Guid.Parse(answer.Location!.Split('/')[^1]);
    }

    /// <summary>Takes a grant back as it was seen.</summary>
    public static async Task<Reply> TakesBack(CallerClient admin, Guid provider, Guid grant)
    {
        var path = $"/identity/v1/providers/{provider}/grants/{grant}";
        return await admin.Delete(path, (await admin.Get(path)).Is(HttpStatusCode.OK).Tag);
    }

    /// <summary>Somebody with a password and, perhaps, a role given by hand.</summary>
    public async Task<SomeBody> WithPassword(string email, string? role = Roles.Reader)
    {
        const string password = "correct horse battery";
        var invited = (await Operator.Create("/identity/v1/people", new { name = "Vera Lund", email, language = "sv" }))
            .Is(HttpStatusCode.Created);
        var (accepted, secret) = await this.Accepts(invited.Body.GetProperty("invitationToken").GetString()!, password);
        accepted.Is(HttpStatusCode.OK);
        var person = new SomeBody(invited.Id, email, password, secret);
        if (role is not null) await IdentityWorld.GivenBy(Admin(Municipality), person, Municipality, role);
        return person;
    }

    /// <summary>The person herself, signed in.</summary>
    public CallerClient Self(Guid person) => As(Callers.Of(Municipality, Roles.Reader) with { Person = person });

    /// <summary>The gateway asks for a token of a session.</summary>
    public async Task<Reply> Swap(string session)
    {
        using var http = NewClient();
        return await Browser.Post(http, [
            ("grant_type", GiveToken.SessionGrant), ("client_id", "gateway"), ("client_secret", GatewaySecret),
            ("session", session)]);
    }

    /// <summary>Ends what a test has added: there is a limit to how many an organisation has.</summary>
    public async Task EndProviders()
    {
        ClockIsRight();
        var all = (await Admin(Municipality).Get("/identity/v1/providers")).Is(HttpStatusCode.OK).Body.GetProperty("items");
        foreach (var one in all.EnumerateArray().Where(one => one.GetProperty("mine").GetBoolean()))
        {
            (await Admin(Municipality).Delete(
                $"/identity/v1/providers/{one.GetProperty("id").GetGuid()}", one.GetProperty("providerTag").GetString()))
                .Is(HttpStatusCode.OK);
        }
    }

    public void ClockIsRight() => Clock.SetTo(TimeProvider.System.GetUtcNow());
}

/// <summary>All tests of logins elsewhere share one world.</summary>
[CollectionDefinition(nameof(FederationWorld))]
public sealed class SharedFederation : ICollectionFixture<FederationWorld>;

/// <summary>A person's browser on the way by a provider and back, step by step.</summary>
public sealed class Traveller(FederationWorld world) : IDisposable
{
    private readonly Browser _browser = new(world) { Client = "gateway", RedirectUri = "http://localhost/session/callback" };
    private readonly HttpClient _http = world.NewClient();
    private string? _cookie;

    /// <summary>What our own client asked for.</summary>
    public string Request { get; private set; } = "";

    /// <summary>Chooses a login; where the browser is sent.</summary>
    public async Task<Uri> Leaves(Guid provider)
    {
        Request = await _browser.Request();
        return await Sent($"/identity/v1/sign-in/providers/{provider}?request={Request}");
    }

    /// <summary>Goes to show a login that is to be connected.</summary>
    public Task<Uri> LeavesToConnect(Guid provider, CallerClient person) => LeavesFor(provider, "connection", person);

    /// <summary>An administrator goes to try a login.</summary>
    public Task<Uri> LeavesOnTrial(Guid provider, CallerClient person) => LeavesFor(provider, "trial", person);

    private async Task<Uri> LeavesFor(Guid provider, string what, CallerClient person)
    {
        var answer = (await person.Get($"/identity/v1/sign-in/providers/{provider}/{what}")).Is(HttpStatusCode.SeeOther);
        Keep(answer.Message);
        return new Uri(new Uri("http://localhost"), answer.Message.Headers.Location!);
    }

    public Task<Uri> ComesBack(Uri callback) => Sent(callback.PathAndQuery);

    /// <summary>The gateway's handle of the session, once there is a token.</summary>
    public string Session { get; private set; } = "";

    /// <summary>Exchanges the code that the browser has been given for a token.</summary>
    public async Task<JsonWebToken> Token(Uri ended)
    {
        var code = System.Web.HttpUtility.ParseQueryString(ended.Query)["code"];
        Assert.True(code is not null, $"Not let in: {ended}");
        var answer = (await _browser.Exchange(code, ("client_secret", FederationWorld.GatewaySecret)))
            .Is(HttpStatusCode.OK).Body;
        Session = answer.GetProperty("session").GetString()!;
        return new JsonWebToken(answer.GetProperty("access_token").GetString());
    }

    public void ForgetsCookies() => _cookie = null;

    public static string Error(Uri ended) => System.Web.HttpUtility.ParseQueryString(ended.Query) is var query
        && (query["error"] ?? query["fel"]) is { } error ? error : $"no error in {ended}";

    public void Dispose()
    {
        _browser.Dispose();
        _http.Dispose();
    }

    private async Task<Uri> Sent(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (_cookie is not null) request.Headers.Add("Cookie", _cookie);
        using var answer = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Keep(answer);
        return new Uri(new Uri("http://localhost"), answer.Headers.Location!);
    }

    private void Keep(HttpResponseMessage answer)
    {
        if (answer.Headers.TryGetValues("Set-Cookie", out var cookies)) _cookie = cookies.Single().Split(';')[0];
    }
}
