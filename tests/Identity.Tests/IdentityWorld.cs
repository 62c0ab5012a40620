using System.Net;
using System.Web;
using Iop.Contracts.Registry;
using Iop.Identity.SigningIn;
using Iop.Kernel;
using Iop.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Servers))]

namespace Iop.Identity.Tests;

/// <summary>An operator, a municipality with two units and an association, each with an admin. Everybody signs in for
/// real.</summary>
public class IdentityWorld(Servers servers) : ServiceHost<Program>(servers, "identity")
{
    public const string GatewaySecret = "a secret between gateway and identity";
    private const string Password = "correct horse battery";
    private readonly string _linkFile = Path.Combine(Path.GetTempPath(), $"iop-link-{Guid.NewGuid():N}");
    private int _people;

    public static Guid Municipality { get; } = Guid.NewGuid();

    public static Guid SocialServices { get; } = Guid.NewGuid();

    public static Guid Association { get; } = Guid.NewGuid();

    public string FirstLink { get; private set; } = "";

    public string LinkFile => _linkFile;

    public SomeBody Operator { get; set; } = null!;

    public SomeBody Admin { get; private set; } = null!;

    public SomeBody AssociationsAdmin { get; private set; } = null!;

    protected override IEnumerable<(string Key, string Value)> Settings =>
        [("Gateway:ClientSecret", GatewaySecret), ("Identity:OneTimeLinkFile", _linkFile), ("Passwords:Rounds", Rounds)];

    /// <summary>Everybody signs in for real, and often: the hash is cheap here.</summary>
    protected virtual string Rounds => "1000";

    // Here the tokens under test are Identity's own.
    protected override void Configure(IServiceCollection services) => OwnKeys.Use(services);

    protected override async Task BeforeTests()
    {
        FirstLink = (await File.ReadAllTextAsync(_linkFile)).Trim();
        var token = HttpUtility.ParseQueryString(new Uri(FirstLink).Query)["token"]!;
        var (first, secret) = await this.Proves(token, taken => Anonymous.Send(HttpMethod.Post, "/identity/v1/bootstrap", new
        {
            oneTimeToken = token, name = "Olle Operatör", email = "Olle@drift.example", password = Password, language = "sv",
            code = taken.Code, offer = taken.Offer,
        }));
        Operator = new SomeBody(
            first.Is(HttpStatusCode.OK).Body.GetProperty("personId").GetGuid(), "olle@drift.example", Password, secret);
        await Tell(Organisation(Municipality, "Vårby kommun", "public", (SocialServices, "Socialförvaltningen")));
        await Tell(Organisation(Association, "Föreningen Vårsol", "idea-driven"));
        Admin = await Invited();
        AssociationsAdmin = await Invited();
        await GivenBy(await As(Operator), Admin, Municipality, Roles.Admin);
        await GivenBy(await As(Operator), AssociationsAdmin, Association, Roles.Admin);
    }

    public override async ValueTask DisposeAsync()
    {
        File.Delete(_linkFile);
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Somebody who has accepted an invitation and has no roles yet.</summary>
    public async Task<SomeBody> Invited()
    {
        var email = $"person{Interlocked.Increment(ref _people)}@vårby.example";
        var invited = (await (await As(Operator))
            .Create("/identity/v1/people", new { name = $"Person {_people}", email, language = "sv" }))
            .Is(HttpStatusCode.Created);
        var (accepted, secret) = await this.Accepts(invited.Body.GetProperty("invitationToken").GetString()!, Password);
        accepted.Is(HttpStatusCode.OK);
        return new SomeBody(invited.Id, email, Password, secret);
    }

    /// <summary>Somebody with these roles in the municipality.</summary>
    public async Task<SomeBody> Colleague(params string[] roles)
    {
        var person = await Invited();
        await GivenBy(await As(Admin), person, Municipality, roles);
        return person;
    }

    public static async Task<Reply> GivenBy(CallerClient giver, SomeBody to, Guid organisation, params string[] roles) =>
        (await giver.Create("/identity/v1/memberships", new { personId = to.Id, organisationId = organisation, roles }))
            .Is(HttpStatusCode.Created);

    /// <summary>Signs in as a command-line program does.</summary>
    public async Task<CallerClient> As(SomeBody person)
    {
        Clock.Advance(TimeSpan.FromSeconds(30)); // a new one-time code
        using var browser = new Browser(this);
        var answer = (await browser.Exchange(await browser.CodeFor(person))).Is(HttpStatusCode.OK).Body;
        return With(answer.GetProperty("access_token").GetString()!);
    }

    /// <summary>As where a mail server is set, until disposed of.</summary>
    public IDisposable WithMail() => new MailIsOn(Services.GetRequiredService<IConfiguration>());

    public CallerClient With(string token) => new(NewClient(), () => token);

    public static OrganisationChanged Organisation(Guid id, string name, string kind, params (Guid Id, string Name)[] units) =>
        new()
    {
        OrganisationId = id,
        Sequence = 1,
        Number = "2120000000",
        Name = name,
        Kind = kind,
        Units = [.. units.Select(unit => new OrganisationChangedUnit { UnitId = unit.Id, Name = unit.Name })],
    };
}

internal sealed class MailIsOn : IDisposable
{
    private readonly IConfiguration _configuration;

    public MailIsOn(IConfiguration configuration) => (_configuration = configuration)["Mail:Host"] = "mail.example";

    public void Dispose() => _configuration["Mail:Host"] = null;
}

/// <summary>A person with what is needed to sign in.</summary>
public sealed record SomeBody(Guid Id, string Email, string Password, string TotpSecret);

/// <summary>All tests of Identity share one world.</summary>
[CollectionDefinition(nameof(IdentityWorld))]
public sealed class SharedWorld : ICollectionFixture<IdentityWorld>;
