using System.Net;
using Iop.Contracts.Agreements;
using Iop.Contracts.FollowUp;
using Iop.Contracts.Identity;
using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Notifications.Tests;

/// <summary>A person's deadlines in her own calendar program: what is signed, of the circles she works in, at an address that
/// only
/// she has.</summary>
public sealed class CalendarTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    private const string Feed = "/notifications/v1/calendar-feed";
    private readonly Guid _organisation = Guid.NewGuid();
    private readonly Guid _person = Guid.NewGuid();
    private readonly Guid _membership = Guid.NewGuid();
    private readonly Guid _partnership = Guid.NewGuid();
    private readonly Guid _agreement = Guid.NewGuid();

    [Fact]
    public async Task The_address_shows_the_deadlines_of_what_is_in_force()
    {
        await world.Tell(Membership(Roles.Officer));
        await world.Tell(Joined());
        var address = await Address();
        Assert.DoesNotContain("VEVENT", (await Read(address)).Text, StringComparison.Ordinal); // nothing before it is signed
        await world.Tell(InForce());
        var read = await Read(address);
        Assert.Equal("text/calendar", read.Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["20260930:Sista dag för uppsägning: Vårsol", "20261231:Överenskommelsen löper ut: Vårsol"], Days(read));
        Assert.NotNull((await Me().Get(Feed)).Body.GetProperty("readAt").GetString());
    }

    [Fact]
    public async Task What_moves_keeps_its_id_and_what_is_cancelled_says_so()
    {
        await world.Tell(Membership(Roles.Officer));
        await world.Tell(Joined());
        await world.Tell(InForce());
        var address = await Address();
        var before = Uids(await Read(address));
        await world.Tell(new AgreementNoticeGiven
        {
            AgreementId = _agreement, Sequence = 12, PartnershipId = _partnership, Title = "Vårsol",
            OrganisationId = _organisation,
            Reason = "Sparkrav.", LastDay = new DateOnly(2026, 8, 31),
        });
        var after = await Read(address);
        Assert.Equal(before.Order(StringComparer.Ordinal), Uids(after).Order(StringComparer.Ordinal));
        Assert.Equal(["20260831:Överenskommelsen löper ut: Vårsol", "20260930:Sista dag för uppsägning: Vårsol"], Days(after));
        Assert.Equal(1, Count(after, "STATUS:CANCELLED"));
        Assert.Equal(2, Count(after, "SEQUENCE:1"));
    }

    [Fact]
    public async Task Periods_that_an_amendment_drops_are_cancelled()
    {
        var contract = Guid.NewGuid();
        await world.Tell(Membership(Roles.Reporter));
        await world.Tell(new OutcomeContractSigned
        {
            ContractId = contract, Sequence = 3, Title = "Skolfam", VersionHash = "c", Currency = "SEK", Measures = [],
            Parties = [new() { OrganisationId = _organisation, Name = "Kommunen", Role = "payer" }],
            Periods = [Period("2026-H1", 6, 30), Period("2026-H2", 12, 31)],
        });
        await world.Tell(new OutcomeContractAmended
        {
            ContractId = contract, Sequence = 9, Number = 2, Title = "Skolfam", VersionHash = "d",
            HoldsFrom = new DateOnly(2026, 7, 1), Measures = [], Parties =
                [new() { OrganisationId = _organisation, Name = "Kommunen", Role = "payer" }],
            Periods = [new() { Key = "2026-Q3", From = new DateOnly(2026, 7, 1), To = new DateOnly(2026, 9, 30), Final = true }],
        });
        var read = await Read(await Address());
        Assert.Equal(3, Uids(read).Count);
        Assert.Equal(1, Count(read, "STATUS:CANCELLED"));
        Assert.Contains("20260930:Mätperioden slutar\\, utfall ska rapporteras: Skolfam\\, 2026-Q3", Days(read));
    }

    [Fact]
    public async Task A_report_stands_on_its_day_moves_when_it_is_made_and_goes_when_nothing_more_is_to_be_reported()
    {
        await world.Tell(Membership(Roles.Reporter));
        await world.Tell(Joined());
        var address = await Address();
        await world.Tell(Report(2, "set", "2026-H1", new DateOnly(2026, 6, 30)));
        Assert.Equal(["20260630:Rapport ska lämnas: Barn\\, 2026-H1"], Days(await Read(address)));
        var uids = Uids(await Read(address));
        await world.Tell(Report(4, "set", "2026-H2", new DateOnly(2026, 12, 31)));
        await world.Tell(Report(3, "soon", "2026-H1", new DateOnly(2026, 6, 30))); // older, heard late
        Assert.Equal(["20261231:Rapport ska lämnas: Barn\\, 2026-H2"], Days(await Read(address)));
        Assert.DoesNotContain("report-indicator", await world.Inbox(_organisation, Roles.Reporter));
        await world.Tell(Report(5, "none", null, null));
        var read = await Read(address);
        Assert.Equal(1, Count(read, "STATUS:CANCELLED"));
        Assert.Equal(uids, Uids(read));
    }

    [Fact]
    public async Task A_plans_last_day_is_there_until_the_agreement_ends_before_it()
    {
        await world.Tell(Membership(Roles.Officer));
        await world.Tell(Joined());
        await world.Tell(new InterventionPlanAdopted
        {
            PlanId = Guid.NewGuid(), Sequence = 1, AgreementId = _agreement, PartnershipId = _partnership, Title = "Plan 2026",
            Number = 1, StartsOn = new DateOnly(2026, 1, 1), EndsOn = new DateOnly(2026, 12, 31), LeavesTheFrame = false,
            OrganisationId = _organisation,
        });
        var address = await Address();
        Assert.Equal(["20261231:Insatsplanen slutar: Plan 2026"], Days(await Read(address)));
        await world.Tell(new AgreementEnded
        {
            AgreementId = _agreement, Sequence = 30, PartnershipId = _partnership, Title = "Vårsol",
            EndedOn = new DateOnly(2026, 9, 2), How = "notice",
        });
        Assert.Equal(1, Count(await Read(address), "STATUS:CANCELLED"));
    }

    [Fact]
    public async Task A_new_address_ends_the_old_and_one_taken_back_leads_nowhere()
    {
        await world.Tell(Membership(Roles.Officer));
        var first = await Address();
        (await Me().Put(Feed, "\"0\"", new { })).Is(HttpStatusCode.PreconditionFailed); // seen before the first was made
        var second = (await Me().Put(Feed, "\"1\"", new { })).Is(HttpStatusCode.OK).Body.GetProperty("address").GetString()!;
        (await Read(first)).Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await Read(second)).Is(HttpStatusCode.OK);
        (await Me().Delete(Feed, "\"2\"")).Is(HttpStatusCode.OK);
        (await Me().Delete(Feed, "\"3\"")).Refuses(HttpStatusCode.Conflict, "calendar.no-address");
        (await Read(second)).Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await world.As(Callers.Of(Guid.NewGuid(), Roles.Officer)).Delete(Feed, "\"1\"")).Is(HttpStatusCode.NotFound);
        Assert.Equal(0, await world.Scalar<long>(
            "SELECT count(*) FROM idempotency WHERE answer::text LIKE '%calendars/%'")); // nowhere but with the person
    }

    [Theory]
    [InlineData("left")] // the person has left the organisation
    [InlineData("operator")] // only operates the platform
    [InlineData("party")] // the organisation has left the partnership
    [InlineData("unit")] // the partnership is another unit's
    public async Task Whoever_may_no_longer_see_it_reads_nothing(string who)
    {
        await world.Tell(Membership(Roles.Officer));
        await world.Tell(Joined() with { UnitId = who == "unit" ? Guid.NewGuid() : null });
        if (who != "unit") await world.Tell(InForce());
        else await world.Tell(InForce() with { Parties = [] });
        var address = await Address();
        if (who is "left" or "operator")
        {
            await world.Tell(Membership(who == "left" ? [] : [Roles.Operator], 2));
            (await Read(address)).Is(HttpStatusCode.NotFound);
            return;
        }
        if (who is "unit") await world.Tell(Membership([Roles.Officer], 2) with { UnitId = Guid.NewGuid() });
        else await world.Tell(new PartyLeftPartnership
        {
            PartnershipId = _partnership, Sequence = 20, PartnershipTitle = "Vårsol", PartyId = _organisation,
            OrganisationId = _organisation, LeftOn = new DateOnly(2026, 3, 1),
        });
        Assert.Empty(Uids((await Read(address)).Is(HttpStatusCode.OK)));
    }

    private CallerClient Me() => world.As(Callers.Of(_organisation, Roles.Officer) with { Person = _person });

    private async Task<string> Address()
    {
        var none = (await Me().Get(Feed)).Is(HttpStatusCode.OK);
        return (await Me().Put(Feed, none.Tag, new { })).Is(HttpStatusCode.OK).Body.GetProperty("address").GetString()!;
    }

    private Task<Reply> Read(string address) => world.Anonymous.Get(new Uri(new Uri("http://x"), address).AbsolutePath);

    private static List<string> Days(Reply read)
    {
        var lines = Lines(read);
        return [.. lines.Where(line => line.StartsWith("DTSTART", StringComparison.Ordinal)).Select(line => line.Split(':')[1])
            .Zip(lines.Where(line => line.StartsWith("SUMMARY:", StringComparison.Ordinal))
                .Select(line => line["SUMMARY:".Length..]),
                (day, summary) => $"{day}:{summary}")];
    }

    private static List<string> Uids(Reply read) =>
        [.. Lines(read).Where(line => line.StartsWith("UID:", StringComparison.Ordinal))];

    private static int Count(Reply read, string line) => Lines(read).Count(one => one == line);

    private static string[] Lines(Reply read) =>
        read.Text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private MembershipChanged Membership(params string[] roles) => Membership(roles, 1);

    private MembershipChanged Membership(string[] roles, long sequence) => new()
    {
        MembershipId = _membership, Sequence = sequence, PersonId = _person, Name = "Anna", Email = "anna@example.com",
        Language = "sv", OrganisationId = _organisation, Roles = roles,
    };

    private PartyJoinedPartnership Joined() => new()
    {
        PartnershipId = _partnership, Sequence = 1, PartnershipTitle = "Vårsol", PartyId = _organisation,
        OrganisationId = _organisation, Kind = "public",
    };

    private IndicatorReportDue Report(long sequence, string stage, string? period, DateOnly? due) => new()
    {
        IndicatorId = _agreement, Sequence = sequence, PartnershipId = _partnership, Name = "Barn", Stage = stage,
        PeriodKey = period, DueOn = due,
    };

    private AgreementEnteredIntoForce InForce() => new()
    {
        AgreementId = _agreement, Sequence = 9, PartnershipId = _partnership, Title = "Vårsol", VersionHash = "b",
        SignedOn = new DateOnly(2026, 1, 15), StartsOn = new DateOnly(2026, 2, 1), EndsOn = new DateOnly(2026, 12, 31),
        LastDateOfNotice = new DateOnly(2026, 9, 30), AutoRenews = true, Purpose = "Stöd", Challenge = "Ingen hjälp",
        TargetGroup = "Barn", Contributions = [],
        Parties = [new() { PartyId = _organisation, OrganisationId = _organisation, Name = "Kommunen", Kind = "public" }],
    };

    private static OutcomeContractSignedPeriod Period(string key, int month, int day) =>
        new() { Key = key, From = new DateOnly(2026, month - 5, 1), To = new DateOnly(2026, month, day), Final = false };
}
