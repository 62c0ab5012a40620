using Iop.Kernel;
using Iop.Notifications.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Mailing;

/// <summary>An administrator sees whose address in the organisation the mail server has refused since it last took one: she can
/// have it mended. People, never addresses.</summary>
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
            var mails = scope.GetRequiredService<NotificationsDb>().Mails.AsNoTracking()
                .Where(one => one.OrganisationId == organisation);
            var refused = await mails.Where(one => one.Outcome == Mail.Refused && !mails.Any(later =>
                    later.PersonId == one.PersonId && later.Outcome == Mail.Sent && later.EndedAt > one.EndedAt))
                .GroupBy(one => one.PersonId).Select(one => new { Person = one.Key, Since = one.Min(mail => mail.EndedAt) })
                .OrderBy(one => one.Person).Take(PeopleMax).ToListAsync(cancel);
            return new List([.. refused.Select(one => new Refused(one.Person, one.Since!.Value))]);
        }, cancel);
    }
}
