using Iop.Kernel;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Providers;

/// <summary>An administrator's pages for the organisation's own login: add it, try it, say which groups give which roles, take
/// it away.</summary>
internal static class ProviderPages
{
    /// <summary>What an administrator can give by a group; the operator's own role only the operator.</summary>
    public static IReadOnlyList<string> GivenBy(Provider provider, Visitor visitor) => IsForAnother(provider, visitor)
        ? [Roles.Admin]
        : [.. Roles.All.Where(role => role != Roles.Operator || visitor.Is(Roles.Operator)).Order(StringComparer.Ordinal)];

    private const string Here = "/inloggningstjanster";

    public static void Map(WebApplication app)
    {
        app.MapGet(Here, (ProvidersApi api, Visitor visitor, CancellationToken cancel) => List(api, visitor, null, cancel));
        app.MapPost(Here, Add);
        app.MapGet(Here + "/{id:guid}", (Guid id, ProvidersApi api, Visitor visitor, CancellationToken cancel) =>
            Show(id, api, visitor, new Said(), cancel));
        app.MapPost(Here + "/{id:guid}", Change);
        app.MapPost(Here + "/{id:guid}/prova", Try);
        app.MapPost(Here + "/{id:guid}/kopplingar", Grant);
        app.MapGet(Here + "/{id:guid}/kopplingar/{grant:guid}/ta-bort", (
            Guid id, Guid grant, ProvidersApi api, Visitor visitor, CancellationToken cancel) =>
            AskToTakeBack(id, grant, null, api, visitor, cancel));
        app.MapPost(Here + "/{id:guid}/kopplingar/{grant:guid}/ta-bort", TakeBack);
        app.MapPost(Here + "/{id:guid}/ta-bort", End);
        app.MapPost(Here + "/{id:guid}/nyckel", (Guid id, Filled form, ProvidersApi api, Visitor visitor,
            CancellationToken cancel) => Key(id, api.RenewKey(id, form.Tag, cancel), "key-renewed", api, visitor, cancel));
        app.MapPost(Here + "/{id:guid}/nyckel/byt", (Guid id, Filled form, ProvidersApi api, Visitor visitor,
            CancellationToken cancel) => Key(id, api.SwapKeys(id, form.Tag, cancel), "keys-swapped", api, visitor, cancel));
        app.MapPost(Here + "/{id:guid}/nyckel/ta-bort", (Guid id, Filled form, ProvidersApi api, Visitor visitor,
            CancellationToken cancel) => Key(id, api.DropKey(id, form.Tag, cancel), "key-dropped", api, visitor, cancel));
    }

    /// <summary>The operator looks after it for another organisation, and gives there what an operator gives: its first
    /// administrator.</summary>
    public static bool IsForAnother(Provider provider, Visitor visitor) => visitor.Is(Roles.Operator)
        && visitor.Person?.Acting is { } acting && provider.OrganisationId != acting.OrganisationId;

    private static async Task<IResult> List(ProvidersApi api, Visitor visitor, Filled? form, CancellationToken cancel)
    {
        var all = await api.All(cancel);
        return all.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<ProvidersPage>(new { Providers = all.Value!.Items, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Add(Filled form, ProvidersApi api, Visitor visitor, CancellationToken cancel)
    {
        var (organisation, unknown) = await api.Meant(form.Text("organisation"), cancel);
        if (unknown is not null) return await List(api, visitor, form.With(unknown), cancel);
        var added = await api.Add(new
        {
            name = form["name"] ?? "", issuer = form["issuer"] ?? "", clientId = form["clientId"] ?? "", proof = form["proof"],
            clientSecret = form.Text("clientSecret"), tenant = form.Text("tenant"), scopes = form.Text("scopes"),
            organisationId = organisation,
        }, form.Key, cancel);
        return added.Problem is { } no
            ? await List(api, visitor, form.With(no), cancel) : Page.Done($"{Here}/{added.Value!.Id}", "provider-added");
    }

    private static async Task<IResult> Show(
        Guid id, ProvidersApi api, Visitor visitor, Said said, CancellationToken cancel)
    {
        var one = await api.One(id, cancel);
        if (one.Problem is { } no) return no.AsPage(visitor);
        var units = visitor.Person?.Acting is { } acting && !IsForAnother(one.Value!, visitor)
            ? (await api.Units(acting.OrganisationId, cancel)).Where(unit =>
                acting.UnitId is null || unit.Value == acting.UnitId.ToString()).ToList() : [];
        return Page.Of<ProviderPage>(
            new { Provider = one.Value, said.Trial, said.Form, said.Problem, Units = units }, said.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Change(
        Guid id, Filled form, ProvidersApi api, Visitor visitor, CancellationToken cancel)
    {
        var changed = await api.Change(id,
            new
            {
                name = form["name"] ?? "", clientId = form["clientId"] ?? "", clientSecret = form.Text("clientSecret"),
                scopes = form.Text("scopes"),
            }, form.Tag, cancel);
        return changed.Problem is { } no
            ? await Show(id, api, visitor, new Said(null, form.With(no), no), cancel)
            : Page.Done($"{Here}/{id}", "provider-changed");
    }

    private static async Task<IResult> Try(Guid id, ProvidersApi api, Visitor visitor, CancellationToken cancel)
    {
        var tried = await api.Try(id, cancel);
        return await Show(id, api, visitor, new Said(tried.Value, null, tried.Problem), cancel);
    }

    private static async Task<IResult> Grant(
        Guid id, Filled form, ProvidersApi api, Visitor visitor, CancellationToken cancel)
    {
        var given = await api.Grant(id, new
        {
            source = form["source"], value = form["value"] ?? "", roles = form.All("roles"), unitId = form.Text("unit"),
            organisationId = form.Text("organisationId"),
        }, form.Key, cancel);
        return given.Problem is { } no
            ? await Show(id, api, visitor, new Said(null, form.With(no), no), cancel)
            : Page.Done($"{Here}/{id}", "grant-added");
    }

    private static async Task<IResult> AskToTakeBack(
        Guid id, Guid grant, Problem? problem, ProvidersApi api, Visitor visitor, CancellationToken cancel)
    {
        var (one, its) = (await api.One(id, cancel), await api.GrantOf(id, grant, cancel));
        return (one.Problem ?? its.Problem) is { } no
            ? no.AsPage(visitor)
            : Page.Of<TakeBackPage>(
                new { Provider = one.Value, Taken = its.Value, Problem = problem }, problem?.Status ?? StatusCodes.Status200OK);
    }

    private static async Task<IResult> TakeBack(
        Guid id, Guid grant, Filled form, ProvidersApi api, Visitor visitor, CancellationToken cancel)
    {
        var taken = await api.TakeBack(id, grant, form.Tag, cancel);
        return taken.Problem is { } no
            ? await AskToTakeBack(id, grant, no, api, visitor, cancel) : Page.Done($"{Here}/{id}", "grant-removed");
    }

    private static async Task<IResult> End(
        Guid id, Filled form, ProvidersApi api, Visitor visitor, CancellationToken cancel)
    {
        var ended = await api.End(id, form.Tag, cancel);
        return ended.Problem is { } no ? no.AsPage(visitor) : Page.Done(Here, "provider-ended");
    }

    private static async Task<IResult> Key(Guid id, Task<Answer<Provider>> act, string done, ProvidersApi api, Visitor visitor,
        CancellationToken cancel) =>
        (await act).Problem is { } no
            ? await Show(id, api, visitor, new Said(null, null, no), cancel) : Page.Done($"{Here}/{id}", done);

    private sealed record Said(ProviderTrial? Trial = null, Filled? Form = null, Problem? Problem = null);
}
