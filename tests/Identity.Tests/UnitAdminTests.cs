using System.Net;
using System.Text.Json;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Identity.Tests;

/// <summary>An administrator of one unit administers that unit, and nothing else of the organisation.</summary>
[Collection(nameof(IdentityWorld))]
public sealed class UnitAdminTests(IdentityWorld world)
{
    private const string Root = "/identity/v1";
    private const string Reason = "Telefonen är borta.";

    private static readonly object Jwk = new
    {
        kty = "EC", crv = "P-256", x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    };

    /// <summary>Everything an administrator does, at a place outside the unit; in an order in which all of it can be done by
    /// whoever administers the whole.</summary>
    private static readonly (string Act, Func<Place, CallerClient, Task<Reply>> Do)[] Acts =
    [
        ("GiveMembership in another unit", (at, by) => by.Create($"{Root}/memberships", at.Gives(at.OtherUnit, Roles.Reader))),
        ("GiveMembership in the whole", (at, by) => by.Create($"{Root}/memberships", at.Gives(null, Roles.Admin))),
        ("ChangeMembership", (at, by) => by.Put($"{Root}/memberships/{at.Theirs}", "1", new { roles = new[] { Roles.Legal } })),
        ("ChangeMembership of the whole", (at, by) =>
            by.Put($"{Root}/memberships/{at.Bosses}", "1", new { roles = new[] { Roles.Admin, Roles.Reader } })),
        ("FollowLoginAgain", (at, by) =>
            by.Act($"{Root}/memberships/{at.Theirs}/following", "2", new { providerId = at.Provider1 })),
        ("AppointStandIn", (at, by) => by.Create($"{Root}/memberships/{at.Theirs}/stand-ins",
            new { personId = at.Boss.Id, fromOn = at.Today, toOn = at.Today })),
        ("EndStandIn", (at, by) => by.Delete($"{Root}/stand-ins/{at.StandIn}", "1")),
        ("AskForSecondFactorReset", (at, by) => by.Create(
            $"{Root}/second-factor-resets", new { personId = at.Colleague.Id, reason = Reason })),
        ("AskForSecondFactorReset of one with more than the unit", (at, by) => by.Create(
            $"{Root}/second-factor-resets", new { personId = at.OfBoth.Id, reason = Reason })),
        ("ConfirmSecondFactorReset", (at, by) => by.Act($"{Root}/second-factor-resets/{at.Reset}/confirmation", "1")),
        ("RegisterSystem", (at, by) => by.Create($"{Root}/systems", at.System(at.OtherUnit))),
        ("RegisterSystem for the whole", (at, by) => by.Create($"{Root}/systems", at.System(null))),
        ("AddSystemKey", (at, by) => by.Create($"{Root}/systems/{at.System1}/keys", new { publicJwk = Jwk })),
        ("EndSystemKey", async (at, by) => await by.Delete($"{Root}/systems/{at.System1}/keys/{at.Key}",
            KeyTag(await by.Get($"{Root}/systems/{at.System1}")))),
        ("AddProvider", (at, by) => by.Create($"{Root}/providers", at.Provider("En annan"))),
        ("ChangeProvider", (at, by) =>
            by.Put($"{Root}/providers/{at.Provider1}", "1", new { name = "Nytt", clientId = "iop" })),
        ("GrantByProvider in another unit", (at, by) =>
            by.Create($"{Root}/providers/{at.Provider1}/grants", at.Grant("en", at.OtherUnit))),
        ("GrantByProvider in the whole", (at, by) =>
            by.Create($"{Root}/providers/{at.Provider1}/grants", at.Grant("alla", null))),
        ("GrantByProvider, the first there", (at, by) =>
            by.Create($"{Root}/providers/{at.Untrusted}/grants", at.Grant("en", at.Unit))),
        ("TakeBackGrant", async (at, by) => await by.Delete(
            $"{Root}/providers/{at.Provider1}/grants/{at.GrantId}",
            (await by.Get($"{Root}/providers/{at.Provider1}/grants/{at.GrantId}")).Tag)),
        ("EndProvider", (at, by) => by.Delete($"{Root}/providers/{at.Provider1}", "2")),
    ];

    [Fact]
    public async Task What_is_outside_the_unit_is_refused_to_its_admin_and_not_to_the_admin_of_the_whole()
    {
        var at = await Built();
        var (ofUnit, ofWhole) = (await world.As(at.UnitsAdmin), await world.As(at.Second));
        var wrong = new List<string>();
        foreach (var (act, does) in Acts)
        {
            var answer = await does(at, ofUnit);
            if (answer.Status is not (HttpStatusCode.NotFound or HttpStatusCode.Forbidden))
                wrong.Add($"{act}: the unit's admin got {answer.Status} {answer.Code}");
        }
        foreach (var (act, does) in Acts)
        {
            var answer = await does(at, ofWhole);
            // Nothing to follow there, which only whoever administers it is told.
            var mayNot = act == "FollowLoginAgain" && answer.Code == "membership.no-login-to-follow";
            if (!mayNot && answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Created))
                wrong.Add($"{act}: the admin of the whole got {answer.Status} {answer.Code}");
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        (await ofUnit.Create($"{Root}/memberships", at.Gives(at.OtherUnit, Roles.Reader)))
            .Refuses(HttpStatusCode.Forbidden, "membership.other-unit");
    }

    [Fact]
    public async Task In_the_unit_its_admin_does_all_of_it_and_sees_nothing_else()
    {
        var at = await Built();
        var admin = await world.As(at.UnitsAdmin);
        var given = (await admin.Create($"{Root}/memberships", at.Gives(at.Unit, Roles.Reader))).Is(HttpStatusCode.Created);
        (await admin.Create($"{Root}/memberships/{given.Id}/stand-ins",
            new { personId = at.UnitsAdmin.Id, fromOn = at.Today, toOn = at.Today })).Is(HttpStatusCode.Created);
        (await admin.Put($"{Root}/memberships/{given.Id}", given.Tag, new { roles = new[] { Roles.Officer } }))
            .Is(HttpStatusCode.OK);
        (await admin.Create($"{Root}/second-factor-resets", new { personId = at.Newcomer.Id, reason = Reason }))
            .Is(HttpStatusCode.Created);
        (await admin.Create($"{Root}/systems", at.System(at.Unit))).Is(HttpStatusCode.Created);
        (await admin.Create($"{Root}/providers/{at.Provider1}/grants", at.Grant("en", at.Unit))).Is(HttpStatusCode.Created);

        var list = (await admin.Get($"{Root}/memberships")).Is(HttpStatusCode.OK).Body;
        Assert.All(list.GetProperty("items").EnumerateArray(), one => Assert.Equal(at.Unit, one.GetProperty("unitId").GetGuid()));
        Assert.Equal(at.Unit, Assert.Single(list.GetProperty("units").EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal(3, list.GetProperty("items").GetArrayLength());
        Assert.Single(await Items(admin, "systems"));
        Assert.Single(await Items(admin, "stand-ins"));
        Assert.Single(await Items(admin, "second-factor-resets"));
        Assert.Single((await Items(admin, "providers")).SelectMany(one => one.GetProperty("grants").EnumerateArray()));
        Assert.All(await Items(admin, "providers"), one => Assert.False(one.GetProperty("mine").GetBoolean()));
    }

    [Fact]
    public async Task The_last_admin_of_the_whole_stays_however_many_units_have_one()
    {
        var at = await Built();
        var boss = await world.As(at.Second);
        (await boss.Put($"{Root}/memberships/{at.Bosses}", "1", new { roles = new[] { Roles.Reader } })).Is(HttpStatusCode.OK);
        var own = (await Items(boss, "memberships")).Single(one => one.GetProperty("personId").GetGuid() == at.Second.Id);
        (await boss.Put($"{Root}/memberships/{own.GetProperty("id")}", "1", new { roles = new[] { Roles.Reader } }))
            .Refuses(HttpStatusCode.Conflict, "membership.last-of-role");
        var units = (await Items(boss, "memberships")).Single(one => one.GetProperty("personId").GetGuid() == at.UnitsAdmin.Id);
        (await boss.Put($"{Root}/memberships/{units.GetProperty("id")}", "1", new { roles = new[] { Roles.Reader } }))
            .Is(HttpStatusCode.OK); // the only admin of a unit need not stay: the whole has one
    }

    [Fact]
    public async Task The_operator_names_another_admin_where_the_first_never_came_or_only_a_unit_has_one()
    {
        var (organisation, unit) = (Guid.NewGuid(), Guid.NewGuid());
        await world.Tell(IdentityWorld.Organisation(organisation, "Ny kommun", "public", (unit, "Skolan")));
        var theOperator = await world.As(world.Operator);
        var never = (await theOperator.Create(
            $"{Root}/people", new { name = "Aldrig", email = $"{Guid.NewGuid():N}@vårby.example", language = "sv" })).Id;
        (await theOperator.Create($"{Root}/memberships",
            new { personId = never, organisationId = organisation, roles = new[] { Roles.Admin } })).Is(HttpStatusCode.Created);
        var ofUnit = await world.Invited();
        (await theOperator.Create($"{Root}/memberships",
            new { personId = ofUnit.Id, organisationId = organisation, unitId = unit, roles = new[] { Roles.Admin } }))
            .Is(HttpStatusCode.Created);
        await IdentityWorld.GivenBy(theOperator, await world.Invited(), organisation, Roles.Admin);
        (await theOperator.Create($"{Root}/memberships",
            new { personId = (await world.Invited()).Id, organisationId = organisation, roles = new[] { Roles.Admin } }))
            .Refuses(HttpStatusCode.Conflict, "membership.organisation-has-admin");
    }

    private static string? KeyTag(Reply system) => system.Status is not HttpStatusCode.OK ? "any"
        : system.Body.GetProperty("keys")[0].GetProperty("keyTag").GetString();

    private static async Task<List<JsonElement>> Items(CallerClient by, string what) =>
        [.. (await by.Get($"{Root}/{what}")).Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    /// <summary>An organisation with two units, two administrators of the whole and one of the first unit; and in the other unit
    /// one of everything that is administered.</summary>
    private async Task<Place> Built()
    {
        var at = new Place
        {
            Boss = await world.Invited(), Second = await world.Invited(), UnitsAdmin = await world.Invited(),
            Colleague = await world.Invited(), OfBoth = await world.Invited(), Newcomer = await world.Invited(),
            Today = SwedishTime.DateIn(world.Clock.GetUtcNow()),
        };
        await world.Tell(IdentityWorld.Organisation(
            at.Organisation, "Tvåby kommun", "public", (at.Unit, "Skolan"), (at.OtherUnit, "Omsorgen")));
        at.Bosses = (await IdentityWorld.GivenBy(await world.As(world.Operator), at.Boss, at.Organisation, Roles.Admin)).Id;
        var boss = await world.As(at.Boss);
        await IdentityWorld.GivenBy(boss, at.Second, at.Organisation, Roles.Admin);
        await Gives(at.UnitsAdmin, at.Unit, Roles.Admin);
        at.Theirs = await Gives(at.Colleague, at.OtherUnit, Roles.Officer);
        await Gives(at.OfBoth, at.Unit, Roles.Reader);
        await Gives(at.OfBoth, at.OtherUnit, Roles.Reader);
        at.StandIn = (await boss.Create($"{Root}/memberships/{at.Theirs}/stand-ins",
            new { personId = at.Second.Id, fromOn = at.Today.AddDays(9), toOn = at.Today.AddDays(9) }))
            .Is(HttpStatusCode.Created).Id;
        at.Reset = (await boss.Create(
            $"{Root}/second-factor-resets", new { personId = at.Colleague.Id, reason = Reason })).Is(HttpStatusCode.Created).Id;
        at.System1 = (await boss.Create($"{Root}/systems", at.System(at.OtherUnit))).Is(HttpStatusCode.Created).Id;
        at.Key = (await boss.Get($"{Root}/systems/{at.System1}")).Body.GetProperty("keys")[0].GetProperty("id").GetGuid();
        at.Provider1 = (await boss.Create($"{Root}/providers", at.Provider("Vår"))).Is(HttpStatusCode.Created).Id;
        at.Untrusted = (await boss.Create($"{Root}/providers", at.Provider("Ny"))).Is(HttpStatusCode.Created).Id;
        at.GrantId = (await boss.Create($"{Root}/providers/{at.Provider1}/grants", at.Grant("hela", null)))
            .Is(HttpStatusCode.Created).Body.GetProperty("grants")[0].GetProperty("id").GetGuid();
        return at;

        async Task<Guid> Gives(SomeBody to, Guid unit, string role) => (await boss.Create($"{Root}/memberships",
            new { personId = to.Id, organisationId = at.Organisation, unitId = unit, roles = new[] { role } }))
            .Is(HttpStatusCode.Created).Id;
    }

    private sealed class Place
    {
        public Guid Organisation { get; } = Guid.NewGuid();

        public Guid Unit { get; } = Guid.NewGuid();

        public Guid OtherUnit { get; } = Guid.NewGuid();

        public required SomeBody Boss { get; init; }

        public required SomeBody Second { get; init; }

        public required SomeBody UnitsAdmin { get; init; }

        public required SomeBody Colleague { get; init; }

        public required SomeBody OfBoth { get; init; }

        public required SomeBody Newcomer { get; init; }

        public required DateOnly Today { get; init; }

        public Guid Bosses { get; set; }

        public Guid Theirs { get; set; }

        public Guid StandIn { get; set; }

        public Guid Reset { get; set; }

        public Guid System1 { get; set; }

        public Guid Key { get; set; }

        public Guid Provider1 { get; set; }

        public Guid Untrusted { get; set; }

        public Guid GrantId { get; set; }

        public object Gives(Guid? unit, string role) =>
            new { personId = Newcomer.Id, organisationId = Organisation, unitId = unit, roles = new[] { role } };

        public object System(Guid? unit) => new
        {
            name = "Verksamhetssystemet", organisationId = Organisation, unitId = unit, roles = new[] { Roles.Reader },
            publicJwk = Jwk,
        };

        public object Provider(string name) => new
        {
            name, issuer = $"https://login-{Guid.NewGuid():N}.example", clientId = "iop", proof = "private-key-jwt",
        };

        public object Grant(string value, Guid? unit) =>
            new { source = "group", value, roles = new[] { Roles.Reader }, unitId = unit };
    }
}
