using Iop.Notifications.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Mailing;

/// <summary>A person says how she wants mail about the organisation she acts for (så vill jag få besked). The inbox has
/// everything, whatever is chosen.</summary>
internal static class ChooseMail
{
    /// <param name="How">at-once, daily or never.</param>
    public sealed record Request(string? How);

    public sealed record View(string How);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/mail-choice", Show).WithName("ShowMailChoice");
        api.MapPut("/mail-choice", Handle).WithName(nameof(ChooseMail));
    }

    internal static async Task<Answer<View>> Show(Caller caller, NotificationsDb db, CancellationToken cancel) =>
        new View((await Own(caller, db, cancel))?.How ?? MailChoice.AtOnce);

    // Without If-Match: the choice is one word, and the later holds.
    internal static async Task<Answer<View>> Handle(
        Request request, Caller caller, NotificationsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (new Fields().OneOf("how", request.How, MailChoice.All).Refusal is { } no) return no;
        var now = clock.GetUtcNow();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO mail_choice (person_id, organisation_id, how, chosen_at)
            VALUES ({caller.Person}, {caller.Organisation}, {request.How}, {now})
            ON CONFLICT (person_id, organisation_id) DO UPDATE SET how = excluded.how, chosen_at = excluded.chosen_at
            """, cancel);
        return new View(request.How!);
    }

    private static Task<MailChoice?> Own(Caller caller, NotificationsDb db, CancellationToken cancel) =>
        db.MailChoices.AsNoTracking().FirstOrDefaultAsync(
            one => one.PersonId == caller.Person && one.OrganisationId == caller.Organisation, cancel);
}
