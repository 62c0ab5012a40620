using System.Globalization;
using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Agreements;

/// <summary>Say what a party contributes (resursinsats).</summary>
internal static class AddContribution
{
    public static IReadOnlyList<string> Kinds { get; } =
        ["money", "premises", "administration", "labour", "material", "competence", "volunteer-work", "digital-tools", "trust",
            "networks"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/resurs", (Guid id, AgreementsApi api, Visitor visitor, CancellationToken cancel) =>
            Form(id, null, api, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/resurs", Add);
    }

    private static async Task<IResult> Form(Guid id, Filled? form, AgreementsApi api, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await api.Show(id, cancel);
        return agreement.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<ContributionForm>(new { Agreement = agreement.Value, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Add(Guid id, Filled form, AgreementsApi api, Visitor visitor, CancellationToken cancel)
    {
        int? hours = int.TryParse(form.Text("hoursPerYear"), NumberStyles.None, CultureInfo.InvariantCulture, out var typed)
            ? typed
            : null;
        var answer = await api.Contribute(id, new
        {
            partyId = form.Text("partyId"), kind = form.Text("kind"), description = form.Text("description"),
            kronorPerYear = Typed.Amount(form.Text("kronorPerYear")), hoursPerYear = hours,
            fundingSource = form.Text("fundingSource"),
        }, form.Key, cancel);
        return answer.Problem is { } no
            ? await Form(id, form.With(no), api, visitor, cancel)
            : Page.Done($"/avtal/{id}", "contribution-added");
    }
}
