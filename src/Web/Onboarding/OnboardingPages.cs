using Iop.Web.Frame;
using Iop.Web.Operating;
using Iop.Web.Parts;
using Iop.Web.People;
using Iop.Web.Problems;
using Iop.Web.Profiles;

namespace Iop.Web.Onboarding;

/// <summary>The operator takes an organisation aboard: who it is, the units that act for it, and its first administrator, who
/// does the rest.</summary>
internal static class OnboardingPages
{
    private const string Here = OperatingPages.Here + "/organisationer";

    public static void Map(WebApplication app)
    {
        app.MapGet(Here + "/ny", (OnboardingApi api, Visitor visitor, CancellationToken cancel) =>
            Form(null, null, api, visitor, cancel));
        app.MapPost(Here + "/ny", (Filled form, OnboardingApi api, Visitor visitor, CancellationToken cancel) =>
            Write(null, form, api, visitor, cancel));
        app.MapGet(Here + "/{id:guid}", Show);
        app.MapGet(Here + "/{id:guid}/andra", (Guid id, OnboardingApi api, Visitor visitor, CancellationToken cancel) =>
            Form(id, null, api, visitor, cancel));
        app.MapPost(Here + "/{id:guid}/andra",
            (Guid id, Filled form, OnboardingApi api, Visitor visitor, CancellationToken cancel) =>
                Write(id, form, api, visitor, cancel));
    }

    private static async Task<IResult> Form(
        Guid? id, Filled? form, OnboardingApi api, Visitor visitor, CancellationToken cancel)
    {
        if (OperatingPages.NotForOthers(visitor) is { } no) return no;
        var known = id is { } asked ? await api.Organisation(asked, cancel) : null;
        var (counties, municipalities) = (await api.Counties(cancel), await api.Municipalities(cancel));
        if ((known?.Problem ?? counties.Problem ?? municipalities.Problem) is { } problem) return problem.AsPage(visitor);
        var federation = known?.Value?.FederationId is { } its ? (await api.Organisation(its, cancel)).Value?.Name : null;
        return Page.Of<OrganisationForm>(new
        {
            Known = known?.Value, known?.Tag, Federation = federation, Counties = counties.Value!.Items,
            Municipalities = municipalities.Value!.Items, Form = form,
        }, form?.Problem?.Status ?? StatusCodes.Status200OK);
    }

    private static async Task<IResult> Write(
        Guid? id, Filled form, OnboardingApi api, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.Write(id, form, cancel);
        return answer.Problem is { } no
            ? await Form(id, form.With(no), api, visitor, cancel)
            : Page.Done($"{Here}/{answer.Value!.Id}", id is null ? "organisation-registered" : "organisation-changed");
    }

    private static async Task<IResult> Show(Guid id, OnboardingApi api, Visitor visitor, CancellationToken cancel)
    {
        if (OperatingPages.NotForOthers(visitor) is { } no) return no;
        return await Shown(id, null, api, visitor, cancel);
    }

    /// <summary>As the operator sees it: with those who administer it, and nothing of what it does.</summary>
    public static async Task<IResult> Shown(
        Guid id, Filled? form, OnboardingApi api, Visitor visitor, CancellationToken cancel)
    {
        var organisation = await api.Organisation(id, cancel);
        var members = await api.Members(id, cancel);
        if ((organisation.Problem ?? members.Problem) is { } problem) return problem.AsPage(visitor);
        var of = organisation.Value!;
        return Page.Of<OnboardedPage>(new
        {
            Of = of, organisation.Tag, Form = form,
            Federation = of.FederationId is { } its ? (await api.Organisation(its, cancel)).Value : null,
            Administrators = Named(members.Value!),
        }, form?.Problem?.Status ?? StatusCodes.Status200OK);
    }

    private static IReadOnlyList<Member> Named(MemberList members) =>
        [.. members.Items.Where(one => one.UnitId is null && one.OwnRoles.Contains(Kernel.Roles.Admin, StringComparer.Ordinal))];
}
