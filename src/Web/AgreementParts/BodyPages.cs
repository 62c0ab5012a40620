using System.Globalization;
using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.AgreementParts;

/// <summary>Who meets and decides, and who sits where.</summary>
internal static class BodyPages
{
    public static IReadOnlyList<string> Kinds { get; } = ["steering", "idea-driven", "cooperation", "operational", "temporary"];

    public static IReadOnlyList<string> Roles { get; } = ["member", "chair", "deputy", "secretary", "guest"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/organ",
            (Guid id, PartsApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel) =>
            Show(id, null, api, agreements, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/organ", Form);
        app.MapPost("/avtal/{id:guid}/organ/{bodyId:guid}/ledamoter", Seat);
    }

    private static async Task<IResult> Show(
        Guid id, Filled? form, PartsApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var bodies = await api.Bodies(agreement.Value!.PartnershipId, id, cancel);
        return bodies.Problem is { } closed
            ? closed.AsPage(visitor)
            : Page.Of<BodiesPage>(new { Agreement = agreement.Value, Bodies = bodies.Value?.Items ?? [], Form = form },
                form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Form(
        Guid id, Filled form, PartsApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var every = Number(form, "everyWeeks");
        var visibility = form.Text("visibility") ?? "all";
        var answer = await api.FormBody(agreement.Value!.PartnershipId, new
        {
            kind = form.Text("kind"), name = form.Text("name") ?? "", agreementId = form.Text("scope") == "partnership"
                ? (Guid?)null : id,
            mandate = form.Text("mandate"), handover = form.Text("handover"), visibility,
            rhythm = every is null ? null
                : new { everyWeeks = every, forMonths = Number(form, "forMonths"),
                    thenEveryWeeks = Number(form, "thenEveryWeeks") },
            ownerPartyId = visibility == "all" ? null : form.Text("ownerPartyId"), endsOn = form.Text("endsOn"),
        }, form.Key, cancel);
        return await After(answer, id, "body-formed", form, api, agreements, visitor, cancel);
    }

    private static async Task<IResult> Seat(
        Guid id, Guid bodyId, Filled form, PartsApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var answer = await api.Seat(agreement.Value!.PartnershipId, bodyId, new
        {
            role = form.Text("role"), fromOn = form.Text("fromOn"), partyId = form.Text("partyId"), name = form.Text("name"),
            deputyFor = form.Text("deputyFor"), mandate = form.Text("mandate"),
        }, form.Key, cancel);
        return await After(answer, id, "member-seated", form, api, agreements, visitor, cancel);
    }

    private static async Task<IResult> After(
        Answer<object> answer, Guid id, string done, Filled form, PartsApi api, AgreementsApi agreements, Visitor visitor,
            CancellationToken cancel) => answer.Problem is { } no
        ? no.IsSignedOut ? no.AsPage(visitor) : await Show(id, form.With(no), api, agreements, visitor, cancel)
        : Page.Done($"/avtal/{id}/organ", done);

    private static int? Number(Filled form, string name) =>
        int.TryParse(form.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
