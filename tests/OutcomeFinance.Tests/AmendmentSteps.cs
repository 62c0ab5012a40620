using System.Net;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

/// <summary>The way of an amendment from its draft to the last signature, step by step.</summary>
internal static class AmendmentSteps
{
    public const string Reason = "Fler deltagare än väntat";

    public const string Cheaper = """
        villkor 1, SEK
        mått investerat: SEK, senaste värdet gäller
        mått besparing: SEK, senaste värdet gäller, kan vara negativt
        mått deltagare: antal personer, läggs ihop
        rad andel = 50 % av (besparing, minst 0 SEK, högst investerat)
        rad per_person = deltagare × 1 000 SEK per personer
        utbetalning = summan av raderna, utan tak
        betalare Norrköpings_kommun 100 %
        finansiär har satsat investerat
        """;

    public static string Path(Guid contract, string rest = "") => OutcomeFinanceWorld.Path(contract, "/amendments" + rest);

    public static object AmendmentRequest(
        this OutcomeFinanceWorld world, string reason = Reason, int from = 2017, string? firstDay = null, string? second = null,
        string? terms = null, Guid? verifier = null) => new
    {
        reason,
        parties = new[]
        {
            new { organisationId = world.Municipality, role = "payer", alias = "Norrköpings_kommun" },
            new { organisationId = world.Fund, role = "funder", alias = "Leksell" },
            new { organisationId = world.Fund, role = "payee", alias = "Leksell" },
            new { organisationId = verifier ?? world.Institute, role = "verifier", alias = "RISE" },
        },
        periods = new[]
        {
            new { key = $"{from}", from = firstDay ?? $"{from}-01-01", to = $"{from}-12-31", final = false },
            new { key = "2018", from = second ?? "2018-01-01", to = "2018-12-31", final = true },
        },
        terms = terms ?? Cheaper,
    };

    public static async Task<Reply> DraftedAmendment(this OutcomeFinanceWorld world, Guid contract, string reason = Reason) =>
        (await world.As(world.Officer).Create(Path(contract), world.AmendmentRequest(reason))).Is(HttpStatusCode.Created);

    public static async Task ApprovedAmendment(
        this OutcomeFinanceWorld world, Guid contract, Reply draft, string reason = "Som förut.")
    {
        await world.As(world.Lawyer).Assess(contract);
        (await world.As(world.Lawyer).Act(OutcomeFinanceWorld.Path(contract, "/legal-approvals"),
            $"\"{draft.Body.GetProperty("hash").GetString()}\"", new { reason })).Is(HttpStatusCode.OK);
    }

    public static async Task<Reply> OpenedAmendment(this OutcomeFinanceWorld world, Guid contract)
    {
        var draft = await world.DraftedAmendment(contract);
        await world.ApprovedAmendment(contract, draft);
        return await world.OpenAmendment(contract, draft);
    }

    public static async Task<Reply> OpenAmendment(this OutcomeFinanceWorld world, Guid contract, Reply draft) =>
        (await world.As(world.Officer).Act(Path(contract, $"/{draft.Body.GetProperty("number").GetInt32()}/opening"), draft.Tag))
            .Is(HttpStatusCode.OK);

    public static Task<Reply> SignAmendment(
        this OutcomeFinanceWorld world, Guid contract, Guid organisation, string? hash, int number = 2) =>
        world.As(Callers.Of(organisation, Roles.Signatory)).Act(
            Path(contract, $"/{number}/signatures"), $"\"{hash}\"",
            new { mandate = new { basis = "board", decidedOn = "2026-02-20" } });
}
