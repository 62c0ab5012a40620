using System.Net;
using Iop.Kernel;

namespace Iop.Registry.Tests;

/// <summary>What cannot be undone is asked about first, with what follows, and done to what was seen.</summary>
public sealed class ConfirmTests : IDisposable
{
    private const string Logins = "/identity/v1/session/logins";
    private const string Webhooks = "/notifications/v1/webhooks";
    private readonly PagesOverAnswers _pages = new();
    private readonly Guid _one = Guid.NewGuid();

    public void Dispose() => _pages.Dispose();

    [Fact]
    public async Task A_connected_login_is_removed_only_after_what_follows_was_read()
    {
        WithLogins().Answers($"DELETE {Logins}/{_one}", 200, new { id = _one });
        var (_, listed, _) = await _pages.Get("/konto/inloggningar");
        Assert.Contains($"href=\"/konto/inloggningar/{_one}/ta-bort\"", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\" action=\"/konto/inloggningar", listed, StringComparison.Ordinal);
        var (_, asked, _) = await _pages.Get($"/konto/inloggningar/{_one}/ta-bort");
        Assert.Contains("inte logga in här via Vårby kommun som vera@vårby", asked, StringComparison.Ordinal);
        Assert.Contains("name=\"etag\" value=\"sedd\"", asked, StringComparison.Ordinal);
        Assert.Empty(_pages.Acts);
        var (_, _, led) = await _pages.Post($"/konto/inloggningar/{_one}/ta-bort", ("etag", "sedd"));
        Assert.Equal($"DELETE {Logins}/{_one} \"sedd\"", Assert.Single(_pages.Acts));
        Assert.Equal("/konto/inloggningar?klart=login-removed", led);
        Assert.Equal(HttpStatusCode.NotFound, (await _pages.Get($"/konto/inloggningar/{Guid.NewGuid()}/ta-bort")).Status);
    }

    [Fact]
    public async Task A_login_that_must_stay_says_so_where_it_was_asked()
    {
        WithLogins().Refuses($"DELETE {Logins}/{_one}", 409, "login.only-way-in", "Enda vägen in");
        var (status, text, _) = await _pages.Post($"/konto/inloggningar/{_one}/ta-bort", ("etag", "sedd"));
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("Enda vägen in", text, StringComparison.Ordinal);
        Assert.Contains("name=\"etag\" value=\"sedd\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Among_many_logins_to_connect_one_searches()
    {
        WithLogins().Answers("GET /identity/v1/sign-in/providers", 200, new { items = Open() });
        var (_, all, _) = await _pages.Get("/konto/inloggningar");
        Assert.Contains("Kommun 11", all, StringComparison.Ordinal);
        Assert.Contains("name=\"sok\"", all, StringComparison.Ordinal);
        var (_, found, _) = await _pages.Get("/konto/inloggningar?sok=kommun+11");
        Assert.Contains("Kommun 11", found, StringComparison.Ordinal);
        Assert.DoesNotContain("Kommun 10", found, StringComparison.Ordinal);
        Assert.Contains("value=\"kommun 11\"", found, StringComparison.Ordinal);
        var (_, none, _) = await _pages.Get("/konto/inloggningar?sok=finns+inte");
        Assert.Contains("name=\"sok\"", none, StringComparison.Ordinal);
        Assert.DoesNotContain("Kommun 1", none, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hemlighet", "POST", "/secret", "24 timmar")]
    [InlineData("avsluta", "DELETE", "", "får inget mer")]
    public async Task A_webhook_is_changed_only_after_what_follows_was_read(
        string act, string method, string below, string follows)
    {
        WithWebhook().Answers($"{method} {Webhooks}/{_one}{below}", 200, Webhook("whsec_ny"));
        var (_, listed, _) = await _pages.Get("/inkorg/webhookar");
        Assert.Contains($"href=\"/inkorg/webhookar/{_one}/{act}\"", listed, StringComparison.Ordinal);
        Assert.DoesNotContain($"action=\"/inkorg/webhookar/{_one}/{act}\"", listed, StringComparison.Ordinal);
        var (_, asked, _) = await _pages.Get($"/inkorg/webhookar/{_one}/{act}");
        Assert.Contains(follows, asked, StringComparison.Ordinal);
        Assert.Contains("name=\"etag\" value=\"7\"", asked, StringComparison.Ordinal);
        Assert.Empty(_pages.Acts);
        var (_, done, led) = await _pages.Post($"/inkorg/webhookar/{_one}/{act}", ("etag", "7"));
        Assert.Equal($"{method} {Webhooks}/{_one}{below} \"7\"", Assert.Single(_pages.Acts));
        if (act == "hemlighet") Assert.Contains("whsec_ny", done, StringComparison.Ordinal);
        else Assert.Equal("/inkorg/webhookar?klart=webhook-ended", led);
    }

    [Fact]
    public async Task A_webhook_that_was_changed_meanwhile_is_asked_about_anew_as_it_is()
    {
        WithWebhook().Refuses($"DELETE {Webhooks}/{_one}", 412, "request.stale", "Någon har ändrat");
        var (status, text, _) = await _pages.Post($"/inkorg/webhookar/{_one}/avsluta", ("etag", "6"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, status);
        Assert.Contains("Någon har ändrat", text, StringComparison.Ordinal);
        Assert.Contains("name=\"etag\" value=\"7\"", text, StringComparison.Ordinal);
    }

    private static IEnumerable<object> Open() =>
        Enumerable.Range(1, 12).Select(number => new { id = Guid.NewGuid(), name = $"Kommun {number}" });

    private object Webhook(string? secret = null) => new
    {
        id = _one, url = "https://system.example/in", kinds = Array.Empty<string>(), state = "active", webhookTag = "7", secret,
    };

    private PagesOverAnswers WithWebhook() => _pages.SignedInAs(Roles.Admin)
        .Answers($"GET {Webhooks}", 200, new { items = new[] { Webhook() } });

    private PagesOverAnswers WithLogins() => _pages.SignedInAs(Roles.Reader).Answers($"GET {Logins}", 200, new
    {
        items = new[] { new { id = _one, providerName = "Vårby kommun", label = "vera@vårby", loginTag = "sedd" } },
    });
}
