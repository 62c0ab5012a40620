using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Providers;

/// <summary>An administrator signs in at the organisation's own login on trial, and sees what it said and what would
/// follow.</summary>
internal static class TrialPages
{
    private const string Root = "/identity/v1/providers";

    public static void Map(WebApplication app) => app.MapGet("/inloggningstjanster/{id:guid}/provinloggning", Show);

    private static async Task<IResult> Show(
        Guid id, string? visad, ProvidersApi api, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var one = await api.One(id, cancel);
        if (one.Problem is { } no) return no.AsPage(visitor);
        var shown = visad is null ? null
            : await gateway.Ask<TrialResult>($"{Root}/{id}/trials", new { shown = visad }, cancel);
        return Page.Of<TrialPage>(new { Provider = one.Value, Trial = shown?.Value, shown?.Problem },
            shown?.Problem?.Status ?? StatusCodes.Status200OK);
    }
}

public sealed record TrialResult(
    bool Works, string? Code, string? Detail, string? Words, TrialToken? Token, IReadOnlyList<TrialRoles> Follows);

public sealed record TrialToken(
    string Issuer, string? Tenant, string Subject, string? Name, string? Email, bool? EmailVerified, bool EmailCounts,
    TrialNames Groups, TrialNames AppRoles, bool GroupsLeftOut, bool IsKnown)
{
    public string Verified => EmailVerified switch { true => "verified", false => "unverified", null => "silent" };
}

public sealed record TrialNames(bool Spoken, IReadOnlyList<string> Items, int NotShown);

public sealed record TrialRoles(string OrganisationName, string? UnitName, IReadOnlyList<string> Roles);
