using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Onboarding;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Iop.Web.SigningIn;

namespace Iop.Web.Account;

/// <summary>When something is lost: a forgotten password, and an authenticator app that two administrators give back.</summary>
internal static class RecoveryPages
{
    private const string Resets = "/identity/v1/second-factor-resets";
    private const string Here = "/konto/andra-faktorn";
    private const int Spent = StatusCodes.Status409Conflict;

    public static void Map(WebApplication app)
    {
        app.MapGet("/glomt-losenord", () => Page.Of<ForgottenPassword>());
        app.MapPost("/glomt-losenord", Ask);
        app.MapGet("/nytt-losenord/{token}", AskForNew);
        app.MapPost("/nytt-losenord/{token}", Choose);
        app.MapGet("/ny-engangskod/{token}", (string token, OfferedSecrets offered, CancellationToken cancel) =>
            offered.Page<NewSecondFactor>(token, null, null, cancel));
        app.MapPost("/ny-engangskod/{token}", Take);
        app.MapGet(Here, (GatewayCalls gateway, Visitor visitor, CancellationToken cancel) =>
            Show(gateway, visitor, null, cancel));
        app.MapPost(Here, AskForReset);
        app.MapPost(Here + "/{id:guid}", Confirm);
    }

    private static async Task<IResult> Ask(Filled form, GatewayCalls gateway, CancellationToken cancel)
    {
        var asked = await gateway.Ask<object>("/identity/v1/password-resets", new { email = form["email"] ?? "" }, cancel);
        return asked.Problem is { } no
            ? Page.Of<ForgottenPassword>(new { Form = form.With(no) }, no.Status)
            : Page.Of<ForgottenPassword>(new { Asked = true });
    }

    /// <summary>A spent link asks for nothing.</summary>
    private static async Task<IResult> AskForNew(string token, GatewayCalls gateway, CancellationToken cancel)
    {
        var link = await gateway.Get<object>($"/identity/v1/password-resets/{Uri.EscapeDataString(token)}", cancel);
        return Page.Of<NewPassword>(new { Token = token, Problem = link.Problem }, link.Problem is { Status: not Spent } no
            ? no.Status : StatusCodes.Status200OK);
    }

    private static async Task<IResult> Choose(string token, Filled form, GatewayCalls gateway, CancellationToken cancel)
    {
        var chosen = await gateway.Ask<object>(
            $"/identity/v1/password-resets/{Uri.EscapeDataString(token)}", new { password = form["password"] ?? "" }, cancel);
        return chosen.Problem is { } no
            ? Page.Of<NewPassword>(
                no.Status is Spent ? new { Token = token, Problem = no } : new { Token = token, Form = form.With(no) }, no.Status)
            : Page.Of<NewPassword>(new { Token = token, Chosen = true });
    }

    private static async Task<IResult> Take(
        string token, Filled form, GatewayCalls gateway, OfferedSecrets offered, CancellationToken cancel)
    {
        var taken = await gateway.Ask<SignInPages.Codes>($"/identity/v1/second-factors/{Uri.EscapeDataString(token)}",
            new { password = form["password"] ?? "", code = form.Text("code") ?? "", offer = form.Text("offer") ?? "" }, cancel);
        return taken.Problem is { } no
            ? await offered.Page<NewSecondFactor>(token, form, no, cancel)
            : Page.Of<CodesToKeep>(new { Codes = taken.Value?.RecoveryCodes ?? [] });
    }

    private static async Task<IResult> Show(GatewayCalls gateway, Visitor visitor, Filled? form, CancellationToken cancel)
    {
        var open = await gateway.Get<Listing<FactorReset>>(Resets, cancel);
        if (open.Problem is { } no) return no.AsPage(visitor);
        var members = visitor.Is(Iop.Kernel.Roles.Admin)
            ? (await gateway.Get<Listing<Member>>("/identity/v1/memberships", cancel)).Value?.Items ?? [] : [];
        return Page.Of<ResetsPage>(new
        {
            Resets = open.Value!.Items, Form = form,
            Members = members.Where(one => one.PersonId != visitor.Person?.Id).DistinctBy(one => one.PersonId)
                .OrderBy(one => one.Name, StringComparer.CurrentCulture).ToList(),
        }, form?.Problem?.Status ?? 200);
    }

    // Asked on an organisation's page, what is refused comes back there.
    private static async Task<IResult> AskForReset(
        Filled form, GatewayCalls gateway, OnboardingApi onboarding, Visitor visitor, CancellationToken cancel)
    {
        var asked = await gateway.Create<object>(
            Resets, new { personId = form["personId"], reason = form["reason"] ?? "" }, form.Key, cancel);
        if (asked.Problem is not { } no) return Page.Done(Here, "reset-asked");
        return Guid.TryParse(form["organisationId"], out var organisation)
            ? await OnboardingPages.Shown(organisation, form.With(no), onboarding, visitor, cancel)
            : await Show(gateway, visitor, form.With(no), cancel);
    }

    private static async Task<IResult> Confirm(
        Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var confirmed = await gateway.Act<object>(
            HttpMethod.Post, $"{Resets}/{id}/confirmation", null, form.Tag, form.Key, cancel);
        return confirmed.Problem is { } no
            ? await Show(gateway, visitor, form.With(no), cancel) : Page.Done(Here, "reset-confirmed");
    }
}

public sealed record FactorReset(
    Guid Id, string Name, string OrganisationName, string Reason, string AskedBy, DateTimeOffset AskedAt, bool Mine,
    string ResetTag, string Kind);

public sealed record Member(Guid PersonId, string Name, string Email);
