using Iop.Web.FollowUp;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Verifying;

/// <summary>The verifier's bench and one measurement: verify, or return with reasons. Nothing else is shown.</summary>
internal static class VerifyingPages
{
    private const long FileBytesMax = 5 * 1024 * 1024;

    public static void Map(WebApplication app)
    {
        app.MapGet("/verifiering", Queue);
        app.MapGet("/verifiering/{id:guid}", (Guid id, FollowUpApi api, Visitor visitor, CancellationToken cancel) =>
            Show(id, null, api, visitor, cancel));
        app.MapPost("/verifiering/{id:guid}", Decide);
        app.MapPost("/verifiering/{id:guid}/underlag", Attach);
        app.MapPost("/verifiering/{id:guid}/underlag/{file:guid}/bort", Remove);
    }

    private static async Task<IResult> Queue(FollowUpApi api, Visitor visitor, CancellationToken cancel)
    {
        var bench = await api.Bench(cancel);
        // A reporter comes here from a measurement: nothing waits for those who do not verify.
        return bench.Problem is { Status: not StatusCodes.Status403Forbidden } no
            ? no.AsPage(visitor) : Page.Of<VerifierQueue>(new { Bench = bench.Value?.Items ?? [] });
    }

    private static async Task<IResult> Show(Guid id, Filled? form, FollowUpApi api, Visitor visitor, CancellationToken cancel)
    {
        var measurement = await api.Measurement(id, cancel);
        if (measurement.Problem is { } no) return no.AsPage(visitor);
        var earlier = measurement.Value!.SupersedesMeasurementId is { } corrected
            ? (await api.Measurement(corrected, cancel)).Value : null;
        return Page.Of<VerifyMeasurement>(
            new { Measurement = measurement.Value, measurement.Tag, Earlier = earlier, Form = form },
            form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Attach(
        Guid id, Filled form, FollowUpApi api, Visitor visitor, Texts.Words words, CancellationToken cancel)
    {
        var answer = form.File("file") switch
        {
            null => Failed(words["evidence.none"]),
            { Length: > FileBytesMax } => Failed(words["evidence.too-large"]),
            { } file => await api.Attach(id, file, form.Key, cancel),
        };
        return await After(answer, id, "evidence-attached", form, api, visitor, cancel);
    }

    private static async Task<IResult> Remove(
        Guid id, Guid file, Filled form, FollowUpApi api, Visitor visitor, CancellationToken cancel) =>
        await After(await api.RemoveEvidence(id, file, form.Tag, cancel), id, "evidence-removed", form, api, visitor, cancel);

    private static async Task<IResult> After(
        Answer<Measurement> answer, Guid id, string done, Filled form, FollowUpApi api, Visitor visitor,
        CancellationToken cancel) => answer.Problem is { } no
        ? await Show(id, form.With(no), api, visitor, cancel)
        : Page.Done($"/verifiering/{id}", done);

    private static Answer<Measurement> Failed(string why) => new(System.Net.HttpStatusCode.BadRequest, null, null,
        new Problem(StatusCodes.Status400BadRequest, null, why, null, [new WrongField("file", null, why)]));

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
