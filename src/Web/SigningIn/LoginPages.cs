using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Iop.Web.Providers;

namespace Iop.Web.SigningIn;

/// <summary>The organisations' own logins: choosing one to sign in by, connecting one to the own account, leaving one when
/// signed out.</summary>
internal static class LoginPages
{
    private const string Here = "/konto/inloggningar";
    private const string Root = "/identity/v1/session/logins";

    public static void Map(WebApplication app)
    {
        app.MapGet("/logga-in/organisation", Choose);
        app.MapGet("/utloggad", SignedOut);
        app.MapGet(Here, (
            string? fel, string? sok, GatewayCalls gateway, ProvidersApi providers, Visitor visitor, CancellationToken cancel) =>
            Show(fel, sok, gateway, providers, visitor, cancel));
        app.MapGet(Here + "/bekrafta", Confirm);
        app.MapPost(Here + "/bekrafta", Connect);
        app.MapGet(Here + "/{id:guid}/ta-bort", (Guid id, GatewayCalls gateway, Visitor visitor, CancellationToken cancel) =>
            Removing(id, null, gateway, visitor, cancel));
        app.MapPost(Here + "/{id:guid}/ta-bort", Remove);
    }

    private static async Task<IResult> Choose(
        string? request, string? sok, ProvidersApi api, Visitor visitor, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(request)) return Results.Redirect("/session/start?returnUrl=/samverkan");
        var open = await api.Open(cancel);
        if (open.Problem is { } no) return no.AsPage(visitor);
        return Page.Of<ChooseProvider>(
            new { Request = request, Sought = Sought(sok), Providers = Found(open.Value!.Items, Sought(sok)) });
    }

    private static string? Sought(string? written) => string.IsNullOrWhiteSpace(written) ? null : written.Trim();

    private static IReadOnlyList<OpenProvider> Found(IReadOnlyList<OpenProvider> open, string? sought) => [.. open.Where(one =>
        sought is null || one.Name.Contains(sought, StringComparison.CurrentCultureIgnoreCase))];

    private static async Task<IResult> SignedOut(Guid? leverantor, ProvidersApi api, CancellationToken cancel)
    {
        var open = leverantor is null ? [] : (await api.Open(cancel)).Value?.Items ?? [];
        return Page.Of<SignedOutPage>(new { Provider = open.FirstOrDefault(one => one.Id == leverantor) });
    }

    private static async Task<IResult> Show(string? error, string? written, GatewayCalls gateway, ProvidersApi providers,
        Visitor visitor, CancellationToken cancel)
    {
        var logins = await gateway.Get<Listing<ConnectedLogin>>(Root, cancel);
        if (logins.Problem is { } no) return no.AsPage(visitor);
        var open = (await providers.Open(cancel)).Value?.Items ?? [];
        return Page.Of<LoginsPage>(new
        {
            Logins = logins.Value!.Items, Providers = Found(open, Sought(written)), Sought = Sought(written), Error = error,
        });
    }

    private static async Task<IResult> Confirm(string? visad, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var shown = await gateway.Ask<ShownLogin>(Root + "/shown", new { shown = visad ?? "" }, cancel);
        return shown.Problem is { IsSignedOut: true } no
            ? no.AsPage(visitor)
            : Page.Of<ConfirmLogin>(
                new { Token = visad, Shown = shown.Value, shown.Problem }, shown.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Connect(Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var token = form["visad"] ?? "";
        var connected = await gateway.Ask<ConnectedLogin>(Root, new { shown = token, password = form["password"] }, cancel);
        if (connected.Problem is not { } no) return Page.Done(Here, "login-connected");
        if (no.IsSignedOut) return no.AsPage(visitor);
        var still = await gateway.Ask<ShownLogin>(Root + "/shown", new { shown = token }, cancel);
        return Page.Of<ConfirmLogin>(new { Token = token, Shown = still.Value, Problem = no }, no.Status);
    }

    private static async Task<IResult> Removing(
        Guid id, Problem? problem, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var logins = await gateway.Get<Listing<ConnectedLogin>>(Root, cancel);
        if (logins.Problem is { } no) return no.AsPage(visitor);
        return logins.Value!.Items.FirstOrDefault(one => one.Id == id) is { } login
            ? Page.Of<RemoveLogin>(
                new { Login = login, Others = logins.Value.Items.Count - 1, Problem = problem }, problem?.Status ?? 200)
            : (problem ?? new Problem(StatusCodes.Status404NotFound, null, "", null, [])).AsPage(visitor);
    }

    private static async Task<IResult> Remove(
        Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var removed = await gateway.Act<object>(HttpMethod.Delete, $"{Root}/{id}", null, form.Tag, null, cancel);
        return removed.Problem is { } no
            ? await Removing(id, no, gateway, visitor, cancel) : Page.Done(Here, "login-removed");
    }
}

public sealed record ConnectedLogin(
    Guid Id, string ProviderName, string Label, DateTimeOffset LinkedAt, DateTimeOffset UsedAt, string LoginTag);

public sealed record ShownLogin(string ProviderName, string Label, bool NeedsPassword);
