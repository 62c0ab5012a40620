using System.Net;
using System.Text.Json;
using Iop.Contracts.Registry;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;
using Npgsql;

namespace Iop.Agreements.Tests;

/// <summary>Small aid: an assessment that rests on it opens nothing until it is booked and fits, whoever else has
/// granted.</summary>
public sealed class AidTests(AgreementsWorld world) : IClassFixture<AgreementsWorld>
{
    private static int serial = 100;

    [Fact]
    public async Task An_outcome_that_rests_on_small_aid_waits_for_its_booking()
    {
        var (of, recipient) = await Resting("sa-de-minimis");
        Assert.Equal("may-be-iop-with-aid", (await of.Assessment()).GetProperty("outcome").GetProperty("code").GetString());
        (await of.Approve()).Refuses(HttpStatusCode.Conflict, "assessment.aid-not-booked");
        (await of.Open()).Refuses(HttpStatusCode.Conflict, "assessment.aid-not-booked");
        Assert.Equal("without a booking of its aid", await world.Scalar<string>($"SELECT assessment_obstacle('{of.Id}')"));
        Assert.Contains((await of.Shown()).Body.GetProperty("awaits").EnumerateArray(), one =>
            one.GetProperty("what").GetString() == "aid-booking");

        (await Book(of, "1000000.00", on: "2026-02-20")).Refuses(HttpStatusCode.Conflict, "aid.nothing-stated");
        await StatesNothing(recipient);
        (await Book(of, "1000000.00", on: "2026-02-20")).Refuses(HttpStatusCode.Conflict, "aid.no-rate");
        await Rate("2026-02-19", "11.0000");
        (await Book(of, "1000000.00", kind: "sgei-de-minimis", on: "2026-02-20")).Is(HttpStatusCode.Created);
        (await of.Approve()).Refuses(HttpStatusCode.Conflict, "assessment.aid-not-booked"); // another kind
        (await Book(of, "1000000.00", on: "2023-12-31")).Refuses(HttpStatusCode.Conflict, "aid.no-rate");
        var booked = (await Book(of, "1000000.00", on: "2026-02-20")).Is(HttpStatusCode.Created).Body;
        var first = booked.GetProperty("bookings").EnumerateArray()
            .Single(one => one.GetProperty("kind").GetString() == "de-minimis");
        Assert.Equal("90909.09", first.GetProperty("euro").GetString());
        Assert.Equal("209090.91", Room(of, booked, "de-minimis"));

        (await of.Approve()).Is(HttpStatusCode.OK);
        (await Reverse(of, first.GetProperty("id").GetGuid())).Is(HttpStatusCode.Created);
        (await Reverse(of, first.GetProperty("id").GetGuid())).Refuses(HttpStatusCode.Conflict, "aid.reversed-already");
        (await Reverse(of, Guid.NewGuid())).Refuses(HttpStatusCode.NotFound, "aid.unknown-booking");
        (await of.Open()).Refuses(HttpStatusCode.Conflict, "assessment.aid-not-booked");
        (await Book(of, "1000000.00", on: "2026-02-20")).Is(HttpStatusCode.Created);
        (await of.Open()).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_ceiling_holds_over_all_grantors_and_statements_and_is_looked_at_again_at_the_opening()
    {
        await Rate("2026-03-02", "10.0000");
        var (of, recipient) = await Resting("sa-de-minimis");
        await States(recipient,
            new { sort = "aid", kind = "de-minimis", grantor = "Tillväxtverket", euro = "100000.00", grantedOn = "2024-06-01" });
        (await Book(of, "2000000.10")).Refuses(HttpStatusCode.Conflict, "aid.exceeds-ceiling");
        (await Book(of, "2000000.00")).Is(HttpStatusCode.Created);
        (await Book(of, "0.10")).Refuses(HttpStatusCode.Conflict, "aid.exceeds-ceiling");
        (await of.Approve()).Is(HttpStatusCode.OK);
        // Something more comes to light: it is noted as it is, and nothing opens on what no longer fits.
        var stated = await States(recipient,
            new { sort = "aid", kind = "de-minimis", grantor = "Vinnova", euro = "0.01", grantedOn = "2026-02-01" });
        (await of.Open()).Refuses(HttpStatusCode.Conflict, "assessment.aid-exceeds-ceiling");
        (await of.Approve()).Refuses(HttpStatusCode.Conflict, "assessment.aid-exceeds-ceiling");
        Assert.Equal("beyond the ceiling of small aid", await world.Scalar<string>($"SELECT assessment_obstacle('{of.Id}')"));
        Assert.Equal("-0.01", Room(of, (await world.Officer.Get($"{of.Path}/aid")).Is(HttpStatusCode.OK).Body, "de-minimis"));
        // It was wrong, and is taken back.
        var wrong = stated.GetProperty("items").EnumerateArray()
            .Single(one => one.GetProperty("grantor").GetString() == "Vinnova").GetProperty("id").GetGuid();
        await States(recipient, new { sort = "none", withdraws = wrong });
        (await As(recipient).Create("/agreements/v1/aid/statements", new { sort = "none", withdraws = wrong }))
            .Refuses(HttpStatusCode.Conflict, "aid.withdrawn-already");
        (await As(recipient).Create("/agreements/v1/aid/statements", new { sort = "none", withdraws = Guid.NewGuid() }))
            .Refuses(HttpStatusCode.Conflict, "aid.unknown-statement");
        (await of.Open()).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Numbers_that_are_one_undertaking_share_the_room_and_two_bookings_at_once_cannot_both_take_it()
    {
        await Rate("2026-03-02", "10.0000");
        var (of, recipient) = await Resting("sa-de-minimis");
        var (other, sister) = await Resting("sa-de-minimis");
        await StatesNothing(sister);
        (await Book(other, "2500000.00")).Is(HttpStatusCode.Created);
        await States(recipient, new { sort = "linked", linkedNumber = sister.Number });
        Assert.Equal("50000.00",
            Room(of, (await world.Officer.Get($"{of.Path}/aid?on=2026-03-02")).Is(HttpStatusCode.OK).Body, "de-minimis"));
        var both = await Task.WhenAll(Book(of, "300000.00"), Book(of, "300000.00"));
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Conflict], both.Select(reply => reply.Status).Order());
    }

    [Fact]
    public async Task Only_a_public_party_books_to_a_party_that_is_not_public()
    {
        var (of, recipient) = await Resting("sa-de-minimis");
        var body = Booking(of, "10.00", "de-minimis", "2026-03-02");
        (await As(recipient).Create($"{of.Path}/aid/bookings", body))
            .Refuses(HttpStatusCode.Forbidden, "aid.only-public-parties-grant");
        (await world.Signatory.Create($"{of.Path}/aid/bookings", body)).Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await world.Lawyer.Create($"{of.Path}/aid/bookings", new
        {
            recipientPartyId = of.Partners.RegionParty, kind = "de-minimis", kronor = "-1.00", grantedOn = "2028-03-02",
            reason = " ",
        })).Refuses(HttpStatusCode.BadRequest, "request.invalid");
        // Nor does another public party take back what it has not booked.
        await Rate("2026-03-02", "10.0000");
        await StatesNothing(recipient);
        var booking = (await Book(of, "10.00")).Is(HttpStatusCode.Created).Body.GetProperty("bookings")[0].GetProperty("id")
            .GetGuid();
        (await As(recipient).Create($"{of.Path}/aid/reversals", new { bookingId = booking, reason = "Fel" }))
            .Refuses(HttpStatusCode.Forbidden, "aid.not-your-booking");
    }

    [Fact]
    public async Task Sql_as_the_applications_login_books_nothing_that_does_not_fit_and_changes_nothing()
    {
        await Rate("2026-03-02", "10.0000");
        var (of, recipient) = await Resting("sa-de-minimis");
        await StatesNothing(recipient);
        await Refused(of, world.Region, 300_000_01, PostgresErrorCodes.CheckViolation);
        await Refused(of, recipient.Id, 1, PostgresErrorCodes.CheckViolation);
        await Refused(of, world.Elsewhere, 1, PostgresErrorCodes.CheckViolation);
        (await Book(of, "10.00")).Is(HttpStatusCode.Created);
        await using var app = new NpgsqlConnection(world.Database.ConnectionStringFor("agreements_app",
            ServiceDatabase.Password));
        await app.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var sql in new[] { "UPDATE aid_booking SET euro_cent = 0", "DELETE FROM aid_booking",
            "DELETE FROM aid_statement", "UPDATE aid_ceiling SET euro_cent = 1" })
        {
            await using var command = new NpgsqlCommand(sql, app);
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(
                () => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState);
        }
    }

    [Theory]
    [InlineData("2024-03-02", "2027-03-01", false)]
    [InlineData("2024-03-02", "2027-03-02", true)]
    [InlineData("2024-02-29", "2027-02-28", false)]
    [InlineData("2024-02-29", "2027-03-01", true)]
    [InlineData("2025-02-28", "2028-02-27", false)]
    [InlineData("2025-02-28", "2028-02-28", true)]
    [InlineData("2027-03-01", "2024-03-02", false)]
    [InlineData("2027-03-02", "2024-03-02", true)]
    public async Task The_database_counts_three_years_as_the_service_does(string stated, string day, bool isRoom)
    {
        var recipient = await Recipient();
        await States(recipient,
            new { sort = "aid", kind = "de-minimis", grantor = "Annan", euro = "300000.01", grantedOn = stated });
        Assert.Equal(!isRoom, await world.Scalar<bool>($"SELECT aid_is_too_much('{recipient.Number}', '{day}')"));
    }

    [Fact]
    public async Task A_grantor_sees_its_own_ledger_the_parties_their_agreements_and_strangers_nothing()
    {
        await Rate("2026-03-02", "10.0000");
        var (of, recipient) = await Resting("sa-de-minimis");
        await States(recipient,
            new { sort = "aid", kind = "de-minimis", grantor = "Hemlig givare", euro = "1.00", grantedOn = "2026-01-01" });
        (await Book(of, "100.00")).Is(HttpStatusCode.Created);
        Assert.Contains((await world.Lawyer.Get("/agreements/v1/aid/bookings")).Is(HttpStatusCode.OK).Body.GetProperty("items")
            .EnumerateArray(),
            one => one.GetProperty("agreementId").GetGuid() == of.Id);
        Assert.Single((await As(recipient).Get($"{of.Path}/aid")).Is(HttpStatusCode.OK).Body.GetProperty("bookings")
            .EnumerateArray());
        Assert.Empty((await As(recipient).Get("/agreements/v1/aid/bookings")).Is(HttpStatusCode.OK).Body.GetProperty("items")
            .EnumerateArray());
        (await world.Stranger.Get($"{of.Path}/aid")).Refuses(HttpStatusCode.NotFound, "request.not-found");
        Assert.DoesNotContain("Hemlig", (await world.Stranger.Get("/agreements/v1/aid/statements")).Is(HttpStatusCode.OK).Text);
        Assert.Contains("Hemlig", (await world.Officer.Get($"{of.Path}/aid")).Text);
    }

    [Fact]
    public async Task Rates_and_ceilings_have_a_day_and_a_source_and_a_lawyers_rate_is_its_own_organisations()
    {
        var operatorOf = world.As(Callers.Of(Guid.NewGuid(), Roles.Operator));
        (await world.Officer.Create("/agreements/v1/aid/rates",
            new { day = "2026-01-05", kronorPerEuro = "11.1", source = "ECB" }))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        foreach (var wrong in new[] { "0.5", "101", "11.1234567", "elva", "-11" })
            (await operatorOf.Create("/agreements/v1/aid/rates",
                new { day = "2026-01-05", kronorPerEuro = wrong, source = "ECB" }))
                .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await operatorOf.Create("/agreements/v1/aid/rates", new { day = "2026-03-03", kronorPerEuro = "11.1", source = "ECB" }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await operatorOf.Create("/agreements/v1/aid/rates",
            new { day = "2026-01-05", kronorPerEuro = "11.123456", source = "ECB 2026-01-05" })).Is(HttpStatusCode.Created);
        (await world.As(Callers.Of(world.Elsewhere, Roles.Legal)).Create("/agreements/v1/aid/rates",
            new { day = "2026-01-06", kronorPerEuro = "12.5", source = "Egen" })).Is(HttpStatusCode.Created);
        var figures = (await world.Officer.Get("/agreements/v1/aid/figures")).Is(HttpStatusCode.OK);
        Assert.Contains("11.123456", figures.Text);
        Assert.DoesNotContain("12.5", figures.Text);
        Assert.Contains("2023/2831", figures.Text);
        (await world.Lawyer.Create("/agreements/v1/aid/ceilings",
            new { kind = "de-minimis", validFrom = "2031-01-01", euro = "400000.00", source = "Ny förordning" }))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await operatorOf.Create("/agreements/v1/aid/ceilings",
            new { kind = "de-minimis", validFrom = "2031-01-01", euro = "400000.00", source = "Ny förordning" }))
                .Is(HttpStatusCode.Created);
        (await operatorOf.Create("/agreements/v1/aid/ceilings",
            new { kind = "de-minimis", validFrom = "2031-01-01", euro = "1.00", source = "x" }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await operatorOf.Create("/agreements/v1/aid/statements", new { sort = "none" })).Is(HttpStatusCode.Forbidden);
        (await world.As(Callers.Of(Guid.NewGuid(), Roles.Officer)).Create("/agreements/v1/aid/statements", new { sort = "none" }))
            .Refuses(HttpStatusCode.Conflict, "aid.unknown-organisation");
    }

    private sealed record Of(Guid Id, string Number);

    private CallerClient As(Of organisation) => world.As(Callers.Of(organisation.Id, Roles.Officer));

    /// <summary>An association of its own, so that no other test uses up its room.</summary>
    private async Task<Of> Recipient()
    {
        var number = Number(Interlocked.Increment(ref serial));
        var recipient = new Of(Guid.NewGuid(), number);
        await world.Tell(new OrganisationChanged
        {
            OrganisationId = recipient.Id, Sequence = 1, Number = number, Name = $"Förening {number}", Kind = "idea-driven",
            Units = [],
        });
        return recipient;
    }

    private static string Number(int serial)
    {
        var nine = $"809999{serial:000}";
        var sum = nine.Select((digit, place) => (digit - '0') * (place % 2 == 0 ? 2 : 1))
            .Sum(value => value > 9 ? value - 9 : value);
        return $"{nine}{(10 - sum % 10) % 10}";
    }

    /// <summary>An agreement with such a recipient, whose assessment rests on small aid.</summary>
    private async Task<(Case Case, Of Recipient)> Resting(string basis)
    {
        var recipient = await Recipient();
        var of = await world.Written();
        var invited = (await world.Officer.Create($"/agreements/v1/partnerships/{of.Partners.Id}/parties",
            new { organisationId = recipient.Id, requiredSignatures = 1 })).Is(HttpStatusCode.Created);
        of = new Case(world, of.Id, of.Partners with { AssociationParty = invited.Id });
        (await As(recipient)
            .Create($"{of.Path}/contributions", new { partyId = invited.Id, kind = "competence", description = "Kunskap" }))
            .Is(HttpStatusCode.Created);
        await of.AnswerAll(("sa-advantage", "yes"), (basis, "yes"));
        return (of, recipient);
    }

    private static object Booking(Case of, string kronor, string kind, string on) => new
    {
        recipientPartyId = of.Partners.AssociationParty, kind, kronor, grantedOn = on, reason = "Stöd enligt avsnitt 8",
    };

    private Task<Reply> Book(Case of, string kronor, string kind = "de-minimis", string on = "2026-03-02") =>
        world.Lawyer.Create($"{of.Path}/aid/bookings", Booking(of, kronor, kind, on));

    private Task<Reply> Reverse(Case of, Guid booking) =>
        world.Lawyer.Create($"{of.Path}/aid/reversals", new { bookingId = booking, reason = "Fel belopp" });

    private Task StatesNothing(Of recipient) => States(recipient, new { sort = "none" });

    private async Task<JsonElement> States(Of recipient, object statement) =>
        (await As(recipient).Create("/agreements/v1/aid/statements", statement)).Is(HttpStatusCode.Created).Body;

    private async Task Rate(string day, string kronor) => (await world.Lawyer.Create("/agreements/v1/aid/rates",
        new { day, kronorPerEuro = kronor, source = "Riksbanken" })).Is(HttpStatusCode.Created);

    private static string? Room(Case of, JsonElement aid, string kind) => aid.GetProperty("recipients").EnumerateArray()
        .Single(one => one.GetProperty("partyId").GetGuid() == of.Partners.AssociationParty).GetProperty("room").EnumerateArray()
        .Single(room => room.GetProperty("kind").GetString() == kind).GetProperty("room").GetString();

    private async Task Refused(Case of, Guid grantor, long cent, string state)
    {
        await using var connection = new NpgsqlConnection(world.Database.ConnectionStringFor("agreements_app",
            ServiceDatabase.Password));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var person = Guid.NewGuid();
        await using var caller = new NpgsqlCommand(
            $"SELECT set_config('iop.org', '{grantor}', true), set_config('iop.person', '{person}', true), set_config('iop.today', '2026-03-02', true)",
            connection, transaction);
        await caller.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"""
            INSERT INTO aid_booking (booking_id, partnership_id, agreement_id, grantor, recipient, recipient_number, kind, ore, euro_cent, rate_day,
              rate_millionths, rate_source, granted_on, reason, booked_by, booked_at)
            SELECT gen_random_uuid(), '{of.Partners.Id}', '{of.Id}', '{grantor}', p.organisation, o.number, 'DeMinimis', 100, {cent}, '2026-03-02',
              1000000, 'x', '2026-03-02', 'x', '{person}', now()
            FROM (SELECT '{await RecipientOf(of)}'::uuid AS organisation) p JOIN organisation o ON o.organisation_id = p.organisation
            """, connection, transaction);
        var trouble = await Assert.ThrowsAsync<PostgresException>(() =>
            command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.Equal(state, trouble.SqlState);
    }

    private async Task<Guid> RecipientOf(Case of) =>
        await world.Scalar<Guid>($"SELECT organisation FROM party WHERE party_id = '{of.Partners.AssociationParty}'");
}
