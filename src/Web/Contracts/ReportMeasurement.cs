using Iop.Web.FollowUp;
using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Contracts;

/// <summary>Report what was measured in a period, with evidence; the same period again is a correction.</summary>
internal static class ReportMeasurement
{
    public static IReadOnlyList<string> Counterfactuals { get; } = ["fixed-baseline", "historical", "matched", "randomised",
        "pre-post", "simple-count"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/utfallskontrakt/{id:guid}/matning/{period}",
            (Guid id, string period, FollowUpApi api, Visitor visitor, CancellationToken cancel) =>
            Show(id, period, null, api, visitor, cancel));
        app.MapPost("/utfallskontrakt/{id:guid}/matning/{period}", Report);
    }

    public static string Field(string path) => "figure:" + path;

    private static async Task<IResult> Show(
        Guid id, string period, Filled? form, FollowUpApi api, Visitor visitor, CancellationToken cancel)
    {
        var contract = await api.Contract(id, cancel);
        return contract.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<MeasurementForm>(
                new { Contract = contract.Value, Period = period, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Report(
        Guid id, string period, Filled form, FollowUpApi api, Visitor visitor, Texts.Words words, CancellationToken cancel)
    {
        var contract = await api.Contract(id, cancel);
        if (contract.Problem is { } unseen) return unseen.AsPage(visitor);
        var figures = (contract.Value!.Measures ?? [])
            .Select(measure => (Measure: measure, measure.Path, Typed: form.Text(Field(measure.Path))!))
            .Where(figure => figure.Typed is not null).Concat(MeasuredTables.Cohorts(contract.Value, form))
            .Select(figure =>
                new { path = figure.Path, type = TypeOf(figure.Measure), value = ValueOf(figure.Measure, figure.Typed) });
        var people = MeasuredTables.Pasted(contract.Value, form);
        var evidence = form.Text("evidence") is { } name
            ? new[] { new { name, description = form.Text("evidenceDescription") ?? name, url = form.Text("evidenceUrl") } }
            : [];
        var answer = await api.ReportMeasurement(id, new
        {
            periodKey = period, figures, counterfactual = form.Text("counterfactual"), evidence,
            supersedesMeasurementId = Guid.TryParse(form.Text("supersedes"), out var earlier) ? earlier : (Guid?)null,
            participants = people.Select(one =>
                new { collection = one.Collection, fields = one.Table.Head, rows = one.Table.Rows }),
        }, form.Key, cancel);
        return answer.Problem is { } no
            ? await Show(id, period, form.With(MeasuredTables.ByLine(no, people, words)), api, visitor, cancel)
            : Page.Done($"/verifiering/{answer.Value!.Id}", "measurement-reported");
    }

    private static string TypeOf(MeasureOfContract measure) => measure.Type switch
    {
        "boolean" => "boolean",
        "code" or "codes" or "date" => "code",
        _ => "number",
    };

    public static string ValueOf(MeasureOfContract measure, string typed) => TypeOf(measure) switch
    {
        "number" => Typed.Amount(typed)!,
        "boolean" => typed.ToLowerInvariant() switch
        {
            "ja" or "yes" or "sant" or "j" or "y" => "true",
            "nej" or "no" or "falskt" or "n" => "false",
            var other => other,
        },
        _ => typed,
    };
}
