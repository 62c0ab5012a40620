using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Aid;

/// <summary>Small aid (stöd av mindre betydelse): of one agreement, and of one's own organisation.</summary>
internal static class AidPages
{
    public static IReadOnlyList<string> Kinds { get; } = ["de-minimis", "sgei-de-minimis"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/stod",
            (Guid id, string? dag, AidApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel) =>
                OfAgreement(id, Typed.Day(dag), null, api, agreements, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/stod", Book);
        app.MapPost("/avtal/{id:guid}/stod/motbokning", Reverse);
        app.MapGet("/stod", (AidApi api, Visitor visitor, CancellationToken cancel) => Own(null, api, visitor, cancel));
        app.MapPost("/stod/intyg", State);
        app.MapPost("/stod/kurs", Record);
    }

    private static async Task<IResult> OfAgreement(
        Guid id, DateOnly? on, Filled? form, AidApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var aid = await api.Show(id, on, cancel);
        return aid.Problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<AgreementAid>(new { Agreement = agreement.Value, Aid = aid.Value, Form = form }, form?.Problem?.Status
                ?? 200);
    }

    private static async Task<IResult> Book(
        Guid id, Filled form, AidApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.Book(id, new
        {
            recipientPartyId = form.Text("recipientPartyId"), kind = form.Text("kind"),
            kronor = Typed.Amount(form.Text("kronor")), grantedOn = form.Text("grantedOn"), reason = form.Text("reason"),
        }, form.Key, cancel);
        return answer.Problem is { } no
            ? await OfAgreement(id, null, form.With(no), api, agreements, visitor, cancel)
            : Page.Done($"/avtal/{id}/stod", "aid-booked");
    }

    private static async Task<IResult> Reverse(
        Guid id, Filled form, AidApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.Reverse(id, new { bookingId = form.Text("bookingId"), reason = form.Text("reason") }, form.Key,
            cancel);
        return answer.Problem is { } no
            ? await OfAgreement(id, null, form.With(no), api, agreements, visitor, cancel)
            : Page.Done($"/avtal/{id}/stod", "aid-reversed");
    }

    private static async Task<IResult> Own(Filled? form, AidApi api, Visitor visitor, CancellationToken cancel)
    {
        var statements = await api.Statements(cancel);
        if (statements.Problem is { } no) return no.AsPage(visitor);
        var figures = await api.Figures(cancel);
        if (figures.Problem is { } neither) return neither.AsPage(visitor);
        var bookings = await api.Own(cancel); // not for everybody: then there is none to show
        return Page.Of<OwnAid>(
            new { Bookings = bookings.Value?.Items
                ?? [], Statements = statements.Value!.Items, Figures = figures.Value, Form = form },
            form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> State(Filled form, AidApi api, Visitor visitor, CancellationToken cancel)
    {
        var sort = form.Text("sort");
        var answer = await api.State(new
        {
            sort, kind = sort == "aid" ? form.Text("kind") : null, grantor = form.Text("grantor"),
            euro = Typed.Amount(form.Text("euro")), grantedOn = form.Text("grantedOn"), linkedNumber = form.Text("linkedNumber"),
            withdraws = form.Text("withdraws"),
        }, form.Key, cancel);
        return answer.Problem is { } no ? await Own(form.With(no), api, visitor, cancel) : Page.Done("/stod", "aid-stated");
    }

    private static async Task<IResult> Record(Filled form, AidApi api, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.Record(new
        {
            day = form.Text("day"), kronorPerEuro = Typed.Amount(form.Text("kronorPerEuro")), source = form.Text("source"),
        }, form.Key, cancel);
        return answer.Problem is { } no ? await Own(form.With(no), api, visitor, cancel) : Page.Done("/stod", "rate-recorded");
    }
}
