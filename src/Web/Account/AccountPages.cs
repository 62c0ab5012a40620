using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Account;

/// <summary>The own account: the password, recovery codes, and where one is signed in.</summary>
internal static class AccountPages
{
    private const string Here = "/konto";
    private const string Root = "/identity/v1/session";

    public static void Map(WebApplication app)
    {
        app.MapGet(Here, (GatewayCalls gateway, Visitor visitor, CancellationToken cancel) =>
            Show(gateway, visitor, null, cancel));
        app.MapPost(Here + "/losenord", ChangePassword);
        app.MapPost(Here + "/koder", RenewCodes);
        app.MapPost(Here + "/enheter/{id:guid}/logga-ut", SignOutThere);
        app.MapPost(Here + "/enheter/logga-ut", SignOutEverywhere);
    }

    private static async Task<IResult> Show(
        GatewayCalls gateway, Visitor visitor, Filled? form, CancellationToken cancel)
    {
        var account = await gateway.Get<Standing>(Root + "/account", cancel);
        if (account.Problem is { } no) return no.AsPage(visitor);
        var devices = (await gateway.Get<Listing<Device>>(Root + "/devices", cancel)).Value?.Items ?? [];
        return Page.Of<AccountPage>(
            new { Account = account.Value, Devices = devices, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> ChangePassword(
        Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var changed = await gateway.Ask<object>(
            Root + "/password", new { password = form["password"] ?? "", newPassword = form["newPassword"] ?? "" }, cancel);
        return changed.Problem is { } no
            ? await Show(gateway, visitor, form.With(no), cancel) : Page.Done(Here, "password-changed");
    }

    // The codes are in this answer and nowhere else, so the page is not left by a redirect.
    private static async Task<IResult> RenewCodes(
        Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var renewed = await gateway.Ask<Codes>(
            Root + "/recovery-codes", new { password = form["codePassword"] ?? "" }, cancel);
        return renewed.Problem is { } no
            ? await Show(gateway, visitor, form.With(no), cancel)
            : Page.Of<CodesPage>(new { renewed.Value!.RecoveryCodes });
    }

    private static async Task<IResult> SignOutThere(
        Guid id, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var done = await gateway.Act<object>(HttpMethod.Delete, $"{Root}/devices/{id}", null, null, null, cancel);
        return done.Problem is { } no ? no.AsPage(visitor) : Page.Done(Here, "device-signed-out");
    }

    private static async Task<IResult> SignOutEverywhere(GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var done = await gateway.Act<object>(HttpMethod.Delete, Root + "/devices", null, null, null, cancel);
        return done.Problem is { } no ? no.AsPage(visitor) : Results.Redirect("/utloggad");
    }

    private sealed record Codes(IReadOnlyList<string> RecoveryCodes);
}

public sealed record Standing(bool HasPassword, int RecoveryCodesLeft);

public sealed record Device(
    Guid Id, string? Agent, string? ProviderName, DateTimeOffset BegunAt, DateTimeOffset UsedAt, bool Current)
{
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>Browser and system, as far as they can be told; null when neither can.</summary>
    public string? Name
    {
        get
        {
            var parts = new[] { Found(Browsers), Found(Systems) }.OfType<string>().ToList();
            return parts.Count == 0 ? null : string.Join(", ", parts);
        }
    }

    private string? Found((string Mark, string Name)[] among) =>
        among.FirstOrDefault(one => Agent?.Contains(one.Mark, StringComparison.Ordinal) is true).Name;
}
