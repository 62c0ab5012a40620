using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Iop.Web.Register;

namespace Iop.Web.Partnerships;

/// <summary>My partnerships, a new one, and the workspace of one.</summary>
internal static class PartnershipPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/samverkan", List);
        app.MapGet("/samverkan/ny", () => Page.Of<NewPartnership>());
        app.MapPost("/samverkan/ny", Begin);
        app.MapGet("/samverkan/{id:guid}", Show);
        app.MapGet("/samverkan/{id:guid}/part",
            (Guid id, string? sok, PartnershipsApi api, RegisterApi register, Visitor visitor, CancellationToken cancel) =>
            InviteForm(id, sok, null, api, register, visitor, cancel));
        app.MapPost("/samverkan/{id:guid}/part", Invite);
        app.MapGet("/samverkan/{id:guid}/avtal", (Guid id, PartnershipsApi api, Visitor visitor, CancellationToken cancel) =>
            AgreementForm(id, null, api, visitor, cancel));
        app.MapPost("/samverkan/{id:guid}/avtal", DraftAgreement);
    }

    private static async Task<IResult> List(PartnershipsApi api, Visitor visitor, CancellationToken cancel)
    {
        var mine = await api.Mine(cancel);
        return mine.Problem is { } no ? no.AsPage(visitor) : Page.Of<MyPartnerships>(new { Mine = mine.Value!.Items });
    }

    private static async Task<IResult> Begin(Filled form, PartnershipsApi api, CancellationToken cancel)
    {
        var answer = await api.Begin(new { title = form.Text("title"), challenge = form.Text("challenge") }, form.Key, cancel);
        return answer.Problem is { } no
            ? Page.Of<NewPartnership>(new { Form = form.With(no) }, no.Status)
            : Page.Done($"/samverkan/{answer.Value!.Id}", "partnership-begun");
    }

    private static async Task<IResult> Show(Guid id, PartnershipsApi api, Visitor visitor, CancellationToken cancel)
    {
        var partnership = await api.Show(id, cancel);
        return partnership.Problem is { } no ? no.AsPage(visitor) : Page.Of<Workspace>(new { Partnership = partnership.Value });
    }

    private static async Task<IResult> InviteForm(
        Guid id, string? search, Filled? form, PartnershipsApi api, RegisterApi register, Visitor visitor,
        CancellationToken cancel)
    {
        var partnership = await api.Show(id, cancel);
        if (partnership.Problem is { } no) return no.AsPage(visitor);
        var organisations = await register.Organisations(search, cancel);
        return Page.Of<InviteParty>(
            new { Partnership = partnership.Value, Organisations = organisations.Value?.Items ?? [], Search = search,
                Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Invite(
        Guid id, Filled form, PartnershipsApi api, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        var chosen = (form.Text("organisationId") ?? "").Split('/');
        var answer = await api.Invite(id, new
        {
            organisationId = chosen[0], unitId = chosen.Length > 1
                ? chosen[1]
                : null, requiredSignatures = form.Text("requiredSignatures") == "2" ? 2 : 1,
        }, form.Key, cancel);
        return answer.Problem is { } no
            ? await InviteForm(id, form.Text("sok"), form.With(no), api, register, visitor, cancel)
            : Page.Done($"/samverkan/{id}", "party-joined");
    }

    private static async Task<IResult> AgreementForm(
        Guid id, Filled? form, PartnershipsApi api, Visitor visitor, CancellationToken cancel)
    {
        var partnership = await api.Show(id, cancel);
        return partnership.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<NewAgreement>(new { Partnership = partnership.Value, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> DraftAgreement(
        Guid id, Filled form, PartnershipsApi api, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.DraftAgreement(id, AgreementFrame.Of(form), form.Key, cancel);
        return answer.Problem is { } no
            ? await AgreementForm(id, form.With(no), api, visitor, cancel)
            : Page.Done($"/avtal/{answer.Value!.Id}", "agreement-drafted");
    }
}
