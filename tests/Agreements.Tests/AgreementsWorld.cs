using System.Net;
using System.Text.Json;
using Iop.Agreements.Storage;
using Iop.Contracts.Identity;
using Iop.Contracts.Registry;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>A region and an association that know each other, and somebody who has nothing to do with them.</summary>
public class AgreementsWorld(Servers servers) : ServiceHost<AgreementsDb>(servers, "agreements")
{
    private const string Service = "/agreements/v1";

    public static readonly string[] RequiredSections =
        ["background", "challenge", "targetGroup", "goals", "interventions", "decisionMaking", "resources", "period", "ending",
            "surplus"];

    /// <summary>The roles that show partnerships: whoever only operates the platform finds none, also of the own
    /// organisation.</summary>
    public static readonly string[] InPartnerships = [.. Roles.All.Except([Roles.Operator])];

    public Guid Region { get; } = Guid.NewGuid();

    public Guid Association { get; } = Guid.NewGuid();

    public Guid Elsewhere { get; } = Guid.NewGuid();

    public CallerClient Officer => As(Callers.Of(Region, Roles.Officer));

    public CallerClient Lawyer => As(Callers.Of(Region, Roles.Legal));

    public CallerClient Signatory => As(Callers.Of(Region, Roles.Signatory));

    public CallerClient AssociationOfficer => As(Callers.Of(Association, Roles.Officer));

    public CallerClient AssociationSignatory => As(Callers.Of(Association, Roles.Signatory));

    public CallerClient Stranger => As(new Caller(Guid.NewGuid(), Elsewhere, null, Roles.All));

    public static object Mandate =>
        new { mandate = new { basis = "board", decidedOn = "2026-02-20", paragraph = "§ 12", caseNumber = "RJL 2026/123" } };

    public Task<Guid> Known(Guid id, string name, string kind, long sequence = 1, params (Guid Id, string Name)[] units) =>
        Tell(new OrganisationChanged
    {
        OrganisationId = id,
        Sequence = sequence,
        Number = "8099990011",
        Name = name,
        Kind = kind,
        Units = [.. units.Select(unit => new OrganisationChangedUnit { UnitId = unit.Id, Name = unit.Name })],
    });

    public Task<Guid> Named(Guid person, string name, Guid organisation, long sequence = 1, Guid? membership = null) =>
        Tell(new MembershipChanged
    {
        MembershipId = membership ?? Guid.NewGuid(),
        Sequence = sequence,
        PersonId = person,
        Name = name,
        Email = "namn@example.se",
        Language = "sv",
        OrganisationId = organisation,
        Roles = [Roles.Signatory],
    });

    /// <summary>The region's officer has started a partnership and let the association in.</summary>
    public async Task<Partners> Partners(int associationSignatures = 1)
    {
        var started =
            (await Officer.Create($"{Service}/partnerships",
            new { title = "Vårsol", challenge = "Barn som anhöriga får inget stöd." })).Is(HttpStatusCode.Created);
        var invited = (await Officer.Create(
            $"{Service}/partnerships/{started.Id}/parties",
                new { organisationId = Association, requiredSignatures = associationSignatures })).Is(HttpStatusCode.Created);
        return new Partners(started.Id, started.Body.GetProperty("parties")[0].GetProperty("id").GetGuid(), invited.Id);
    }

    /// <summary>A draft with every required section written and a contribution from each.</summary>
    public async Task<Case> Written(int associationSignatures = 1, DateOnly? startsOn = null, DateOnly? endsOn = null,
        bool autoRenews = false)
    {
        var partners = await Partners(associationSignatures);
        var drafted = (await Officer.Create($"{Service}/partnerships/{partners.Id}/agreements", new
        {
            title = "Vårsol 2026–2028",
            startsOn = startsOn ?? new DateOnly(2026, 4, 1),
            endsOn = endsOn ?? new DateOnly(2028, 12, 31),
            autoRenews,
            noticeMonths = 6,
            area = "health",
            targetAge = "0-25",
            countyCode = "06",
        })).Is(HttpStatusCode.Created);
        var of = new Case(this, drafted.Id, partners);
        foreach (var section in drafted.Body.GetProperty("sections").EnumerateArray())
        {
            if (section.GetProperty("key").GetString() is not { } key || !RequiredSections.Contains(key)) continue;
            (await Officer.Put($"{of.Path}/sections/{key}", $"\"{section.GetProperty("sectionTag").GetString()}\"",
                new { text = $"Text om {key}." })).Is(HttpStatusCode.OK);
        }
        (await Officer.Create($"{of.Path}/contributions",
            new { partyId = partners.RegionParty, kind = "money", description = "Driftstöd", kronorPerYear = "1250000.00" }))
            .Is(HttpStatusCode.Created);
        (await AssociationOfficer.Create(
            $"{of.Path}/contributions",
                new { partyId = partners.AssociationParty, kind = "volunteer-work", description = "Stödsamtal",
                hoursPerYear = 800 })).Is(HttpStatusCode.Created);
        return of;
    }

    public async Task<Case> Assessed(int associationSignatures = 1, DateOnly? startsOn = null, DateOnly? endsOn = null,
        bool autoRenews = false)
    {
        var of = await Written(associationSignatures, startsOn, endsOn, autoRenews);
        await of.AnswerAll();
        return of;
    }

    public async Task<Case> Approved(int associationSignatures = 1, DateOnly? startsOn = null, DateOnly? endsOn = null,
        bool autoRenews = false)
    {
        var of = await Assessed(associationSignatures, startsOn, endsOn, autoRenews);
        (await of.Approve()).Is(HttpStatusCode.OK);
        return of;
    }

    public async Task<Case> Opened(int associationSignatures = 1, DateOnly? startsOn = null, DateOnly? endsOn = null,
        bool autoRenews = false)
    {
        var of = await Approved(associationSignatures, startsOn, endsOn, autoRenews);
        (await of.Open()).Is(HttpStatusCode.OK);
        return of;
    }

    protected override async Task BeforeTests()
    {
        await Known(Region, "Region Jönköpings län", "public");
        await Known(Association, "Frälsningsarmén", "idea-driven");
        await Known(Elsewhere, "Annan förening", "idea-driven");
    }
}

public sealed record Partners(Guid Id, Guid RegionParty, Guid AssociationParty);

/// <summary>An agreement under way, and what people do with it.</summary>
public sealed class Case(AgreementsWorld world, Guid id, Partners partners)
{
    public Guid Id => id;

    public Partners Partners => partners;

    public string Path => $"/agreements/v1/agreements/{id}";

    public async Task<Reply> Shown() => (await world.Officer.Get(Path)).Is(HttpStatusCode.OK);

    public async Task<string> State() => (await Shown()).Body.GetProperty("state").GetString()!;

    public async Task<JsonElement> Assessment() => (await world.Officer.Get($"{Path}/assessment")).Is(HttpStatusCode.OK).Body;

    public async Task<Reply> Write(CallerClient by, string key, string text)
    {
        var section = (await by.Get($"{Path}/sections/{key}")).Is(HttpStatusCode.OK);
        return await by.Put($"{Path}/sections/{key}", section.Tag, new { text });
    }

    /// <summary>Answers as a lawful partnership would, but for those given.</summary>
    public async Task AnswerAll(params (string Question, string Answer)[] but)
    {
        foreach (var question in (await Assessment()).GetProperty("questions").EnumerateArray())
        {
            var key = question.GetProperty("id").GetString()!;
            var answer = but.FirstOrDefault(one => one.Question == key).Answer ?? key switch
            {
                "pc-obligations" or "pc-before" or "sa-advantage" => "no",
                "sa-de-minimis" or "sa-sgei-de-minimis" or "sa-compatible" => "not-applicable",
                _ => "yes",
            };
            (await Answer(key, answer, question.GetProperty("answerTag").GetString())).Is(HttpStatusCode.OK);
        }
    }

    public Task<Reply> Answer(string question, string answer, string? tag) =>
        world.Lawyer.Put($"{Path}/assessment/answers/{question}", tag,
            new { answer, reason = "Se avsnittet om resurser.", clause = "Avsnitt 8" });

    public async Task<Reply> Approve(CallerClient? by = null)
    {
        var hash = (await Assessment()).GetProperty("assessedHash").GetString();
        return await (by ?? world.Lawyer).Act($"{Path}/assessment/approvals", $"\"{hash}\"");
    }

    public async Task<Reply> Open() => await world.Officer.Act($"{Path}/opening", (await Shown()).Tag);

    public async Task<string> VersionHash() => (await Shown()).Body.GetProperty("versionHash").GetString()!;

    public async Task<Reply> Sign(CallerClient by) =>
        await by.Act($"{Path}/signatures", $"\"{await VersionHash()}\"", AgreementsWorld.Mandate);
}
