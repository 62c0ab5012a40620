using Iop.Web.Gateway;
using Iop.Web.Plans;

namespace Iop.Web.Closing;

/// <summary>Closing an agreement, and searching what others learnt, as the pages do it.</summary>
internal sealed class ClosingApi(GatewayCalls gateway)
{
    private const string Root = "/agreements/v1/agreements";

    public Task<Answer<ClosingOf>> Show(Guid agreement, CancellationToken cancel) =>
        gateway.Get<ClosingOf>($"{Root}/{agreement}/closing", cancel);

    public Task<Answer<object>> Write(Guid agreement, object report, string? tag, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Put, $"{Root}/{agreement}/closing/report", report, tag, null, cancel);

    public Task<Answer<object>> PlanExit(Guid agreement, object step, string? key, CancellationToken cancel) =>
        gateway.Create<object>($"{Root}/{agreement}/closing/exit-steps", step, key, cancel);

    public Task<Answer<object>> ChangeExit(Guid agreement, string step, object plan, string? tag, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Put, $"{Root}/{agreement}/closing/exit-steps/{step}", plan, tag, null, cancel);

    public Task<Answer<object>> Settle(Guid agreement, object settlement, string? key, CancellationToken cancel) =>
        gateway.Create<object>($"{Root}/{agreement}/closing/settlement", settlement, key, cancel);

    public Task<Answer<Listing<ReportFound>>> Find(string? words, CancellationToken cancel) =>
        gateway.Get<Listing<ReportFound>>(
            $"/agreements/v1/closing-reports?limit=50{(words is null ? "" : $"&q={Uri.EscapeDataString(words)}")}", cancel);
}

public sealed record ClosingOf(
    Guid AgreementId, bool Open, Report? Report, IReadOnlyList<ExitStep>? ExitSteps,
    IReadOnlyList<Activity>? ActivitiesWithoutExit, string? PoolBalance, Settlement? Settlement,
    IReadOnlyList<MissingAtClosing>? Missing);

public sealed record Report(
    string? Worked, string? DidNotWork, string? Why, string? StructuralChanges, string? NextProcess, Guid? SuccessorId,
    string? SuccessorTitle, string? WrittenBy, DateTimeOffset? WrittenAt, string? ReportTag);

public sealed record ExitStep(
    Guid Id, Guid? ActivityId, string Activity, string? TakesOver, DateOnly? HandsOverOn, string? People, bool Complete,
    string? ExitStepTag);

public sealed record Settlement(string Surplus, string Pool, Decision? Decision, IReadOnlyList<SettlementLine>? Lines);

public sealed record SettlementLine(string? PartyName, string From, string How, string Amount, string? Note);

public sealed record MissingAtClosing(string What, string? Subject, string? Name);

public sealed record ReportFound(
    Guid AgreementId, string Title, string? Worked, string? DidNotWork, string? NextProcess, Guid? SuccessorId);
