using System.Security.Cryptography;
using System.Text.Json;
using Iop.DemoData.Playing;
using Iop.Kernel;

namespace Iop.DemoData.Cases;

/// <summary>The people of the cases: made up, each with the roles of their job and no more.</summary>
internal sealed class People(Logins logins, Settings settings, Clock clock)
{
    // The operator invites one admin for each organisation; the admins invite their own.
    private static readonly Person[] Admins =
    [
        new("region-admin", "Birgitta Falk", Organisations.RegionJonkoping, Roles.Admin),
        new("association-admin", "Per Lundin", Organisations.Fralsningsarmen, Roles.Admin),
        new("solna-admin", "Yasmin Aydin", Organisations.Solna, Roles.Admin),
        new("foundation-admin", "Rolf Isaksson", Organisations.TryggareSverige, Roles.Admin),
        new("norrkoping-admin", "Camilla Frisk", Organisations.Norrkoping, Roles.Admin),
        new("fund-admin", "Oskar Brandt", Organisations.LeksellSocialVentures, Roles.Admin),
        new("institute-admin", "Lena Wikström", Organisations.Rise, Roles.Admin),
        new("sundsvall-admin", "Kjell Norman", Organisations.Sundsvall, Roles.Admin),
    ];

    private static readonly Person[] Persons =
    [
        new("officer", "Anna Bergström", Organisations.RegionJonkoping, Roles.Officer),
        new("lawyer", "Karin Lindqvist", Organisations.RegionJonkoping, Roles.Legal),
        new("signatory", "Mats Hedlund", Organisations.RegionJonkoping, Roles.Signatory),
        new("association-officer", "Elin Sandberg", Organisations.Fralsningsarmen, Roles.Officer, Roles.Reporter),
        new("association-signatory", "Lars Nyström", Organisations.Fralsningsarmen, Roles.Signatory),
        new("association-signatory-2", "Maria Ek", Organisations.Fralsningsarmen, Roles.Signatory),
        new("solna-officer", "Johan Wallin", Organisations.Solna, Roles.Officer),
        new("solna-lawyer", "Petra Åkesson", Organisations.Solna, Roles.Legal),
        new("solna-signatory", "Gunnar Holm", Organisations.Solna, Roles.Signatory),
        new("solna-controller-1", "Elsa Norén", Organisations.Solna, Roles.Controller),
        new("solna-controller-2", "Viktor Sand", Organisations.Solna, Roles.Controller),
        new("solna-reporter", "Miriam Haddad", Organisations.Solna, Roles.Reporter),
        new("region-controller-1", "Bengt Alm", Organisations.RegionJonkoping, Roles.Controller),
        new("region-controller-2", "Sara Lund", Organisations.RegionJonkoping, Roles.Controller),
        new("foundation-signatory", "Sofia Dahl", Organisations.TryggareSverige, Roles.Officer, Roles.Signatory),
        new("norrkoping-officer", "Eva Carlsson", Organisations.Norrkoping, Roles.Officer),
        new("norrkoping-lawyer", "Henrik Öberg", Organisations.Norrkoping, Roles.Legal),
        new("norrkoping-signatory", "Ulla Forsberg", Organisations.Norrkoping, Roles.Signatory),
        new("controller-1", "Bo Ström", Organisations.Norrkoping, Roles.Controller),
        new("controller-2", "Nadia Rahimi", Organisations.Norrkoping, Roles.Controller),
        new("reporter", "Amir Jansson", Organisations.Norrkoping, Roles.Reporter),
        new("funder", "Claes Leijon", Organisations.LeksellSocialVentures, Roles.Officer, Roles.Signatory, Roles.Controller),
        new("verifier", "Ingrid Björk", Organisations.Rise, Roles.Verifier, Roles.Signatory),
        new("evaluator", "Tomas Grahn", Organisations.Rise, Roles.Evaluator),
        new("stranger", "Åsa Norberg", Organisations.Sundsvall, Roles.Officer, Roles.Signatory, Roles.Legal, Roles.Controller,
            Roles.Reporter, Roles.Verifier),
    ];

    /// <summary>The operator comes in by the one-time link of a new installation.</summary>
    public async Task Bootstrap(Story story, CancellationToken cancel)
    {
        const string name = "Operatör Öst";
        await story.Step("Open the installation with the one-time link", null, null,
            (_, _) => Task.FromResult(logins.Find("operator") is null ? null : name),
            async (api, stop) =>
            {
                var password = Logins.NewPassword();
                var link = (await File.ReadAllTextAsync(settings.OperatorLinkFile, stop)).Trim();
                var token = link[(link.LastIndexOfAny(['=', '/']) + 1)..];
                var (secret, code, offer) = await Photograph(api, token, stop);
                var answer = await api.Create("/identity/v1/bootstrap", new
                {
                    oneTimeToken = token,
                    name,
                    email = "operator@demo.example",
                    password,
                    language = "sv",
                    code,
                    offer,
                }, stop);
                logins.Keep(new Login("operator", name, "operator@demo.example", password, secret,
                    answer.Body.GetProperty("personId").GetGuid(), Guid.Empty, null));
            },
            cancel);
    }

    public async Task Play(Story story, CancellationToken cancel)
    {
        foreach (var admin in Admins) await Invite(story, admin, "operator", cancel);
        foreach (var person in Persons)
            await Invite(story, person, Admins.Single(admin => admin.Organisation == person.Organisation).Who, cancel);
        await story.Step("Connect the region's case-handling system", "region-admin", null,
            (_, _) => Task.FromResult(logins.System is null ? null : "system"), ConnectSystem, cancel);
    }

    public Task Invite(Story story, Person person, string by, CancellationToken cancel) => story.Step(
        $"Invite {person.Name} to {person.Organisation.Name} as {string.Join(", ", person.InRoles)}", by, null,
        (_, _) => Task.FromResult(logins.Find(person.Who) is null ? null : person.Email),
        (api, stop) => BringIn(story, api, person, stop),
        cancel);

    /// <summary>The only person of a small association takes on more roles.</summary>
    public static Task Widen(Story story, Person person, string[] roles, CancellationToken cancel) => story.Step(
        $"{person.Name} of {person.Organisation.Name} becomes {string.Join(", ", roles)}", person.Who, null,
        async (api, stop) => (await Membership(api, person, stop)).GetProperty("roles").GetArrayLength() == roles.Length
            ? $"{roles.Length} roles" : null,
        async (api, stop) =>
        {
            var membership = await Membership(api, person, stop);
            await api.Put($"/identity/v1/memberships/{membership.GetProperty("id").GetGuid()}", new { roles },
                membership.GetProperty("version").ToString(), stop);
            story.Cast.Forget(person.Who); // the roles stand in the next token
        }, cancel);

    private static async Task<JsonElement> Membership(Api api, Person person, CancellationToken cancel)
    {
        var organisation = await Organisations.Id(api, person.Organisation, cancel);
        return (await api.Get($"/identity/v1/memberships?organisationId={organisation}&limit=100", cancel)).Items()
            .First(one => one.GetProperty("email").GetString() == person.Email);
    }

    private async Task BringIn(Story story, Api api, Person person, CancellationToken cancel)
    {
        var organisation = await Organisations.Id(api, person.Organisation, cancel);
        var invited =
            await api.Create("/identity/v1/people", new { name = person.Name, email = person.Email, language = "sv" }, cancel);
        await WhenHeard(() => api.Create("/identity/v1/memberships", new
        {
            personId = invited.Id,
            organisationId = organisation,
            unitId = person.Unit,
            roles = person.InRoles,
        }, cancel), cancel);
        var (password, nobody, token) = (Logins.NewPassword(), story.Cast.Api(null), invited.Text("invitationToken"));
        var (secret, code, offer) = await Photograph(nobody, token, cancel);
        await nobody.Create($"/identity/v1/invitations/{token}/acceptance", new { password, code, offer }, cancel);
        logins.Keep(
            new Login(person.Who, person.Name, person.Email, password, secret, invited.Id, organisation, person.Unit));
    }

    /// <summary>Takes the secret that a link offers into an authenticator app. The code is the one before, as long as that is
    /// good for some seconds more: the one that is shown now is left for signing in.</summary>
    private async Task<(string Secret, string Code, string Offer)> Photograph(Api api, string token, CancellationToken cancel)
    {
        var offered = await api.Get($"/identity/v1/one-time-links/{token}", cancel);
        var secret = offered.Text("totpSecret");
        const int secondsToSend = 5;
        var shown = clock.GetUtcNow() - TimeSpan.FromSeconds(Totp.SecondsPerStep - secondsToSend);
        return (secret, Totp.Code(secret, shown), offered.Text("offer"));
    }

    private async Task ConnectSystem(Api api, CancellationToken cancel)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        var created = await api.Create("/identity/v1/systems", new
        {
            name = "Diarium",
            organisationId = await Organisations.Id(api, Organisations.RegionJonkoping, cancel),
            roles = new[] { Roles.Reader },
            publicJwk = new { kty = "EC", crv = "P-256", x = Base64Url(point.X!), y = Base64Url(point.Y!) },
        }, cancel);
        logins.Keep(new SystemLogin(created.Id.ToString(), key.ExportPkcs8PrivateKeyPem()));
    }

    /// <summary>Identity hears of new organisations by message; the first membership may be a moment too early.</summary>
    private async Task WhenHeard(Func<Task<Reply>> act, CancellationToken cancel)
    {
        const int triesMax = 40;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (!(await act()).IsNotFound) return;
                if (attempt == triesMax) throw new RefusedException("Identity has not heard of the organisation.");
            }
            catch (RefusedException) when (attempt < triesMax)
            {
                // Said again below.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(150), clock, cancel);
        }
    }

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}

/// <summary>Somebody of the story, with the roles of the job.</summary>
internal sealed record Person(string Who, string Name, Organisation Organisation, params string[] InRoles)
{
    public string Email => $"{Who}@demo.example";

    /// <summary>The unit that the person acts for; null for the whole organisation.</summary>
    public Guid? Unit { get; init; }
}
