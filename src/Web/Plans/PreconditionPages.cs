using System.Globalization;
using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Plans;

/// <summary>What has shifted the ground: noted, given to a group, with transition terms and what it led to.</summary>
internal static class PreconditionPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/forutsattningar",
            (Guid id, AgreementsApi agreements, PlansApi api, Visitor visitor, CancellationToken cancel) =>
                Show(id, null, agreements, api, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/forutsattningar", Note);
        app.MapGet("/avtal/{id:guid}/forutsattningar/{which:guid}",
            (Guid id, Guid which, AgreementsApi agreements, PlansApi api, Visitor visitor, CancellationToken cancel) =>
                Work(id, which, null, agreements, api, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/forutsattningar/{which:guid}/{part}", Write);
    }

    private static async Task<IResult> Show(
        Guid id, Filled? form, AgreementsApi agreements, PlansApi api, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var all = await api.Preconditions(id, cancel);
        if (all.Problem is { } neither) return neither.AsPage(visitor);
        var life = await agreements.Life(id, cancel);
        return Page.Of<PreconditionPage>(
            new
            {
                Agreement = agreement.Value, Preconditions = all.Value!.Items, Changes = life.Value?.Changes ?? [], Form = form,
            },
            form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Work(
        Guid id, Guid which, Filled? form, AgreementsApi agreements, PlansApi api, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var all = await api.Preconditions(id, cancel);
        if (all.Value?.Items.FirstOrDefault(one => one.Id == which) is not { } precondition)
            return all.Problem?.AsPage(visitor) ?? ErrorPages.NotFound();
        var bodies = await api.Bodies(agreement.Value!.PartnershipId, cancel);
        var plans = await api.All(id, cancel);
        var life = await agreements.Life(id, cancel);
        return Page.Of<PreconditionWork>(
            new
            {
                Agreement = agreement.Value, Of = precondition, Bodies = PlanPages.BodiesOf(bodies.Value, id),
                Plans = plans.Value?.Items ?? [], Changes = life.Value?.Changes ?? [], Form = form,
            },
            form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Note(
        Guid id, Filled form, AgreementsApi agreements, PlansApi api, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.Note(id, Noted(form), form.Key, cancel);
        return answer.Problem is { } no
            ? await Show(id, form.With(no), agreements, api, visitor, cancel)
            : Page.Done($"/avtal/{id}/forutsattningar", "precondition-noted");
    }

    private static async Task<IResult> Write(
        Guid id, Guid which, string part, Filled form, AgreementsApi agreements, PlansApi api, Visitor visitor,
        CancellationToken cancel)
    {
        if (await Written(id, which, part, form, api, cancel) is not { } answer) return ErrorPages.NotFound();
        return answer.Problem is { } no
            ? await Work(id, which, form.With(no), agreements, api, visitor, cancel)
            : Page.Done($"/avtal/{id}/forutsattningar", "precondition-changed");
    }

    private static async Task<Answer<Precondition>?> Written(
        Guid id, Guid which, string part, Filled form, PlansApi api, CancellationToken cancel) => part switch
        {
            "grupp" =>
                await api.Write(HttpMethod.Put, id, which, "group", new { bodyId = form.Text("bodyId") }, form.Tag, cancel),
            "overgang" => await api.Write(
                HttpMethod.Put, id, which, "transition-terms", new { terms = Terms(form) }, form.Tag, cancel),
            "foljd" => await api.Write(HttpMethod.Post, id, which, "outcomes", Outcome(form), form.Tag, cancel),
            "text" => await api.Reword(id, which, Noted(form), form.Tag, cancel),
            _ => null,
        };

    private static object Noted(Filled form) => new
    {
        what = form.Text("what") ?? "", source = form.Text("source") ?? "", occursOn = form.Text("occursOn"),
        effect = form.Text("effect") ?? "",
    };

    private static List<object> Terms(Filled form) =>
    [
        .. form.Names.Where(name => name.EndsWith("].partyId", StringComparison.Ordinal))
            .Select(name => (Party: form.Text(name), Of: name[..^"partyId".Length]))
            .Where(one => form.Text(one.Of + "terms") is not null)
            .Select(one => new
            {
                partyId = one.Party, terms = form.Text(one.Of + "terms"), startsOn = form.Text(one.Of + "startsOn"),
                endsOn = form.Text(one.Of + "endsOn"),
            }),
    ];

    /// <summary>Chosen as kind/subject, and for a plan its version.</summary>
    private static object Outcome(Filled form)
    {
        var led = (form.Text("led") ?? "no-change").Split('/');
        return new
        {
            kind = led[0], subjectId = led.Length > 1 ? led[1] : null, note = form.Text("note"),
            planVersion = led.Length > 2 && int.TryParse(led[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number : (int?)null,
        };
    }
}
