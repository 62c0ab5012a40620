using System.Net;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>A guest of the same city, but of another unit than the one that is party: what that party keeps to itself it keeps
/// from its guest too, whatever the guest's organisation.</summary>
public sealed class GuestKeepingTests(AgreementsWorld world) : IClassFixture<AgreementsWorld>
{
    private const string Service = "/agreements/v1";
    private readonly Guid _city = Guid.NewGuid();
    private readonly Guid _unit = Guid.NewGuid();
    private readonly Guid _otherUnit = Guid.NewGuid();

    /// <summary>The organisation's own, whatever partnership it is about: bookings, rates, answers to requests.</summary>
    private const string NotOfPartnerships = "'access', 'idempotency', 'exchange_rate', 'aid_booking'";

    [Fact]
    public async Task Every_table_that_asks_who_the_reader_is_keeps_its_inner_rows_from_guests() => Assert.Equal("",
        await world.Scalar<string>($"""
            SELECT coalesce(string_agg(DISTINCT asking.tablename::text, ', '), '') FROM pg_policies asking
            WHERE 'agreements_app' = ANY (asking.roles) AND asking.cmd IN ('ALL', 'SELECT')
              AND asking.qual ~ 'caller_org|caller_unit|circle|audience' AND asking.tablename NOT IN ({NotOfPartnerships})
              AND NOT EXISTS (SELECT FROM pg_policies kept WHERE kept.tablename = asking.tablename
                AND kept.policyname = 'kept_from_guests' AND kept.permissive = 'RESTRICTIVE' AND kept.cmd = 'SELECT')
            """));

    [Fact]
    public async Task What_a_party_keeps_to_itself_no_guest_of_its_own_organisation_reads()
    {
        var (partnership, officer) = await WithInnerMatters();
        var guest = Callers.OfUnit(_city, _otherUnit, GuestSteps.EveryRole);
        var both = officer with { Person = Guid.NewGuid() }; // let in by the own unit, and invited as well
        foreach (var invited in new[] { guest, both }) await BecomesGuest(invited, partnership, officer);
        var tables = await Tables();
        Assert.True(tables.Count >= 8, string.Join(", ", tables.Keys));
        foreach (var (table, inner) in tables)
        {
            var sql = $"SELECT count(*) FROM {table} WHERE partnership_id = '{partnership}' AND {inner}";
            Assert.True(await Count(officer, sql) > 0, $"nothing in {table} to keep: say something inner in this test");
            Assert.True(await Count(both, sql) > 0, $"{table}: access of one's own wins");
            Assert.True(await Count(guest, sql) == 0, $"{table} is read by a guest");
        }
        foreach (var path in new[] { "dialogue", "history" })
            Assert.DoesNotContain("Bara vi", (await world.As(guest).Get($"{Service}/partnerships/{partnership}/{path}"))
                .Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        Assert.Contains("Bara vi", (await world.As(both).Get($"{Service}/partnerships/{partnership}/dialogue"))
            .Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        Assert.Contains("Sagt till alla", (await world.As(guest).Get($"{Service}/partnerships/{partnership}/dialogue"))
            .Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guests_read_neither_of_each_other_nor_of_what_others_have_done()
    {
        var (partnership, officer) = await WithInnerMatters();
        var (guest, another) = (GuestSteps.FromOutside(), GuestSteps.FromOutside());
        await BecomesGuest(guest, partnership, officer);
        await BecomesGuest(another, partnership, officer);
        var listed = (await world.As(guest).Get($"{Service}/partnerships/{partnership}/guests")).Is(HttpStatusCode.OK);
        Assert.Equal(guest.Person, Assert.Single(listed.Body.GetProperty("items").EnumerateArray()).GetProperty("accepted")
            .GetProperty("personId").GetGuid());
        var history = $"{Service}/partnerships/{partnership}/history?thing=guest";
        Assert.Empty((await world.As(guest).Get(history)).Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray());
        Assert.NotEmpty((await world.As(officer).Get(history)).Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray());
        Assert.Equal([guest.Person], await Doers(guest, partnership));
        Assert.Contains(officer.Person, await Doers(officer, partnership));
        Assert.Contains(guest.Person, await Doers(officer, partnership)); // that somebody has said yes stands in the trail
    }

    private async Task<IReadOnlyList<Guid>> Doers(Caller reader, Guid partnership) =>
    [
        .. (await world.As(reader).Get($"{Service}/audit-trail?partnershipId={partnership}&limit=100")).Is(HttpStatusCode.OK).Body
            .GetProperty("items").EnumerateArray().Select(line => line.GetProperty("personId").GetGuid()).Distinct(),
    ];

    /// <summary>Which rows of which tables are not for all, from the policies themselves: a new one is here by itself.</summary>
    private async Task<IReadOnlyDictionary<string, string>> Tables()
    {
        var found = await world.Scalar<string>("""
            SELECT string_agg(tablename || '|' || CASE policyname WHEN 'within_circle' THEN 'circle <> ''all'''
                WHEN 'those_meant' THEN 'audience <> ''All''' ELSE 'true' END, ';') FROM pg_policies
            WHERE policyname IN ('within_circle', 'those_meant', 'own_organisation')
            """);
        return (found + ";signing_reviewer|true").Split(';').Select(line => line.Split('|'))
            .ToDictionary(line => line[0], line => line[1], StringComparer.Ordinal);
    }

    private async Task<(Guid Partnership, Caller Officer)> WithInnerMatters()
    {
        await world.Known(_city, "Göteborgs stad", "public", 1, (_unit, "Centrum"), (_otherUnit, "Hisingen"));
        var officer = Callers.OfUnit(_city, _unit, GuestSteps.EveryRole);
        var by = world.As(officer);
        var started = (await by.Create($"{Service}/partnerships", new { title = "Våld", challenge = "Våld i nära relationer." }))
            .Is(HttpStatusCode.Created);
        var path = $"{Service}/partnerships/{started.Id}";
        var party = started.Body.GetProperty("parties")[0].GetProperty("id").GetGuid();
        (await by.Create($"{path}/parties", new { organisationId = world.Association, requiredSignatures = 1 }))
            .Is(HttpStatusCode.Created);
        foreach (var (said, audience) in new[] { ("Bara vi i förvaltningen.", "own-party"), ("Sagt till alla.", "all") })
            (await by.Create($"{path}/dialogue",
                new { kind = "note", heldOn = "2026-03-01", participants = "Vi", said, audience })).Is(HttpStatusCode.Created);
        var drafted = (await by.Create($"{path}/agreements",
            new { title = "Våld 2026", startsOn = "2026-04-01", autoRenews = false })).Is(HttpStatusCode.Created);
        var agreement = $"{Service}/agreements/{drafted.Id}";
        (await by.Create($"{agreement}/comments", new { sectionKey = "goals", text = "Bara vi.", audience = "own-party" }))
            .Is(HttpStatusCode.Created);
        await Talk(by, path, drafted.Id, party);
        (await by.Put($"{agreement}/parties/{party}/reviewers", (await by.Get(agreement)).Tag,
            new { reviewers = new[] { new { role = "legal" } } })).Is(HttpStatusCode.OK);
        (await by.Act($"{agreement}/looks", (await by.Get(agreement)).Tag, new { comment = "Bara vi." })).Is(HttpStatusCode.OK);
        return (started.Id, officer);
    }

    /// <summary>Somebody sits in the party's own group, and a matter has lain before it.</summary>
    private static async Task Talk(CallerClient by, string path, Guid agreement, Guid party)
    {
        var own = (await by.Create($"{path}/bodies", new
        {
            kind = "cooperation", name = "Vår egen grupp", agreementId = agreement, visibility = "own-party",
            ownerPartyId = party,
        })).Is(HttpStatusCode.Created);
        (await by.Create($"{path}/bodies/{own.Id}/members",
            new { role = "chair", fromOn = "2026-01-01", partyId = party, name = "Ann Ek" })).Is(HttpStatusCode.Created);
        (await by.Create($"{path}/bodies/{own.Id}/items", new { title = "Bara vår" })).Is(HttpStatusCode.Created);
        var closed = (await by.Create($"{path}/bodies/{own.Id}/items", new { title = "Bara vår, och klar" }))
            .Is(HttpStatusCode.Created);
        (await by.Act($"{closed.Location}/closure", closed.Tag, new { outcome = "Bara vi vet." })).Is(HttpStatusCode.OK);
    }

    private async Task BecomesGuest(Caller guest, Guid partnership, Caller inviter) => (await world.As(guest)
        .AcceptsInvitation(await world.As(inviter).InvitesGuest(world, partnership))).Is(HttpStatusCode.OK);

    private Task<long> Count(Caller reader, string sql) => world.ScalarAs<long>(reader, sql);
}
