using Iop.Kernel;

namespace Iop.FollowUp.Domain.Indicators;

/// <summary>Something the parties have agreed to look at (indikator): with a baseline taken before the start, and perhaps a
/// target.</summary>
internal sealed class Indicator
{
    /// <summary>Of all periods together, corrections included.</summary>
    public const int ReportsMax = 2_000;

    private readonly List<Report> _reports = [];

    public required IndicatorId Id { get; init; }

    public required PlanId Plan { get; init; }

    public required PartnershipRef Partnership { get; init; }

    public required string Name { get; init; }

    public required string Unit { get; init; }

    public decimal? Baseline { get; init; }

    public decimal? Target { get; init; }

    public string? Source { get; init; }

    /// <summary>Reported as numerator and denominator, so that periods and parties can be added up.</summary>
    public required bool IsRatio { get; init; }

    public required Rhythm Every { get; init; }

    /// <summary>Of one from before there were reminders: periods that were over by then are not reminded of.</summary>
    public DateOnly? AskedFrom { get; private set; }

    /// <summary>What the parties have been told of the next report: its period, and how near it was.</summary>
    public string? ToldPeriod { get; private set; }

    public DueStage? ToldStage { get; private set; }

    public long Version { get; private set; } = 1;

    public IReadOnlyList<Report> Reports => _reports;

    /// <summary>What counts now: the newest report of every period.</summary>
    public IEnumerable<Report> Current => _reports.GroupBy(report => report.PeriodKey, StringComparer.Ordinal)
        .Select(period => period.MaxBy(report => report.Number)!).OrderBy(report => report.PeriodKey, StringComparer.Ordinal);

    /// <summary>Reports a period, or corrects what was reported of it; the earlier report is kept.</summary>
    public Refusal? Take(string periodKey, ReportedFigure figure, string? comment, Actor by, DateTimeOffset now)
    {
        if (!ReportingPeriod.TryParse(Every, periodKey, out var period)) return FollowUpRefusals.NoSuchPeriod(periodKey, Every);
        if (period.From > SwedishTime.DateIn(now)) return FollowUpRefusals.PeriodNotBegun(periodKey);
        if (figure.Refusal(IsRatio) is { } wrong) return wrong;
        if (_reports.Count >= ReportsMax) return FollowUpRefusals.TooManyReports(ReportsMax);
        _reports.Add(new Report
        {
            Indicator = Id,
            Partnership = Partnership,
            PeriodKey = periodKey,
            Number = _reports.Count(report => report.PeriodKey == periodKey) + 1,
            Value = figure.Value,
            Numerator = figure.Numerator,
            Denominator = figure.Denominator,
            Comment = comment,
            At = now,
            ByPerson = by.Person,
            ByOrganisation = by.Organisation,
        });
        Version++;
        return null;
    }

    /// <summary>The last day of the first period, from the start of the plan, that nobody has reported; null when the plan ended
    /// before.</summary>
    public DateOnly? NextDue(Period plan) => Next(plan)?.On;

    /// <summary>What is expected next of a plan that is open; of one that has closed nothing is.</summary>
    public ReportDue? NextReport(Plan plan) => plan.State is PlanState.Open ? Next(plan.Period, AskedFrom) : null;

    /// <summary>From now on, and not of what is over.</summary>
    public void AskFrom(DateOnly today) => AskedFrom ??= today;

    /// <summary>Whether the parties are to be told anew: another report is the next, or its day has come nearer. It is then
    /// remembered as told.</summary>
    public bool IsNews(ReportDue? due, DateOnly today)
    {
        var stage = due?.StageOn(today);
        if ((due?.PeriodKey, stage) == (ToldPeriod, ToldStage)) return false;
        (ToldPeriod, ToldStage) = (due?.PeriodKey, stage);
        Version++;
        return true;
    }

    private ReportDue? Next(Period plan, DateOnly? from = null)
    {
        var reported = _reports.Select(report => report.PeriodKey).ToHashSet(StringComparer.Ordinal);
        for (var day = plan.From; plan.Contains(day); day = day.AddMonths(ReportingPeriod.Months(Every)))
        {
            var key = ReportingPeriod.KeyOf(Every, day);
            if (!reported.Contains(key) && ReportingPeriod.TryParse(Every, key, out var period) && !(period.To < from))
                return new ReportDue(key, period.To!.Value);
        }
        return null;
    }
}

/// <summary>One report of one period. Never changed: a correction is a report with the next number.</summary>
internal sealed class Report
{
    public required IndicatorId Indicator { get; init; }

    public required PartnershipRef Partnership { get; init; }

    public required string PeriodKey { get; init; }

    /// <summary>1 for the first, one more for each correction.</summary>
    public required int Number { get; init; }

    public decimal? Value { get; init; }

    public decimal? Numerator { get; init; }

    public decimal? Denominator { get; init; }

    public string? Comment { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Guid ByPerson { get; init; }

    public required Guid ByOrganisation { get; init; }
}

/// <summary>What is reported: a value, or a numerator and its denominator.</summary>
internal readonly record struct ReportedFigure(decimal? Value, decimal? Numerator, decimal? Denominator)
{
    public Refusal? Refusal(bool asRatio) => (asRatio, Value, Numerator, Denominator) switch
    {
        (false, not null, null, null) => null,
        (false, _, _, _) => FollowUpRefusals.ValueWanted,
        (true, null, >= 0, > 0) => null,
        (true, _, _, _) => FollowUpRefusals.RatioWanted,
    };
}
