using Iop.Notifications.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.OwnData;

/// <summary>What is kept here of the person who asks (mina uppgifter), for all organisations: where she is reached, how she wants
/// it, and that mails were sent.</summary>
internal static class ShowOwnData
{
    private const int MailsMax = 500;

    /// <param name="PutAway">How many lines of inboxes she has put away.</param>
    public sealed record View(
        IReadOnlyList<Reached> ReachedAs, IReadOnlyList<Choice> MailChoices, IReadOnlyList<SentMail> Mails,
        IReadOnlyList<Feed> Calendars, int PutAway);

    public sealed record Reached(string Organisation, string Name, string Email, string Language, IReadOnlyList<string> Roles);

    public sealed record Choice(string Organisation, string How, DateTimeOffset ChosenAt);

    public sealed record SentMail(DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, string? Outcome);

    public sealed record Feed(string Organisation, DateTimeOffset RenewedAt, DateTimeOffset? ReadAt);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/my-data", Handle).WithName(nameof(ShowOwnData));

    // As the system: the policies show a person one organisation at a time, and this is about her in all of them.
    internal static async Task<Answer<View>> Handle(Caller caller, SystemWork system, CancellationToken cancel) =>
        await system.InTransaction(async scope =>
        {
            var (db, own) = (scope.GetRequiredService<NotificationsDb>(), caller.Person);
            var names = await db.Organisations.AsNoTracking()
                .ToDictionaryAsync(one => one.OrganisationId, one => one.Name, cancel);
            var reached = await db.Recipients.AsNoTracking().Where(one => one.PersonId == own).ToListAsync(cancel);
            var choices = await db.MailChoices.AsNoTracking().Where(one => one.PersonId == own).ToListAsync(cancel);
            var mails = await db.Mails.AsNoTracking().Where(one => one.PersonId == own)
                .OrderByDescending(one => one.CreatedAt).Take(MailsMax).ToListAsync(cancel);
            var feeds = await db.CalendarFeeds.AsNoTracking().Where(one => one.PersonId == own).ToListAsync(cancel);
            var putAway = await db.Dismissals.CountAsync(one => one.PersonId == own, cancel);
            return new View(
                reached.ConvertAll(one => new Reached(Name(one.OrganisationId), one.Name, one.Email, one.Language, one.Roles)),
                choices.ConvertAll(one => new Choice(Name(one.OrganisationId), one.How, one.ChosenAt)),
                mails.ConvertAll(one => new SentMail(one.CreatedAt, one.EndedAt, one.Outcome)),
                feeds.ConvertAll(one => new Feed(Name(one.OrganisationId), one.RenewedAt, one.ReadAt)), putAway);

            string Name(Guid organisation) => names.GetValueOrDefault(organisation) ?? "";
        }, cancel);
}
