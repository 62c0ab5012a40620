using Iop.Web.Account;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.SigningIn;

/// <summary>Signing in (the form goes to Identity itself), accepting an invitation, and choosing whom one acts for.</summary>
internal static class SignInPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/logga-in", SignInForm);
        app.MapGet("/valj-organisation", (Visitor visitor) =>
            visitor.SignedIn ? Page.Of<ChooseOrganisation>() : SignedOut(visitor));
        app.MapPost("/valj-organisation", Choose);
        app.MapGet("/inbjudan/{token}", (string token, OfferedSecrets offered, CancellationToken cancel) =>
            offered.Page<AcceptInvitation>(token, null, null, cancel));
        app.MapPost("/inbjudan/{token}", Accept);
        app.MapGet("/forsta-start", (string? token, OfferedSecrets offered, CancellationToken cancel) =>
            offered.Page<FirstStart>(token, null, null, cancel));
        app.MapPost("/forsta-start", Begin);
    }

    /// <summary>Without a request from Identity there is nothing to sign in to yet: begin at the gateway, or say why it has
    /// stopped.</summary>
    private static IResult SignInForm(string? request, string? error, string? till, HttpRequest http) => (request, error) switch
    {
        (null, null) => Results.Redirect(
            "/session/start?returnUrl=" + Uri.EscapeDataString(IsOurs(till) ? till! : "/samverkan")),
        (null, _) => Page.Of<SignInStopped>(new { Error = error }),
        _ => Page.Of<SignIn>(new { Request = request, Error = error, Email = error is null ? null : Typed(http) }),
    };

    /// <summary>What was typed when it failed: Identity leaves it with the browser, for this page.</summary>
    private static string? Typed(HttpRequest http) =>
        http.Cookies["__Secure-iop-typed"] is { Length: > 0 } kept ? kept : http.Cookies["iop-typed"];

    private static async Task<IResult> Choose(Filled form, Sessions sessions, Visitor visitor, CancellationToken cancel)
    {
        var chosen = (form.Text("organisation") ?? "").Split('/');
        if (!Guid.TryParse(chosen[0], out var organisation)) return Page.Of<ChooseOrganisation>();
        Guid? unit = chosen.Length > 1 && Guid.TryParse(chosen[1], out var known) ? known : null;
        var answer = await sessions.ActFor(organisation, unit, cancel);
        return answer.Problem is { } no ? no.AsPage(visitor) : Page.Done("/samverkan", "organisation-chosen");
    }

    private static async Task<IResult> Accept(
        string token, Filled form, GatewayCalls gateway, OfferedSecrets offered, CancellationToken cancel)
    {
        var answer = await gateway.Ask<Codes>($"/identity/v1/invitations/{Uri.EscapeDataString(token)}/acceptance",
            new { password = form["password"] ?? "", code = form.Text("code") ?? "", offer = form.Text("offer") ?? "" }, cancel);
        return answer.Problem is { } no
            ? await offered.Page<AcceptInvitation>(token, form, no, cancel)
            : Page.Of<CodesToKeep>(new { Codes = answer.Value?.RecoveryCodes ?? [] });
    }

    private static async Task<IResult> Begin(
        Filled form, GatewayCalls gateway, OfferedSecrets offered, Visitor visitor, CancellationToken cancel)
    {
        var answer = await gateway.Ask<Codes>("/identity/v1/bootstrap", new
        {
            oneTimeToken = form.Text("oneTimeToken") ?? "", name = form.Text("name") ?? "", email = form.Text("email") ?? "",
            password = form["password"] ?? "", language = visitor.Language, code = form.Text("code") ?? "",
            offer = form.Text("offer") ?? "",
        }, cancel);
        return answer.Problem is { } no
            ? await offered.Page<FirstStart>(form.Text("oneTimeToken"), form, no, cancel)
            : Page.Of<CodesToKeep>(new { Codes = answer.Value?.RecoveryCodes ?? [] });
    }

    private static IResult SignedOut(Visitor visitor) =>
        new Problem(StatusCodes.Status401Unauthorized, null, "", null, []).AsPage(visitor);

    private static bool IsOurs(string? path) => path is ['/', not ('/' or '\\'), ..] or "/";

    internal sealed record Codes(IReadOnlyList<string>? RecoveryCodes);
}
