using System.Net;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>Who was asked, by what criteria, and what became of it; and the target group's part.</summary>
[Collection(nameof(DrawnUp))]
public sealed class PartnersTests(AgreementsWorld world)
{
    private const string Service = "/agreements/v1";

    [Fact]
    public async Task The_choice_of_partners_is_written_down_and_nobody_overwrites_it_unseen()
    {
        var path = $"{Service}/partnerships/{(await world.Partners()).Id}";
        var choice = new { openInvitation = true, how = "Annonserat på webbplatsen.",
            criteria = "Demokratisk styrning, närvaro i länet." };
        var first = (await world.Officer.Put($"{path}/partner-choice", "\"0\"", choice)).Is(HttpStatusCode.OK);
        (await world.AssociationOfficer.Put($"{path}/partner-choice", "\"0\"", choice))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await world.AssociationOfficer.Put($"{path}/partner-choice", first.Tag, choice with { openInvitation = false }))
            .Is(HttpStatusCode.OK);
        var shown = (await world.Officer.Get($"{path}/partners")).Body;
        Assert.False(shown.GetProperty("choice").GetProperty("openInvitation").GetBoolean());
        (await world.Officer.Put($"{path}/partner-choice", "\"2\"", new { openInvitation = true, how = " ", criteria = "" }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Theory]
    [InlineData("public")]
    [InlineData("idea-driven")]
    [InlineData("private")]
    public async Task Somebody_asked_joins_by_becoming_a_party_and_leaves_with_a_reason(string kind)
    {
        var asked = Guid.NewGuid();
        await world.Known(asked, $"Aktör {kind}", kind);
        var path = $"{Service}/partnerships/{(await world.Partners()).Id}";
        var named = (await world.Officer.Create($"{path}/actors", new { standing = "asked", organisationId = asked }))
            .Is(HttpStatusCode.Created);
        Assert.Equal(kind, named.Body.GetProperty("kind").GetString());
        (await world.Officer.Create($"{path}/actors", new { standing = "asked", organisationId = asked }))
            .Refuses(HttpStatusCode.Conflict, "actor.already-named");
        (await world.Officer.Put($"{path}/actors/{named.Id}", named.Tag, new { standing = "joined" }))
            .Refuses(HttpStatusCode.Conflict, "actor.not-a-party");
        (await world.Officer.Create($"{path}/parties", new { organisationId = asked, requiredSignatures = 1 }))
            .Is(HttpStatusCode.Created);
        var joined = (await world.Officer.Get($"{path}/actors/{named.Id}")).Is(HttpStatusCode.OK);
        Assert.Equal("joined", joined.Body.GetProperty("standing").GetString());
        (await world.Officer.Put($"{path}/actors/{named.Id}", joined.Tag, new { standing = "asked" }))
            .Refuses(HttpStatusCode.Conflict, "actor.no-way");
        (await world.Officer.Put($"{path}/actors/{named.Id}", joined.Tag, new { standing = "left" }))
            .Refuses(HttpStatusCode.Conflict, "actor.reason-missing");
        (await world.Officer.Put($"{path}/actors/{named.Id}", named.Tag, new { standing = "left", reason = "x" }))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await world.Officer.Put($"{path}/actors/{named.Id}", joined.Tag, new { standing = "left", reason = "Ny inriktning." }))
            .Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_is_not_on_the_platform_is_named_too_and_an_unknown_organisation_is_not()
    {
        var path = $"{Service}/partnerships/{(await world.Partners()).Id}";
        var police = (await world.Officer.Create($"{path}/actors",
            new { standing = "observes", name = "Polisområde Jönköping", kind = "public", reason = "Berörd" }))
                .Is(HttpStatusCode.Created);
        Assert.False(police.Body.GetProperty("onPlatform").GetBoolean());
        (await world.Officer.Create($"{path}/actors",
            new { standing = "asked", name = "polisområde jönköping", kind = "public" }))
            .Refuses(HttpStatusCode.Conflict, "actor.already-named");
        (await world.Officer.Create($"{path}/actors", new { standing = "asked", organisationId = Guid.NewGuid() }))
            .Refuses(HttpStatusCode.Conflict, "partnership.unknown-organisation");
        (await world.Officer.Create($"{path}/actors", new { standing = "joined", name = "x", kind = "public" }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Officer.Create($"{path}/actors", new { standing = "asked" }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task The_target_groups_part_is_told_in_roles_and_completed_when_one_sees_what_it_changed()
    {
        var path = $"{Service}/partnerships/{(await world.Partners()).Id}";
        object Involved(string who, string? changed = null, string step = "challenge", string heldOn = "2026-03-01") =>
            new { step, who, level = "consultation", how = "Samtal i grupp", heldOn, whatChanged = changed };
        var refused = (await world.Officer.Create($"{path}/participation", Involved("Kim, 19900101-1239")))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Equal("field.personal-data", refused.Body.GetProperty("errors")[0].GetProperty("code").GetString());
        (await world.Officer.Create($"{path}/participation", Involved("Unga", step: "lunch")))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Officer.Create($"{path}/participation", Involved("Unga", heldOn: "2026-03-03")))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        var told = (await world.Officer.Create($"{path}/participation", Involved("Unga anhöriga"))).Is(HttpStatusCode.Created);
        var completed = await world.AssociationOfficer.Put($"{path}/participation/{told.Id}", told.Tag,
            Involved("Unga anhöriga", "Öppettiderna blev kvällar."));
        Assert.Equal("Öppettiderna blev kvällar.", completed.Is(HttpStatusCode.OK).Body.GetProperty("whatChanged").GetString());
        Assert.Single((await world.Officer.Get($"{path}/participation")).Body.GetProperty("items").EnumerateArray());
        Assert.Equal(1, (await world.Officer.Get(path)).Body.GetProperty("around").GetProperty("participation").GetInt32());
    }

    [Fact]
    public async Task Somebody_who_acts_for_another_unit_speaks_for_no_party()
    {
        var (city, unit, other) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await world.Known(city, "Göteborg", "public", 1, (unit, "Socialförvaltningen"), (other, "Kulturförvaltningen"));
        var started = (await world.As(Callers.OfUnit(city, unit, Roles.Officer)).Create($"{Service}/partnerships",
            new { title = "x", challenge = "y" })).Is(HttpStatusCode.Created);
        (await world.As(Callers.OfUnit(city, other, Roles.Officer)).Get($"{Service}/partnerships/{started.Id}"))
            .Is(HttpStatusCode.NotFound);
        (await world.As(Callers.Of(city, Roles.Officer)).Create($"{Service}/partnerships/{started.Id}/dialogue",
            new { kind = "note", heldOn = "2026-03-01", participants = "x", said = "y" })).Is(HttpStatusCode.Created);
    }
}
