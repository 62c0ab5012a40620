using System.Net;
using Iop.Kernel;

namespace Iop.Registry.Tests;

/// <summary>What somebody has typed stands there still when a service says no, in the form it was typed in; and nobody is led
/// astray on the way.</summary>
public sealed class RefusedFormTests : IDisposable
{
    private readonly PagesOverAnswers _pages = new();
    private readonly Guid _of = Guid.NewGuid();
    private readonly Guid _one = Guid.NewGuid();

    public void Dispose() => _pages.Dispose();

    [Fact]
    public async Task Whoever_is_signed_out_reads_what_a_guests_link_is_before_signing_in_and_comes_back()
    {
        var (status, text, _) = await _pages.Get("/gast/abc");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("bjudit in dig att läsa en samverkan", text, StringComparison.Ordinal);
        Assert.Contains("/session/start?returnUrl=%2Fgast%2Fabc", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<form class=\"form\"", text, StringComparison.Ordinal); // nothing is said yes to yet
        Assert.Empty(_pages.Acts);
        (_, text, _) = await _pages.SignedInAs(Roles.Reader).Get("/gast/abc");
        Assert.Contains("Tacka ja", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("andra", "PUT", "")]
    [InlineData("avsluta", "DELETE", "")]
    [InlineData("lank", "POST", "/invitation")]
    public async Task A_refused_change_of_a_guest_comes_back_among_the_guests_with_what_was_typed(
        string act, string method, string below)
    {
        WithGuest().Refuses($"{method} {Guests}/{_one}{below}", 409, "guest.invited-by-another", "En annan part bjöd in");
        var (status, text, _) = await _pages.Post($"/samverkan/{_of}/gaster/{_one}/{act}", act == "andra"
            ? [("etag", "3"), ("toOn", "2031-07-08"), ("payments", "true")] : [("etag", "3")]);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal($"{method} {Guests}/{_one}{below} \"3\"", Assert.Single(_pages.Acts));
        Assert.Contains("En annan part bjöd in", text, StringComparison.Ordinal);
        Assert.Contains("Karin Ek", text, StringComparison.Ordinal);
        Assert.Equal(act == "andra", text.Contains("value=\"2031-07-08\"", StringComparison.Ordinal));
        Assert.Equal(act == "andra", text.Contains("<details class=\"more\" open", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_link_for_a_guest_is_shown_on_the_page_that_made_it()
    {
        WithGuest().Answers($"POST {Guests}/{_one}/invitation", 200, Guest("ny-hemlighet"));
        var (_, text, _) = await _pages.Post($"/samverkan/{_of}/gaster/{_one}/lank", ("etag", "3"));
        Assert.Contains("/gast/ny-hemlighet", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operator_who_says_no_to_a_known_account_keeps_the_organisation_and_what_was_typed()
    {
        _pages.SignedInAs(Roles.Operator)
            .Answers("POST /identity/v1/people", 409, new { code = "person.email-known", title = "Finns", existingId = _one })
            .Answers($"GET /identity/v1/memberships?organisationId={_of}", 200, Nobody)
            .Answers($"GET /registry/v1/organisations/{_of}", 200, Organisation)
            .Answers("POST /identity/v1/memberships", 201, new { id = Guid.NewGuid(), name = "Bo Alm" });
        var (_, asked, _) = await _pages.Post("/personer/bjud-in", Typed);
        Assert.Contains("formaction=\"/personer/bjud-in/annan\"", asked, StringComparison.Ordinal);
        Assert.Contains("name=\"email\" value=\"bo@vårby.example\"", asked, StringComparison.Ordinal);
        var (_, again, _) = await _pages.Post("/personer/bjud-in/annan", Typed);
        foreach (var kept in new[] { "value=\"Bo Alm\"", "value=\"bo@vårby.example\"", $"value=\"{_of}\"", Back })
            Assert.Contains(kept, again, StringComparison.Ordinal);
        var (_, given, _) = await _pages.Post("/personer/bjud-in/konto", [("personId", _one.ToString()), .. Typed]);
        Assert.Contains(Back, given, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/personer\">Till", given, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_reset_for_a_sole_administrator_comes_back_on_the_organisations_page()
    {
        _pages.SignedInAs(Roles.Operator)
            .Answers($"GET /registry/v1/organisations/{_of}", 200, Organisation)
            .Answers($"GET /identity/v1/memberships?organisationId={_of}", 200, new
            {
                items = new[]
                {
                    new { id = _one, personId = _one, name = "Ada", email = "ada@x.example", roles = Admin, ownRoles = Admin },
                },
                units = Array.Empty<object>(), alone = Array.Empty<object>(),
            })
            .Refuses("POST /identity/v1/second-factor-resets", 409, "reset.already-asked", "Redan begärd");
        var (status, text, _) = await _pages.Post("/konto/andra-faktorn",
            ("personId", _one.ToString()), ("organisationId", _of.ToString()), ("reason", "Ringde mig i går"));
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("Redan begärd", text, StringComparison.Ordinal);
        Assert.Contains(">Ringde mig i går</textarea>", text, StringComparison.Ordinal);
        Assert.Contains("<details class=\"more\" open", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" Hon ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_must_sign_in_again_to_move_the_address_is_led_there_and_back()
    {
        object[] none = [];
        _pages.SignedInAs(Roles.Reader)
            .Answers("GET /identity/v1/my-data", 200, new
            {
                id = _one, name = "Ada", email = "ada@x.example", language = "sv", memberships = none, standIns = none,
                sessions = none, logins = none, providerGrants = none, secondFactorResets = none, devices = none, attempts = none,
            })
            .Refuses("PUT /identity/v1/my-data", 409, "person.sign-in-again", "Logga in igen");
        var (status, text, _) = await _pages.Post("/mina-uppgifter", ("name", "Ada"), ("email", "ny@x.example"));
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("href=\"/session/start?returnUrl=/mina-uppgifter\"", text, StringComparison.Ordinal);
        Assert.Contains("value=\"ny@x.example\"", text, StringComparison.Ordinal);
    }

    private static object Nobody =>
        new { items = Array.Empty<object>(), units = Array.Empty<object>(), alone = Array.Empty<object>() };

    private static string[] Admin => [Roles.Admin];

    private object Organisation => new
    {
        id = _of, name = "Vårby kommun", number = "212000-0000", kind = "public", units = Array.Empty<object>(),
    };

    private string Back => $"href=\"/drift/organisationer/{_of}\"";

    private (string, string)[] Typed =>
    [
        ("name", "Bo Alm"), ("email", "bo@vårby.example"), ("language", "sv"), ("organisationId", _of.ToString()),
        ("roles", Roles.Admin),
    ];

    private string Guests => $"/agreements/v1/partnerships/{_of}/guests";

    private object Guest(string? invitation = null) => new
    {
        id = _one, name = "Karin Ek", purpose = "adviser", reason = "Råd", fromOn = "2031-01-01", toOn = "2031-02-03",
        state = "invited", inviterId = _pages.MyOrganisation, guestTag = "3", invitation,
    };

    private PagesOverAnswers WithGuest() => _pages.SignedInAs(Roles.Officer)
        .Answers($"GET /agreements/v1/partnerships/{_of}", 200, new { id = _of, title = "Trygg i Vårby" })
        .Answers($"GET {Guests}", 200, new { items = new[] { Guest() } });
}
