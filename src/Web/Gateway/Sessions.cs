using Iop.Web.Frame;

namespace Iop.Web.Gateway;

/// <summary>Who is signed in, asked of Identity; nothing is asked for visitors without a token.</summary>
internal sealed class Sessions(GatewayCalls gateway, IHttpContextAccessor request)
{
    public async Task Recognise(Visitor visitor, CancellationToken cancel)
    {
        if (request.HttpContext is not { Request.Headers.Authorization.Count: > 0 }) return;
        var asked = gateway.Get<Session>("/identity/v1/session", cancel);
        var counted = gateway.Get<InboxCount>("/notifications/v1/inbox/count", cancel);
        if ((await asked).Value is { Person: { } person } session)
        {
            visitor.Person = new Person(
                person.Id, person.Name, session.Acting?.AsActing, [.. (session.Memberships ?? []).Select(one => one.AsActing)]);
        }
        visitor.Awaiting = (await counted).Value?.MustAct;
    }

    public Task<Answer<Session>> ActFor(Guid organisation, Guid? unit, CancellationToken cancel) =>
        gateway.Act<Session>(HttpMethod.Post, "/identity/v1/session/organisation",
            new { organisationId = organisation, unitId = unit }, null, null, cancel);

    internal sealed record Session(SignedIn? Person, Membership? Acting, IReadOnlyList<Membership>? Memberships);

    internal sealed record SignedIn(Guid Id, string Name);

    internal sealed record Membership(
        Guid OrganisationId, string? OrganisationName, Guid? UnitId, string? UnitName, IReadOnlyList<string>? Roles)
    {
        public ActingFor AsActing =>
            new(OrganisationId, OrganisationName ?? OrganisationId.ToString(), UnitId, UnitName, Roles ?? []);
    }

    internal sealed record InboxCount(int MustAct);
}
