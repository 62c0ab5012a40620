using System.Net;
using System.Text.Json;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>Requests that are right in form, for those who may not make them.</summary>
internal static class LivingBodies
{
    public static object Decision =>
        new { bodyId = Guid.NewGuid(), meetingOn = "2026-02-20", tookPart = new[] { Guid.NewGuid() } };

    public static object Plan => new
    {
        title = "x", startsOn = "2026-01-01", endsOn = "2026-12-31", items = new[] { new { what = "x" } }, reason = "x",
        decision = Decision,
    };

    public static object Precondition => new { what = "x", source = "x", occursOn = "2026-01-01", effect = "x" };
}

/// <summary>An agreement in force with a joint steering group, and what its parties do below the signed text.</summary>
internal sealed class LivingCase(AgreementsWorld world, Case of, Guid steering)
{
    public Case Of => of;

    public Guid Steering => steering;

    public string Path => of.Path;

    public Guid Region => of.Partners.RegionParty;

    public Guid Association => of.Partners.AssociationParty;

    public static async Task<LivingCase> InForce(AgreementsWorld world, DateOnly? endsOn = null)
    {
        var of = await world.Opened(startsOn: new DateOnly(2026, 1, 1), endsOn: endsOn ?? new DateOnly(2028, 12, 31));
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        (await of.Sign(world.AssociationSignatory)).Is(HttpStatusCode.OK);
        await of.Becomes(world, "in-force");
        return new LivingCase(world, of, await Body(world, of, "steering", "Styrgruppen"));
    }

    public static async Task<Guid> Body(AgreementsWorld world, Case of, string kind, string name) =>
        (await world.Officer.Create($"/agreements/v1/partnerships/{of.Partners.Id}/bodies", new { kind, name }))
            .Is(HttpStatusCode.Created).Id;

    public object Decision(string on = "2026-02-20", Guid? body = null, params Guid[] tookPart) => new
    {
        bodyId = body ?? steering, meetingOn = on, paragraph = "§ 7",
        tookPart = tookPart.Length > 0 ? tookPart : [Region, Association],
    };

    public object Plan(
        string title = "Plan 2026", string from = "2026-01-01", string to = "2026-12-31", string? reason = "Nytt år.",
        bool knows = false, object? decision = null, params object[] items) => new
        {
            title, startsOn = from, endsOn = to, reason, decision = decision ?? Decision(), knowsItLeavesTheFrame = knows,
            items = items.Length > 0
                ? items : [new { what = "Stödsamtal", partyIds = new[] { Association }, target = "120 barn" }],
        };

    /// <summary>A pool in the region's keeping, SEK 50 per residence day, and two criteria.</summary>
    public async Task<JsonElement> Pool()
    {
        var set = (await world.Officer.Create(
            $"{Path}/pool", new { title = "Mervärdespotten", holderPartyId = Region, decision = Decision("2026-01-15") }))
            .Is(HttpStatusCode.Created);
        var rated = (await world.Officer.Act(
            $"{Path}/pool/rates", set.Tag,
            new { unit = "boendedygn", perUnit = "50.00", startsOn = "2026-01-01", decision = Decision("2026-01-15") }))
            .Is(HttpStatusCode.OK);
        return (await world.AssociationOfficer.Act(
            $"{Path}/pool/criteria", rated.Tag,
            new { criteria = new[] { "Meningsfull fritid", "Arbete" }, decision = Decision("2026-01-20") }))
            .Is(HttpStatusCode.OK).Body;
    }

    public async Task<JsonElement> ShowPool(string query = "") =>
        (await world.Officer.Get($"{Path}/pool{query}")).Is(HttpStatusCode.OK).Body;

    public async Task<Reply> Deposit(string amount, string? bookedOn = null) => await world.Officer.Create(
        $"{Path}/pool/deposits", new { partyId = Region, amount, bookedOn });

    public async Task<Reply> Accrue(CallerClient by, Guid party, int quantity, string from, string to,
        string unit = "boendedygn") =>
        await by.Create($"{Path}/pool/accruals", new { partyId = party, unit, quantity, startsOn = from, endsOn = to });

    public async Task<Reply> Grant(string amount, Guid? to = null, object? decision = null, Guid? criterion = null) =>
        await world.Officer.Create($"{Path}/pool/grants", new
        {
            partyId = to ?? Association, amount, purpose = "Fotboll på onsdagar", decision = decision ?? Decision(),
            criterionIds = new[]
            {
                criterion ?? (await ShowPool()).GetProperty("criteria")[0].GetProperty("id").GetGuid(),
            },
        });

    public async Task<Reply> Pay(Guid grant, string amount, CallerClient? by = null, string? bookedOn = null) =>
        await (by ?? world.Officer).Create($"{Path}/pool/grants/{grant}/payouts", new { amount, bookedOn });
}
