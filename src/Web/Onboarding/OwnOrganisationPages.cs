using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Onboarding;

/// <summary>An organisation sees what is said of it, names its units, and answers how much of its partnerships the register
/// knows.</summary>
internal static class OwnOrganisationPages
{
    private const string Here = "/var-organisation";
    private const string Units = "/organisation/{id:guid}/enheter";

    public static void Map(WebApplication app)
    {
        app.MapGet(Here, (OnboardingApi api, Visitor visitor, CancellationToken cancel) => Own(null, api, visitor, cancel));
        app.MapPost(Here + "/tackning", Declare);
        app.MapPost(Units, AddUnit);
        app.MapPost(Units + "/{unit:guid}", RenameUnit);
    }

    private static async Task<IResult> Own(Filled? form, OnboardingApi api, Visitor visitor, CancellationToken cancel)
    {
        if (visitor.Person?.Acting is not { } acting)
            return Results.Redirect("/session/start?returnUrl=" + Uri.EscapeDataString(Here));
        var organisation = await api.Organisation(acting.OrganisationId, cancel);
        if (organisation.Problem is { } no) return no.AsPage(visitor);
        var of = organisation.Value!;
        return Page.Of<OwnOrganisationPage>(new
        {
            Of = of, organisation.Tag, Form = form,
            Federation = of.FederationId is { } its ? (await api.Organisation(its, cancel)).Value : null,
        }, form?.Problem?.Status ?? StatusCodes.Status200OK);
    }

    private static async Task<IResult> Declare(Filled form, OnboardingApi api, Visitor visitor, CancellationToken cancel)
    {
        if (visitor.Person?.Acting is not { } acting) return await Own(null, api, visitor, cancel);
        var answer = await api.Declare(acting.OrganisationId, form, cancel);
        return answer.Problem is { } no ? await Own(form.With(no), api, visitor, cancel) : Page.Done(Here, "coverage-answered");
    }

    private static async Task<IResult> AddUnit(
        Guid id, Filled form, OnboardingApi api, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.AddUnit(id, form, cancel);
        return answer.Problem is { } no ? await Back(id, form.With(no), api, visitor, cancel)
            : Page.Done(Onwards(id, visitor), "unit-added");
    }

    private static async Task<IResult> RenameUnit(
        Guid id, Guid unit, Filled form, OnboardingApi api, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.RenameUnit(id, unit, form, cancel);
        return answer.Problem is { } no ? no.AsPage(visitor) : Page.Done(Onwards(id, visitor), "unit-renamed");
    }

    private static Task<IResult> Back(Guid id, Filled form, OnboardingApi api, Visitor visitor, CancellationToken cancel) =>
        IsOwn(id, visitor) ? Own(form, api, visitor, cancel) : OnboardingPages.Shown(id, form, api, visitor, cancel);

    private static string Onwards(Guid id, Visitor visitor) => IsOwn(id, visitor) ? Here : $"/drift/organisationer/{id}";

    private static bool IsOwn(Guid id, Visitor visitor) => visitor.Person?.Acting?.OrganisationId == id;
}
