using System.Net;
using System.Text.Json;
using Iop.Contracts;
using Iop.Contracts.Agreements;
using Iop.Contracts.OutcomeFinance;
using Iop.Contracts.Registry;
using Iop.Kernel;
using Iop.Notifications.Telling;
using Iop.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Notifications.Tests;

/// <summary>Guests read where things are, and nothing comes to them: no line, no mail, no call of a webhook, whether they are
/// from outside or of another unit of a party's own organisation, whatever roles they have there.</summary>
public sealed class GuestTests(MailWorld world) : IClassFixture<MailWorld>
{
    private readonly Guid _city = Guid.NewGuid();
    private readonly Guid _unit = Guid.NewGuid();

    [Fact]
    public void Who_is_a_guest_is_not_even_told_here() => Assert.DoesNotContain(Topology.Subscriptions,
        one => one.Queue.StartsWith("notifications.", StringComparison.Ordinal) && one.Message == typeof(GuestChanged));

    [Fact]
    public void Of_a_guest_whose_time_ends_neither_name_nor_person_is_told() => Assert.Equal(
        ["InviterPersonId", "PartnershipTitle", "Stage"],
        typeof(GuestTimeEnds).GetProperties().Where(one => one.PropertyType == typeof(string)
            || one.Name.EndsWith("PersonId", StringComparison.Ordinal)).Select(one => one.Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Nothing_that_is_told_of_partnerships_and_contracts_reaches_a_guest()
    {
        var (outsider, neighbour) = (await Somebody(Guid.NewGuid(), null), await Somebody(_city, Guid.NewGuid()));
        var own = await Somebody(_city, _unit);
        (await world.As(Callers.Of(outsider.Organisation, Roles.Admin)).Create("/notifications/v1/webhooks",
            new { url = "https://example.com/iop", kinds = Array.Empty<string>() })).Is(HttpStatusCode.Created);
        foreach (var message in WordsTests.Messages().Except(WordsTests.TellNobody)) await Tell(message);
        await world.Later(TimeSpan.FromMinutes(1));

        // The unit that is party hears of nearly all there is to tell; what only others than the doer hear has nobody here.
        Assert.True(await world.Scalar<long>(
            "SELECT count(DISTINCT kind) FROM inbox_line WHERE organisation_id = $1 AND unit_id = $2", _city, _unit) >= 50);
        Assert.True(await Mails(own) > 10);
        Assert.NotEmpty(await Inbox(own));
        foreach (var guest in new[] { outsider, neighbour })
        {
            Assert.Empty(await Inbox(guest));
            Assert.Equal(0L, await Mails(guest));
        }
        Assert.Equal("", await world.Scalar<string>("""
            SELECT coalesce(string_agg(DISTINCT kind, ', '), '') FROM inbox_line
            WHERE organisation_id = $1 AND unit_id IS DISTINCT FROM $2 AND circle_id IS NOT NULL
            """, _city, _unit));
        Assert.Equal(0L, await world.Scalar<long>("""
            SELECT count(*) FROM webhook_delivery JOIN webhook USING (webhook_id) WHERE organisation_id = $1
            """, outsider.Organisation));
    }

    /// <summary>The message in a circle of its own, with each word that makes it say something else.</summary>
    private async Task Tell(Type message)
    {
        var (rules, tale) = (world.Services.GetRequiredService<Rules>(), new Tale { Organisation = _city, Unit = _unit });
        var said = new Said(message, []);
        foreach (var first in new[] { typeof(PartyJoinedPartnership), typeof(OutcomeContractSigned) })
            await new Said(first, []).TellIn(world, tale, 1);
        var sequence = 5L;
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in WordsTests.Words.Where(word => word != "zzz").Prepend("ord"))
        {
            tale.Word = word;
            var lines = rules.For(said.In(tale, sequence)).Tidings.Lines.Select(line => line.Kind).ToList();
            if (!lines.Exists(kinds.Add)) continue;
            await said.TellIn(world, tale, sequence++);
        }
    }

    private async Task<Person> Somebody(Guid organisation, Guid? unit)
    {
        var id = Guid.NewGuid();
        var person = new Person(Guid.NewGuid(), id, organisation, unit, "Karin Ek", $"{id:N}@example.com", "sv");
        await world.Tell(person.Changed(1, [.. GuestSteps.EveryRole]));
        return person;
    }

    /// <summary>What she is told of partnerships and contracts; what is the organisation's own, such as its entry in the
    /// register, is for all of it.</summary>
    private async Task<List<string>> Inbox(Person person) =>
    [
        .. (await world.As(person.Caller(Roles.Legal) with { Roles = GuestSteps.EveryRole.ToHashSet(StringComparer.Ordinal) })
            .Get("/notifications/v1/inbox?limit=100")).Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()
            .Where(line => line.GetProperty("partnershipId").ValueKind is not JsonValueKind.Null)
            .Select(line => line.GetProperty("kind").GetString()!),
    ];

    private Task<long> Mails(Person person) => world.Scalar<long>("""
        SELECT count(*) FROM mail JOIN inbox_line USING (line_id) WHERE mail.person_id = $1 AND circle_id IS NOT NULL
        """, person.Id);
}
