using Iop.Web.FollowUp;
using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Verifying;

/// <summary>The verifier's queue and one measurement: verify, or return with reasons. Nothing else is shown.</summary>
internal static class VerifyingPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/verifiering", Queue);
        app.MapGet("/verifiering/{id:guid}", (Guid id, FollowUpApi api, Visitor visitor, CancellationToken cancel) =>
            Show(id, null, api, visitor, cancel));
        app.MapPost("/verifiering/{id:guid}", Decide);
    }

    private static async Task<IResult> Queue(FollowUpApi api, Visitor visitor, CancellationToken cancel)
    {
        var waiting = await api.Measurements("reported", cancel);
        return waiting.Problem is { } no ? no.AsPage(visitor) : Page.Of<VerifierQueue>(new { Waiting = waiting.Value!.Items });
    }

    private static async Task<IResult> Show(Guid id, Filled? form, FollowUpApi api, Visitor visitor, CancellationToken cancel)
    {
        var measurement = await api.Measurement(id, cancel);
        return measurement.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<VerifyMeasurement>(
                new { Measurement = measurement.Value, measurement.Tag, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Decide(Guid id, Filled form, FollowUpApi api, Visitor visitor, CancellationToken cancel)
    {
        var returns = form.Text("do") == "return";
        var answer = returns
            ? await api.Decide(id, "return", new { reason = form.Text("reason") ?? "" }, form.Tag, form.Key, cancel)
            : await api.Decide(id, "verification", new { comment = form.Text("comment") }, form.Tag, form.Key, cancel);
        return answer.Problem is { } no
            ? await Show(id, form.With(no), api, visitor, cancel)
            : Page.Done($"/verifiering/{id}", returns ? "measurement-returned" : "measurement-verified");
    }
}
