using System.Net;
using Iop.Contracts.Registry;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Registry.Tests;

public sealed class OrganisationTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    [Fact]
    public async Task An_organisation_that_is_registered_is_shown_to_everybody_and_announced()
    {
        var number = world.NewNumber();
        var made = (await world.Operator.Create("/registry/v1/organisations",
            new { number, name = "Enköpings kommun", kind = "public", municipalityCode = "0381" })).Is(HttpStatusCode.Created);

        var shown = (await world.Anonymous.Get(made.Location!)).Is(HttpStatusCode.OK);
        Assert.Equal(number.Insert(6, "-"), shown.Body.GetProperty("number").GetString());
        Assert.Equal("03", shown.Body.GetProperty("countyCode").GetString());
        Assert.Equal("Enköpings kommun", shown.Body.GetProperty("placeName").GetString());
        var said = Assert.Single(await world.Announced<OrganisationChanged>(), one => one.OrganisationId == made.Id);
        Assert.Equal(("public", 1L, number), (said.Kind, said.Sequence, said.Number));
    }

    [Fact]
    public async Task Only_the_operator_registers_organisations()
    {
        var body = new { number = world.NewNumber(), name = "Någon", kind = "private" };
        (await world.Anonymous.Create("/registry/v1/organisations", body))
            .Refuses(HttpStatusCode.Unauthorized, "request.unauthenticated");
        var officer = world.As(Callers.Of(Guid.NewGuid(), Roles.Officer));
        (await officer.Create("/registry/v1/organisations", body)).Refuses(HttpStatusCode.Forbidden, "request.role-missing");
    }

    [Fact]
    public async Task The_same_number_is_one_organisation()
    {
        var number = world.NewNumber();
        var first = await world.Operator.Create("/registry/v1/organisations", new { number, name = "Den ena", kind = "private" });
        var second = await world.Operator.Create("/registry/v1/organisations",
            new { number, name = "Den andra", kind = "private" });
        second.Refuses(HttpStatusCode.Conflict, "organisation.already-registered");
        Assert.Equal(first.Id, second.Body.GetProperty("existingId").GetGuid());
    }

    [Theory]
    [InlineData("811218-9876", "organisation-number.personal")]
    [InlineData("212000-0002", "organisation-number.check-digit")]
    [InlineData("noll", "organisation-number.malformed")]
    public async Task What_is_no_organisation_number_is_refused_and_not_stored(string number, string code)
    {
        var before = await world.Scalar<long>("SELECT count(*) FROM organisation");
        var refused = (await world.Operator.Create("/registry/v1/organisations",
            new { number, name = "X", kind = "public", municipalityCode = "9999" }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        var errors = refused.Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString())
            .ToList();
        Assert.Contains(code, errors);
        Assert.Contains("place.unknown", errors); // all that is wrong is said at once
        Assert.Equal(before, await world.Scalar<long>("SELECT count(*) FROM organisation"));
    }

    [Fact]
    public async Task A_change_needs_the_version_that_was_seen()
    {
        var made = await world.Registered("Gamla namnet");
        var change = new { name = "Nya namnet", kind = "idea-driven" };
        (await world.Operator.Put(made.Location!, tag: null, change))
            .Refuses(HttpStatusCode.PreconditionRequired, "request.version-missing");
        (await world.Operator.Put(made.Location!, "\"99\"", change)).Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        var changed = (await world.Operator.Put(made.Location!, made.Tag, change)).Is(HttpStatusCode.OK);
        Assert.Equal("\"2\"", changed.Tag);
        var said = (await world.Announced<OrganisationChanged>()).Where(one => one.OrganisationId == made.Id)
            .Select(one => (one.Name, one.Sequence));
        Assert.Equal([("Gamla namnet", 1L), ("Nya namnet", 2L)], said);
    }

    [Fact]
    public async Task An_organisations_own_admin_adds_its_units_and_nobody_elses()
    {
        var made = await world.Registered("Kommunen", "public");
        var (own, strangers) = (world.As(Callers.Of(made.Id, Roles.Admin)), world.As(Callers.Of(Guid.NewGuid(), Roles.Admin)));
        (await own.Create($"{made.Location}/units", new { name = "Socialförvaltningen" })).Is(HttpStatusCode.Created);
        (await own.Create($"{made.Location}/units", new { name = "socialförvaltningen" }))
            .Refuses(HttpStatusCode.Conflict, "organisation.unit-exists");
        (await strangers.Create($"{made.Location}/units", new { name = "Annan" }))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        var shown = await world.Anonymous.Get(made.Location!);
        Assert.Equal("Socialförvaltningen",
            Assert.Single(shown.Body.GetProperty("units").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal("Socialförvaltningen",
            Assert.Single((await world.Announced<OrganisationChanged>()).Last(one => one.OrganisationId == made.Id).Units).Name);
    }

    [Fact]
    public async Task A_unit_may_be_called_something_else_and_remains_the_same_unit()
    {
        var made = await world.Registered("Regionen", "public");
        var own = world.As(Callers.Of(made.Id, Roles.Admin));
        var unit = (await own.Create($"{made.Location}/units", new { name = "Hälsonämnden" })).Is(HttpStatusCode.Created).Id;
        await own.Create($"{made.Location}/units", new { name = "Kulturnämnden" });
        var path = $"{made.Location}/units/{unit}";
        (await own.Put(path, "\"2\"", new { name = "Vårdnämnden" })).Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await own.Put(path, "\"3\"", new { name = "kulturnämnden" }))
            .Refuses(HttpStatusCode.Conflict, "organisation.unit-exists");
        (await own.Put(path, "\"3\"", new { name = "" })).Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await own.Put($"{made.Location}/units/{Guid.NewGuid()}", "\"3\"", new { name = "Ingen" })).Is(HttpStatusCode.NotFound);
        (await world.As(Callers.OfUnit(made.Id, unit, Roles.Admin)).Put(path, "\"3\"", new { name = "Egen" }))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await own.Put(path, "\"3\"", new { name = "Vårdnämnden" })).Is(HttpStatusCode.OK);
        var told = (await world.Announced<OrganisationChanged>()).Last(one => one.OrganisationId == made.Id).Units;
        Assert.Equal("Vårdnämnden", told.Single(one => one.UnitId == unit).Name);
    }

    [Fact]
    public async Task Names_stand_in_Swedish_order_page_after_page()
    {
        foreach (var name in new[] { "Sortering Ö", "Sortering Z", "Sortering Å", "Sortering a", "Sortering Ä",
            "Sortering 100%" })
            await world.Registered(name);
        var names = new List<string?>();
        string? address = "/registry/v1/organisations?q=sortering&limit=2";
        while (address is not null)
        {
            var page = (await world.Anonymous.Get(address)).Is(HttpStatusCode.OK);
            Assert.Equal(6, page.Body.GetProperty("total").GetInt32());
            names.AddRange(page.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
            address = page.Message.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }
        Assert.Equal(["Sortering 100%", "Sortering a", "Sortering Z", "Sortering Å", "Sortering Ä", "Sortering Ö"], names);
        Assert.Equal(1, (await world.Anonymous.Get("/registry/v1/organisations?q=100%25")).Body.GetProperty("total").GetInt32());
    }
}

/// <summary>The register as it runs in operation.</summary>
public sealed class ProductionWorld(Servers servers) : ServiceHostOfTheRegister(servers)
{
    protected override IEnumerable<(string Key, string Value)> Settings => [("environment", "Production")];
}

public sealed class ProductionTests(ProductionWorld world) : IClassFixture<ProductionWorld>
{
    [Fact]
    public async Task Numbers_made_for_tests_are_refused_where_people_work()
    {
        object Words(string number) => new { number, name = "Falu kommun", kind = "public", municipalityCode = "2080" };
        Assert.Contains("organisation.test-number", (await world.Operator.Create("/registry/v1/organisations",
            Words(world.NewNumber()))).Refuses(HttpStatusCode.BadRequest, "request.invalid").Text, StringComparison.Ordinal);
        (await world.Operator.Create("/registry/v1/organisations", Words("212000-2239"))).Is(HttpStatusCode.Created);
    }
}
