using Iop.Kernel;
using Iop.Notifications.Domain;
using Iop.Notifications.Inbox;
using Iop.Notifications.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Recipients;

/// <summary>A party whose last signatory has gone (ingen kan längre skriva under): its administrators are asked to name
/// another, until there is one. An organisation that has never had any is not asked before somebody is to sign: then the line
/// for the signature goes to the administrators.</summary>
internal sealed class WatchSignatories(NotificationsDb db, WriteLines inbox, TimeProvider clock)
{
    private const string Kind = "name-signatory";
    private bool _couldSign;

    /// <summary>Before a membership changes; those of one organisation wait for each other.</summary>
    public async Task Hold(Guid organisation, CancellationToken cancel)
    {
        await db.OneAtATime(Matter(organisation), cancel);
        _couldSign = await CanSign(organisation, cancel);
    }

    /// <summary>After it has changed.</summary>
    public async Task Look(Guid organisation, CancellationToken cancel)
    {
        var canSign = await CanSign(organisation, cancel);
        if (canSign == _couldSign) return;
        if (canSign) await inbox.Finish(new Finish(Kind, Matter(organisation)) { Remembered = false }, 0, cancel);
        else if (await IsParty(organisation, cancel))
        {
            var line = new Line(Kind, To.Only(organisation), Matter(organisation), new Subject("organisation", organisation),
                "/personer")
            {
                MustAct = true,
                Roles = [Roles.Admin],
            };
            // Counted by the clock: each time the last one goes it is asked anew.
            await inbox.Write(line, new Recipient(organisation, null, organisation), null, clock.GetUtcNow().UtcTicks, cancel);
        }
    }

    private Task<bool> CanSign(Guid organisation, CancellationToken cancel) => db.Recipients.AnyAsync(
        one => one.OrganisationId == organisation && one.Roles.Contains(Roles.Signatory), cancel);

    private Task<bool> IsParty(Guid organisation, CancellationToken cancel) => db.Members.AnyAsync(member =>
        member.OrganisationId == organisation && (!db.Standings.Any(one => one.CircleId == member.CircleId
                && one.OrganisationId == organisation)
            || db.Standings.Any(one => one.CircleId == member.CircleId && one.OrganisationId == organisation && !one.HasLeft)),
        cancel);

    private static string Matter(Guid organisation) => $"signatories:{organisation}";
}
