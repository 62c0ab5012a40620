using Iop.Contracts.Identity;
using Iop.Kernel;

namespace Iop.Notifications.Tests;

/// <summary>Somebody waits to be helped into the account: each who may confirm it sees it and gets a mail.</summary>
public sealed class WaitingResetTests(MailWorld world) : IClassFixture<MailWorld>
{
    private const string Kind = "confirm-reset";
    private readonly Guid _reset = Guid.NewGuid();
    private readonly Guid _municipality = Guid.NewGuid();

    [Fact]
    public async Task Who_may_confirm_is_told_and_neither_who_asked_nor_the_person_nor_other_administrators()
    {
        var (asker, about) = (await Admin("Birgitta"), await Admin("Karin"));
        var (second, bystander) = (await Admin("Mats"), await Admin("Elin"));
        await world.Tell(Asked(asker, about, second));
        Assert.Contains(Kind, await Sees(second));
        foreach (var other in new[] { asker, about, bystander }) Assert.DoesNotContain(Kind, await Sees(other));
        await world.Later(TimeSpan.FromMinutes(1));
        var mail = Assert.Single(world.Server.For(second.Email));
        Assert.Equal("Karin behöver hjälp in på kontot. Bekräfta senast 9 mars 2026, om du vet att det är rätt person.",
            mail.Subject);
        Assert.Contains("/konto/andra-faktorn", mail.Body, StringComparison.Ordinal);
        foreach (var other in new[] { asker, about, bystander }) Assert.Empty(world.Server.For(other.Email));
        await world.Tell(new SecondFactorResetSettled { ResetId = _reset, Sequence = 2, How = "confirmed" });
        Assert.DoesNotContain(Kind, await Sees(second));
    }

    [Fact]
    public async Task When_who_may_confirm_has_left_others_stand_in_but_never_who_asked_or_the_person()
    {
        var (asker, about) = (await Admin("Birgitta"), await Admin("Karin"));
        var (second, bystander) = (await Admin("Mats"), await Admin("Elin"));
        await world.Tell(Asked(asker, about, second));
        await world.Tell(second.Changed(2));
        Assert.Contains(Kind, await Sees(bystander));
        foreach (var other in new[] { asker, about }) Assert.DoesNotContain(Kind, await Sees(other));
    }

    private Task<Person> Admin(string name) => world.Member(_municipality, Roles.Admin, name);

    private async Task<IReadOnlyList<string>> Sees(Person person) =>
        [.. (await world.Tasks(world.As(person.Caller(Roles.Admin)))).Select(line => line.GetProperty("kind").GetString()!)];

    private SecondFactorResetAsked Asked(Person by, Person about, Person second) => new()
    {
        ResetId = _reset, Sequence = 1, AboutPersonId = about.Id, Name = about.Name, AskedByPersonId = by.Id,
        LastOn = new DateOnly(2026, 3, 9),
        MayConfirm = [new SecondFactorResetConfirmer { PersonId = second.Id, OrganisationId = _municipality }],
    };
}
