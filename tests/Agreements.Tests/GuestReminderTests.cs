using System.Net;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>The inviter hears in time that a guest's last day comes, once, and not when it was moved or ended
/// meanwhile.</summary>
public sealed class GuestReminderTests(AgreementsWorld world) : IClassFixture<AgreementsWorld>
{
    private const string Service = "/agreements/v1";
    private static readonly TimeSpan Rounds = TimeSpan.FromSeconds(1.5); // of the timers
    private readonly Caller _guest = Callers.Of(Guid.NewGuid(), Roles.Reader);
    private readonly Caller _inviter = Callers.Of(world.Region, Roles.Officer);

    [Fact]
    public async Task The_inviter_is_told_a_week_before_the_last_day_once_by_whichever_replica_and_that_it_has_passed()
    {
        using var second = world.AnotherReplica();
        (await second.GetAsync("/health/live")).EnsureSuccessStatusCode();
        var (of, to) = (await Invited(days: 20), world.Clock.Today().AddDays(20));
        await Accept(of);
        await Until(to.AddDays(-7), before: true);
        Assert.Empty(await Told(of));
        world.Clock.SetTo(SwedishTime.StartOf(to.AddDays(-7)));
        await Eventually.Holds("told", async () => (await Told(of)).Count == 1);
        var told = (await Told(of))[0];
        Assert.Equal(("soon", to, _inviter.Person, _inviter.Organisation),
            (told.Stage, told.ToOn, told.InviterPersonId!.Value, told.InviterOrganisationId));
        await Until(to.AddDays(1), before: true);
        Assert.Single(await Told(of));
        world.Clock.SetTo(SwedishTime.StartOf(to.AddDays(1)));
        await Eventually.Holds("told that it has passed", async () => (await Told(of)).Count == 2);
        Assert.Equal("settled", (await Told(of))[1].Stage);
        Assert.True((await Told(of))[1].Sequence > told.Sequence);
        await Until(to.AddDays(30));
        Assert.Equal(2, (await Told(of)).Count);
    }

    [Fact]
    public async Task Prolonged_it_is_told_of_the_new_last_day_and_never_of_the_old()
    {
        var (of, to) = (await Invited(days: 20), world.Clock.Today().AddDays(20));
        await Accept(of);
        world.Clock.SetTo(SwedishTime.StartOf(to.AddDays(-8)));
        await Change(of, to.AddDays(20));
        await Until(to.AddDays(13), before: true);
        Assert.Empty(await Told(of));
        world.Clock.SetTo(SwedishTime.StartOf(to.AddDays(13)));
        await Eventually.Holds("told", async () => (await Told(of)).Count == 1);
        Assert.Equal(to.AddDays(20), (await Told(of))[0].ToOn);
        await Change(of, to.AddDays(30)); // told, and prolonged once more
        Assert.Equal("settled", (await Told(of))[1].Stage);
        await Until(to.AddDays(23));
        await Eventually.Holds("told again", async () => (await Told(of)).Count == 3);
        Assert.Equal(("soon", to.AddDays(30)), ((await Told(of))[2].Stage, (await Told(of))[2].ToOn));
        (await world.Officer.Delete(of.Path, await Tag(of))).Is(HttpStatusCode.OK);
        Assert.Equal(["soon", "settled", "soon", "settled"], (await Told(of)).Select(said => said.Stage));
        await Until(to.AddDays(32));
        Assert.Equal(4, (await Told(of)).Count);
    }

    [Theory]
    [InlineData("ended")]
    [InlineData("shortened")] // to a day that whoever did it has in mind
    [InlineData("not accepted")]
    [InlineData("short from the start")]
    public async Task Nobody_is_told_of_what_was(string case_)
    {
        var days = case_ == "short from the start" ? 7 : 20;
        var (of, to) = (await Invited(days), world.Clock.Today().AddDays(days));
        if (case_ != "not accepted") await Accept(of);
        world.Clock.SetTo(SwedishTime.StartOf(to.AddDays(case_ == "short from the start" ? -6 : -10)));
        if (case_ == "ended") (await world.Officer.Delete(of.Path, await Tag(of))).Is(HttpStatusCode.OK);
        if (case_ == "shortened") await Change(of, to.AddDays(-5));
        foreach (var day in new[] { -5, 2 }) await Until(to.AddDays(day));
        Assert.Empty(await Told(of));
    }

    [Fact]
    public async Task Whoever_says_yes_in_the_last_week_is_told_of_at_once()
    {
        var (of, to) = (await Invited(days: 12), world.Clock.Today().AddDays(12));
        world.Clock.SetTo(SwedishTime.StartOf(to.AddDays(-3)));
        await Accept(of);
        await Eventually.Holds("told", async () => (await Told(of)).Count == 1);
    }

    [Fact]
    public async Task A_guest_from_before_there_were_reminders_is_told_of_and_one_whose_time_was_over_is_not()
    {
        var (today, over) = (world.Clock.Today(), await Invited(days: 10));
        await Accept(over);
        (await world.Officer.Delete(over.Path, await Tag(over))).Is(HttpStatusCode.OK);
        var of = await Invited(days: 20);
        await Accept(of);
        world.Clock.SetTo(SwedishTime.StartOf(today.AddDays(8)));
        await world.Stop();
        await world.Upgrade("175_guest_reminders.sql", """
            DELETE FROM timer WHERE kind = 'guest-reminds';
            ALTER TABLE guest DROP COLUMN remind_on
            """);
        await world.Start();
        await Until(today.AddDays(12));
        Assert.Empty(await Told(of));
        world.Clock.SetTo(SwedishTime.StartOf(today.AddDays(13)));
        await Eventually.Holds("told", async () => (await Told(of)).Count == 1);
        Assert.Empty(await Told(over));
    }

    private async Task<Invitation> Invited(int days)
    {
        var (partners, today) = (await world.Partners(), world.Clock.Today());
        var guests = $"{Service}/partnerships/{partners.Id}/guests";
        var made = (await world.As(_inviter).Create(guests, new
        {
            name = "Karin Ek, SKR", purpose = "adviser", reason = "Råd om statsstöd.", fromOn = today,
            toOn = today.AddDays(days),
        })).Is(HttpStatusCode.Created);
        return new Invitation(made.Id, $"{guests}/{made.Id}", made.Body.GetProperty("invitation").GetString()!);
    }

    private async Task Accept(Invitation of) =>
        (await world.As(_guest).Act($"{Service}/guest-invitations/{of.Secret}/acceptance", null)).Is(HttpStatusCode.OK);

    private async Task Change(Invitation of, DateOnly toOn) =>
        (await world.Officer.Put(of.Path, await Tag(of), new { toOn, followUp = false, payments = false }))
            .Is(HttpStatusCode.OK);

    private async Task<string> Tag(Invitation of) => (await world.Officer.Get(of.Path)).Is(HttpStatusCode.OK).Tag!;

    private async Task<List<GuestTimeEnds>> Told(Invitation of) =>
        [.. (await world.Announced<GuestTimeEnds>()).Where(said => said.GuestId == of.Id)];

    private async Task Until(DateOnly day, bool before = false)
    {
        world.Clock.SetTo(SwedishTime.StartOf(day).AddSeconds(before ? -1 : 0));
        await Task.Delay(Rounds);
    }

    private sealed record Invitation(Guid Id, string Path, string Secret);
}
