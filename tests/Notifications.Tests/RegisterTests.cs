using Iop.Contracts.Registry;
using Iop.Kernel;

namespace Iop.Notifications.Tests;

/// <summary>Once a year an entry of the register waits to be confirmed: in the inboxes of those who answer for it, and by
/// mail.</summary>
public sealed class RegisterTests(MailWorld world) : IClassFixture<MailWorld>
{
    private readonly Guid _entry = Guid.NewGuid();
    private readonly Guid _municipality = Guid.NewGuid();

    [Fact]
    public async Task Officers_of_those_who_are_asked_see_it_and_get_a_mail()
    {
        var officer = await world.Member(_municipality, Roles.Officer, "Karin");
        await world.Tell(Due(4));
        Assert.Contains("confirm-entry", await world.Inbox(_municipality, Roles.Officer));
        Assert.DoesNotContain("confirm-entry", await world.Inbox(_municipality, Roles.Reader));
        Assert.DoesNotContain("confirm-entry", await world.Inbox(Guid.NewGuid(), Roles.Officer));
        await world.Later(TimeSpan.FromMinutes(1));
        var mail = Assert.Single(world.Server.For(officer.Email));
        Assert.Equal("Stämmer posten ”Nattjour” i registret fortfarande? Den bekräftades senast 2 mars 2025.", mail.Subject);
        Assert.Contains($"/register/{_entry}", mail.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 5, false)] // asked, then answered
    [InlineData(4, 3, true)]  // answered before it was asked anew
    public async Task It_goes_away_when_it_is_answered_in_whatever_order_that_is_heard(long asked, long answered, bool stays)
    {
        await world.Tell(Settled(answered));
        await world.Tell(Due(asked));
        Assert.Equal(stays, (await world.Inbox(_municipality, Roles.Officer)).Contains("confirm-entry"));
        await world.Tell(Settled(asked + 1));
        Assert.DoesNotContain("confirm-entry", await world.Inbox(_municipality, Roles.Officer));
    }

    [Fact]
    public async Task The_next_years_question_takes_the_place_of_the_one_before()
    {
        await world.Tell(Due(4));
        await world.Tell(Due(6));
        await world.Tell(Due(6)); // twice is normal
        Assert.Single(await world.Inbox(_municipality, Roles.Officer), kind => kind == "confirm-entry");
    }

    private EntryConfirmationDue Due(long sequence) => new()
    {
        EntryId = _entry, Sequence = sequence, Title = "Nattjour", LastConfirmedOn = new DateOnly(2025, 3, 2),
        Organisations = [_municipality],
    };

    private EntryConfirmationSettled Settled(long sequence) => new() { EntryId = _entry, Sequence = sequence, How = "confirmed" };
}
