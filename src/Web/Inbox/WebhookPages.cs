using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Inbox;

/// <summary>An administrator's pages for the organisation's own systems: which of them hear what the inbox hears, what they were
/// sent and what they answered.</summary>
internal static class WebhookPages
{
    private const string Root = "/notifications/v1/webhooks";
    private const int PerPage = 50;
    private const string Here = "/inkorg/webhookar";

    public static void Map(WebApplication app)
    {
        app.MapGet(Here, (GatewayCalls gateway, Visitor visitor, CancellationToken cancel) =>
            Show(gateway, visitor, new(), cancel));
        app.MapPost(Here, Add);
        app.MapGet(Here + "/{id:guid}", ShowDeliveries);
        foreach (var act in new[] { "hemlighet", "avsluta" })
        {
            app.MapGet(Here + "/{id:guid}/" + act,
                (Guid id, GatewayCalls gateway, Visitor visitor, CancellationToken cancel) =>
                    Confirm(id, act, null, gateway, visitor, cancel));
        }
        app.MapPost(Here + "/{id:guid}/hemlighet", Renew);
        app.MapPost(Here + "/{id:guid}/avsluta", End);
        app.MapPost(Here + "/{id:guid}/prova", Try);
        app.MapPost(Here + "/{id:guid}/{delivery:guid}/igen", Again);
    }

    private static async Task<IResult> Show(GatewayCalls gateway, Visitor visitor, Said said, CancellationToken cancel)
    {
        var webhooks = await gateway.Get<Listing<Webhook>>(Root, cancel);
        return webhooks.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<WebhooksPage>(new
            {
                Webhooks = webhooks.Value!.Items, said.Secret, said.Renewed, said.Tried, said.Form, said.Problem,
            }, said.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Add(Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var kinds = (form["kinds"] ?? "").Split(
            [',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var added = await gateway.Create<Webhook>(Root, new { url = form["url"], kinds }, form.Key, cancel);
        return await Show(gateway, visitor,
            added.Problem is { } no ? new Said(null, form, no) : new Said(added.Value!.Secret), cancel);
    }

    // What follows is said before it is done; what is refused comes back there, with what holds now.
    private static async Task<IResult> Confirm(
        Guid id, string act, Problem? problem, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var webhooks = await gateway.Get<Listing<Webhook>>(Root, cancel);
        if (webhooks.Problem is { } no) return no.AsPage(visitor);
        return webhooks.Value!.Items.FirstOrDefault(one => one.Id == id && one.EndedAt is null) is { } webhook
            ? Page.Of<WebhookAct>(new { Webhook = webhook, Act = act, Problem = problem }, problem?.Status ?? 200)
            : (problem ?? new Problem(StatusCodes.Status404NotFound, null, "", null, [])).AsPage(visitor);
    }

    // The secret is in this answer and nowhere else, so the page is not left by a redirect.
    private static async Task<IResult> Renew(
        Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var renewed = await gateway.Act<Webhook>(HttpMethod.Post, $"{Root}/{id}/secret", null, form.Tag, form.Key, cancel);
        return renewed.Problem is { } no
            ? await Confirm(id, "hemlighet", no, gateway, visitor, cancel)
            : await Show(gateway, visitor, new Said(renewed.Value!.Secret, Renewed: true), cancel);
    }

    private static async Task<IResult> End(
        Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var ended = await gateway.Act<Webhook>(HttpMethod.Delete, $"{Root}/{id}", null, form.Tag, form.Key, cancel);
        return ended.Problem is { } no
            ? await Confirm(id, "avsluta", no, gateway, visitor, cancel) : Page.Done(Here, "webhook-ended");
    }

    // What was answered is kept nowhere: it stands in this answer.
    private static async Task<IResult> Try(
        Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var tried = await gateway.Act<TriedCall>(HttpMethod.Post, $"{Root}/{id}/test", null, form.Tag, form.Key, cancel);
        return tried.Problem is { } no
            ? no.AsPage(visitor) : await Show(gateway, visitor, new Said(Tried: tried.Value! with { Id = id }), cancel);
    }

    private static async Task<IResult> ShowDeliveries(
        Guid id, GatewayCalls gateway, Visitor visitor, CancellationToken cancel, int page = 1)
    {
        var at = Math.Max(1, page);
        var sent = await gateway.Get<Listing<Delivery>>($"{Root}/{id}/deliveries?limit={PerPage}&page={at}", cancel);
        return sent.Problem is { } no ? no.AsPage(visitor)
            : Page.Of<DeliveriesPage>(new
            {
                WebhookId = id, Deliveries = sent.Value!.Items, At = at, sent.More,
                HasEnded = (await gateway.Get<Listing<Webhook>>(Root, cancel)).Value?.Items
                    .FirstOrDefault(one => one.Id == id) is not { EndedAt: null },
            });
    }

    private static async Task<IResult> Again(
        Guid id, Guid delivery, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var sent = await gateway.Act<Delivery>(
            HttpMethod.Post, $"{Root}/{id}/deliveries/{delivery}/again", null, form.Tag, form.Key, cancel);
        return sent.Problem is { } no ? no.AsPage(visitor) : Page.Done($"{Here}/{id}", "webhook-again");
    }

    private sealed record Said(
        string? Secret = null, Filled? Form = null, Problem? Problem = null, TriedCall? Tried = null, bool Renewed = false);
}

public sealed record Webhook(
    Guid Id, string Url, IReadOnlyList<string> Kinds, string State, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt,
    string WebhookTag, string? Secret = null, DateTimeOffset? OldSecretUntil = null);

/// <param name="Id">The webhook that was called.</param>
public sealed record TriedCall(Guid Id, bool Taken, string Answer);

public sealed record Delivery(
    Guid Id, string Kind, DateTimeOffset CreatedAt, int Attempts, string? Outcome, string? Answer, string Body);
