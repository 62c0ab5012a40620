using System.Net;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Notifications.Tests;

/// <summary>What somebody cannot use reaches those who run the platform, and a person sees what is kept of her.</summary>
public sealed class ReportTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    private const string Reports = "/notifications/v1/accessibility-reports";
    private static readonly Guid Operating = new("00000000-0000-7000-8000-000000000001");

    [Fact]
    public async Task Anybody_reports_and_the_operators_inbox_has_it_until_it_is_handled()
    {
        (await world.Anonymous.Send(HttpMethod.Post, Reports, new { said = " " })).Is(HttpStatusCode.BadRequest);
        var report = (await world.Anonymous.Send(HttpMethod.Post, Reports,
            new { said = "Knappen läses inte upp.", page = "/avtal", contact = "anna@example.com" })).Is(HttpStatusCode.OK).Id;
        var path = $"/drift/tillganglighet/{report}";
        var line = (await world.Lines(Operating, Roles.Operator)).Single(one => one.GetProperty("path").GetString() == path);
        Assert.True(line.GetProperty("mustAct").GetBoolean());
        Assert.Empty(await world.Lines(Operating, Roles.Reader));
        var byOperator = world.As(Callers.Of(Operating, Roles.Operator));
        Assert.Equal("Knappen läses inte upp.",
            (await byOperator.Get($"{Reports}/{report}")).Is(HttpStatusCode.OK).Body.GetProperty("said").GetString());
        (await world.As(Callers.Of(Guid.NewGuid(), Roles.Admin)).Get($"{Reports}/{report}")).Is(HttpStatusCode.NotFound);
        (await byOperator.Act($"{Reports}/{report}/handled", null)).Is(HttpStatusCode.OK);
        Assert.DoesNotContain(await world.Lines(Operating, Roles.Operator), one => one.GetProperty("path").GetString() == path);
        (await byOperator.Act($"{Reports}/{report}/handled", null))
            .Refuses(HttpStatusCode.Conflict, "accessibility-report.already-handled");
    }

    [Fact]
    public async Task Those_who_flood_it_are_stopped_and_nobody_else_is_hindered_the_day_after()
    {
        await world.Scalar<object>("""
            INSERT INTO accessibility_report (report_id, received_at, said)
            SELECT gen_random_uuid(), $1, 'x' FROM generate_series(1, 200) RETURNING 1
            """, world.Clock.GetUtcNow());
        (await world.Anonymous.Send(HttpMethod.Post, Reports, new { said = "x" }))
            .Refuses(HttpStatusCode.ServiceUnavailable, "accessibility-report.too-many");
        world.Clock.Advance(TimeSpan.FromDays(1));
        (await world.Anonymous.Send(HttpMethod.Post, Reports, new { said = "x" })).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_person_sees_what_is_kept_of_her_in_all_organisations_and_nothing_of_others()
    {
        var (person, one, other) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await world.Named(one, "Vårby kommun");
        await world.Named(other, "Föreningen Vårsol");
        foreach (var (whose, organisation, email) in new[]
            { (person, one, "anna@vårby.example"), (person, other, "anna@vårby.example"),
                (Guid.NewGuid(), one, "bo@vårby.example") })
        {
            await world.Tell(new Iop.Contracts.Identity.MembershipChanged
            {
                MembershipId = Guid.NewGuid(), Sequence = 1, PersonId = whose, Name = "Anna", Email = email, Language = "sv",
                OrganisationId = organisation, Roles = [Roles.Officer],
            });
        }
        var me = world.As(Callers.Of(one, Roles.Officer) with { Person = person });
        (await me.Put("/notifications/v1/mail-choice", null, new { how = "daily" })).Is(HttpStatusCode.OK);
        var kept = (await me.Get("/notifications/v1/my-data")).Is(HttpStatusCode.OK);
        Assert.Equal(["Föreningen Vårsol", "Vårby kommun"], kept.Body.GetProperty("reachedAs").EnumerateArray()
            .Select(at => at.GetProperty("organisation").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal("daily",
            Assert.Single(kept.Body.GetProperty("mailChoices").EnumerateArray()).GetProperty("how").GetString());
        Assert.DoesNotContain("bo@", kept.Text, StringComparison.Ordinal);
    }
}
