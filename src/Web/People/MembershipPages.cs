using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.People;

/// <summary>One person's roles in the organisation or a unit: changed, taken away, and lent to somebody who stands in.</summary>
internal static class MembershipPages
{
    private const string Memberships = "/identity/v1/memberships";

    public static void Map(WebApplication app)
    {
        app.MapGet(PeoplePages.Here + "/{id:guid}", (Guid id, GatewayCalls gateway, Visitor visitor, CancellationToken cancel) =>
            Show(id, gateway, visitor, null, cancel));
        app.MapPost(PeoplePages.Here + "/{id:guid}", Change);
        app.MapPost(PeoplePages.Here + "/{id:guid}/avsluta", Revoke);
        app.MapPost(PeoplePages.Here + "/{id:guid}/folj", Follow);
        app.MapPost(PeoplePages.Here + "/{id:guid}/ersattare", Appoint);
        app.MapPost(PeoplePages.Here + "/{id:guid}/ersattare/{standIn:guid}/avsluta", EndStandIn);
    }

    private static async Task<IResult> Show(
        Guid id, GatewayCalls gateway, Visitor visitor, Filled? form, CancellationToken cancel)
    {
        var members = await gateway.Get<MemberList>(Memberships, cancel);
        if (members.Problem is { } no) return no.AsPage(visitor);
        if (members.Value!.Items.FirstOrDefault(one => one.Id == id) is not { } member)
            return new Problem(StatusCodes.Status404NotFound, null, "", null, []).AsPage(visitor);
        var standIns = await gateway.Get<Listing<StandIn>>("/identity/v1/stand-ins", cancel);
        return Page.Of<MembershipPage>(new
        {
            Member = member, Unit = members.Value.Units.FirstOrDefault(one => one.Id == member.UnitId)?.Name,
            Colleagues = members.Value.Items.Where(one => one.PersonId != member.PersonId && one.OwnRoles.Count > 0)
                .DistinctBy(one => one.PersonId).ToList(),
            StandIns = (standIns.Value?.Items ?? []).Where(one => one.MembershipId == id).ToList(), Form = form,
        }, form?.Problem?.Status ?? StatusCodes.Status200OK);
    }

    private static async Task<IResult> Change(
        Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var answer = await gateway.Act<Member>(
            HttpMethod.Put, $"{Memberships}/{id}", new { roles = form.All("roles") }, form.Tag, form.Key, cancel);
        return answer.Problem is { } no
            ? await Show(id, gateway, visitor, form.With(no), cancel) : Page.Done(PeoplePages.Here, "roles-changed");
    }

    private static async Task<IResult> Revoke(
        Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var answer = await gateway.Act<Member>(
            HttpMethod.Put, $"{Memberships}/{id}", new { roles = Array.Empty<string>() }, form.Tag, form.Key, cancel);
        return answer.Problem is { } no
            ? await Show(id, gateway, visitor, form.With(no), cancel) : Page.Done(PeoplePages.Here, "roles-revoked");
    }

    private static async Task<IResult> Follow(
        Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var answer = await gateway.Act<Member>(
            HttpMethod.Post, $"{Memberships}/{id}/following", new { providerId = form.Text("providerId") }, form.Tag, null,
            cancel);
        return answer.Problem is { } no
            ? await Show(id, gateway, visitor, form.With(no), cancel) : Page.Done($"{PeoplePages.Here}/{id}", "login-followed");
    }

    private static async Task<IResult> Appoint(
        Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var answer = await gateway.Create<StandIn>($"{Memberships}/{id}/stand-ins", new
        {
            personId = form.Text("personId"), fromOn = form.Text("fromOn"), toOn = form.Text("toOn"),
        }, form.Key, cancel);
        return answer.Problem is { } no
            ? await Show(id, gateway, visitor, form.With(no), cancel)
            : Page.Done($"{PeoplePages.Here}/{id}", "stand-in-appointed");
    }

    private static async Task<IResult> EndStandIn(
        Guid id, Guid standIn, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var answer = await gateway.Act<StandIn>(
            HttpMethod.Delete, $"/identity/v1/stand-ins/{standIn}", null, form.Tag, form.Key, cancel);
        return answer.Problem is { } no ? no.AsPage(visitor) : Page.Done($"{PeoplePages.Here}/{id}", "stand-in-ended");
    }
}
