using System.Globalization;
using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.AgreementParts;

/// <summary>What the parties put in, planned and delivered; a party reports its own.</summary>
internal static class ResourcePages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/resurser",
            (Guid id, PartsApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel) =>
            Show(id, null, api, agreements, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/resurser", Report);
    }

    private static async Task<IResult> Show(
        Guid id, Filled? form, PartsApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var resources = await api.Resources(id, cancel);
        return resources.Problem is { } closed
            ? closed.AsPage(visitor)
            : Page.Of<ResourcesPage>(new { Agreement = agreement.Value, Overview = resources.Value, Form = form },
                form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Report(
        Guid id, Filled form, PartsApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel)
    {
        int? hours = int.TryParse(form.Text("hours"), NumberStyles.None, CultureInfo.InvariantCulture, out var typed)
            ? typed : null;
        var answer = await api.Create(id, $"contributions/{form.Text("contributionId")}/deliveries", new
        {
            fromOn = form.Text("fromOn"), toOn = form.Text("toOn"), kronor = Typed.Amount(form.Text("kronor")), hours,
            comment = form.Text("comment"), corrects = form.Text("corrects"),
        }, form.Key, cancel);
        return answer.Problem is { } no
            ? no.IsSignedOut ? no.AsPage(visitor) : await Show(id, form.With(no), api, agreements, visitor, cancel)
            : Page.Done($"/avtal/{id}/resurser", "delivery-reported");
    }
}
