using Iop.Identity.Domain;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Platform.Api;
using Iop.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Recovery;

/// <summary>Somebody has forgotten the password (glömt lösenordet). The answer, and the time it takes, is the same whether there
/// is such an account or not: the link is made afterwards.</summary>
internal static class AskForPassword
{
    public const string Timer = "password-links";
    private const int EmailMax = 200;
    private const int WishesMax = 3;
    private static readonly TimeSpan Within = TimeSpan.FromHours(1);

    public sealed record Request(string Email);

    public sealed record Heard(DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/password-resets", Handle).WithName(nameof(AskForPassword)).AllowAnonymous();

    internal static async Task<Answer<Heard>> Handle(
        Request request, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (new Fields().Text("email", request.Email, EmailMax).Refusal is { } malformed) return malformed;
        var (email, now) = (Person.Normal(request.Email), clock.GetUtcNow());
        var (account, since, id) = (Random256.HashOf(email), now - Within, Guid.CreateVersion7(now));
        // Nobody's mailbox is filled by another's asking.
        var added = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO password_wish (wish_id, account_hash, email, asked_at)
            SELECT {id}, {account}, {email}, {now}
            WHERE (SELECT count(*) FROM password_wish WHERE account_hash = {account} AND asked_at > {since}) < {WishesMax}
            """, cancel);
        if (added == 1) await db.Schedule(Timer, id, now, cancel);
        return new Heard(now);
    }
}

/// <summary>If there is such an account, its owner gets a link: to another password, or, if she has never come in, the
/// invitation again.</summary>
internal sealed class SendPasswordLink(IdentityDb db, TimeProvider clock) : ITimerRings
{
    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        var email = (await db.Database.SqlQuery<string>(
            $"SELECT email AS \"Value\" FROM password_wish WHERE wish_id = {subject}").ToListAsync(cancel)).FirstOrDefault();
        if (email is null) return;
        // Held: whoever moves to another address just now gets no link to the old one.
        if (await db.People.FromSql($"SELECT * FROM person WHERE email = {email} FOR UPDATE").FirstOrDefaultAsync(cancel)
            is not { } person) return;
        if (person.CanSignIn) AccountLinks.Make(db, person, AccountLinks.Password, clock.GetUtcNow());
        else if (!await db.Logins.AnyAsync(one => one.PersonId == person.PersonId, cancel))
            AccountLinks.Make(db, person, AccountLinks.Welcome, clock.GetUtcNow());
    }
}
