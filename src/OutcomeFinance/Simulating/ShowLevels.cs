using System.Globalization;
using System.Text.Json;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Simulating;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Simulating;

/// <summary>What the terms pay at each level of a result (resultatnivåer): the payment in all as a function of one measure, the
/// others held by the newest expected scenario.</summary>
internal static class ShowLevels
{
    /// <param name="Scenario">Whether somebody has said what is expected; without it only terms of one measure can be
    /// drawn.</param>
    public sealed record View(string? Currency, bool Scenario, IReadOnlyList<CurveView> Curves);

    /// <param name="Points">Evenly spaced, for drawing.</param>
    /// <param name="Turns">Both ends, and where the line changes direction.</param>
    public sealed record CurveView(
        string Measure, string Type, string? Unit, string? Expected, IReadOnlyList<PointView> Points,
        IReadOnlyList<PointView> Turns);

    public sealed record PointView(string At, string Total);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/contracts/{id:guid}/levels", Handle).WithName(nameof(ShowLevels));

    internal static async Task<Answer<View>> Handle(Guid id, OutcomeFinanceDb db, CancellationToken cancel)
    {
        if (await db.Contract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        var edition = contract.Newest();
        var terms = TermsReader.Read(edition.Terms);
        if (terms.Program is not { } program) return Answers.Ok(new View(null, false, []), contract.Version);
        var scenario = await ScenarioViews.Current(db, [contract.ContractId])
            .FirstOrDefaultAsync(one => one.Kind == ScenarioKind.Expected && one.TermsHash == program.Hash, cancel);
        var simulated = SimulatedContracts.Of(contract, edition, program, [], await db.Owed(contract.ContractId, cancel),
            await VerifiedHistory.Of(contract.ContractId, db, cancel));
        var curves = LevelCurve.Of(simulated, scenario is null ? [] : Figures(scenario, contract.PeriodsOf(edition)));
        return Answers.Ok(
            new View(program.Currency.Code, scenario is not null, [.. curves.Select(curve => Of(curve, terms))]),
            contract.Version);
    }

    private static List<PeriodFigures> Figures(Scenario scenario, IReadOnlyList<ContractPeriod> periods)
    {
        var finals = periods.Where(period => period.Final).Select(period => period.Key)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. JsonSerializer.Deserialize<JsonElement>(scenario.Figures).EnumerateArray().Select(one => new PeriodFigures(
                one.GetProperty("period").GetString()!, finals.Contains(one.GetProperty("period").GetString()!),
                one.GetProperty("values").EnumerateObject().ToDictionary(
                    value => value.Name, value => EvaluateTerms.Figure(value.Value), StringComparer.Ordinal)))
                .Where(one => periods.Any(period => period.Key == one.Period)),
        ];
    }

    private static CurveView Of(LevelCurve curve, ReadTerms terms)
    {
        var measure = terms.Measures.First(one => one.Path == curve.Measure);
        var currency = terms.Program!.Currency;
        return new CurveView(
            curve.Measure, measure.Type, measure.Unit, curve.Expected?.ToString(CultureInfo.InvariantCulture),
            [.. curve.Points.Select(Point)], [.. curve.Turns.Select(Point)]);

        PointView Point(CurvePoint point) => new(
            point.At.ToString(CultureInfo.InvariantCulture), new Money(point.TotalMinor, currency).ToDecimalString());
    }
}
