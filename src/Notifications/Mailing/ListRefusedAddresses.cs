using Iop.Kernel;
using Iop.Notifications.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Mailing;

/// <summary>An administrator sees whose address in the organisation the mail server has refused since it last took one: she can
/// have it mended. Invitations and other links of a person's account belong to no organisation, and count wherever she has roles.
/// People, never addresses.</summary>
internal static class ListRefusedAddresses
{
    private const int PeopleMax = 1_000;

    /// <param name="Since">When the first mail was refused that no later one made good.</param>
    public sealed record Refused(Guid PersonId, DateTimeOffset Since);

    public sealed record List(IReadOnlyList<Refused> Items);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/refused-addresses", Handle).WithName(nameof(ListRefusedAddresses));

    internal static async Task<Answer<List>> Handle(Caller caller, SystemWork system, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Admin) is { } missing) return missing;
        var organisation = caller.Organisation;
        return await system.InTransaction<Answer<List>>(async scope =>
        {
            var db = scope.GetRequiredService<NotificationsDb>();
            // An address that is yet to be proved, or that she has left, is not the one she is reached at.
            var mails = db.Mails.AsNoTracking().Where(one => one.OrganisationId == organisation || (one.LinkId != null
                && db.AccountLinks.Any(link => link.LinkId == one.LinkId
                    && link.Kind != "address" && link.Kind != "address-changed"
                    && db.Recipients.Any(own => own.PersonId == one.PersonId && own.OrganisationId == organisation
                        && own.Roles.Length > 0 && own.Email == link.Email))));
            var refused = await mails.Where(one => one.Outcome == Mail.Refused && !mails.Any(later =>
                    later.PersonId == one.PersonId && later.Outcome == Mail.Sent && later.EndedAt > one.EndedAt))
                .GroupBy(one => one.PersonId).Select(one => new { Person = one.Key, Since = one.Min(mail => mail.EndedAt) })
                .OrderBy(one => one.Person).Take(PeopleMax).ToListAsync(cancel);
            return new List([.. refused.Select(one => new Refused(one.Person, one.Since!.Value))]);
        }, cancel);
    }
}
