using Iop.Web.Gateway;

namespace Iop.Web.Plans;

/// <summary>Plans and changed preconditions, as the pages read and write them.</summary>
internal sealed class PlansApi(GatewayCalls gateway)
{
    private const string Root = "/agreements/v1/agreements";

    public Task<Answer<PlansOfAgreement>> All(Guid agreement, CancellationToken cancel) =>
        gateway.Get<PlansOfAgreement>($"{Root}/{agreement}/plans", cancel);

    public Task<Answer<Plan>> Show(Guid agreement, Guid plan, int? version, CancellationToken cancel) =>
        gateway.Get<Plan>($"{Root}/{agreement}/plans/{plan}{(version is null ? "" : $"?version={version}")}", cancel);

    public Task<Answer<PlanDifference>> Difference(Guid agreement, Guid plan, int? from, int? to, CancellationToken cancel) =>
        gateway.Get<PlanDifference>($"{Root}/{agreement}/plans/{plan}/difference?from={from}&to={to}", cancel);

    public Task<Answer<PlanCheck>> Check(Guid agreement, object plan, CancellationToken cancel) =>
        gateway.Ask<PlanCheck>($"{Root}/{agreement}/plans/check", plan, cancel);

    public Task<Answer<Plan>> Adopt(Guid agreement, object plan, string? key, CancellationToken cancel) =>
        gateway.Create<Plan>($"{Root}/{agreement}/plans", plan, key, cancel);

    public Task<Answer<Plan>> Change(Guid agreement, Guid id, object plan, string? tag, CancellationToken cancel) =>
        gateway.Act<Plan>(HttpMethod.Post, $"{Root}/{agreement}/plans/{id}/versions", plan, tag, null, cancel);

    public Task<Answer<Listing<Body>>> Bodies(Guid partnership, CancellationToken cancel) =>
        gateway.Get<Listing<Body>>($"/agreements/v1/partnerships/{partnership}/bodies", cancel);

    public Task<Answer<Listing<Precondition>>> Preconditions(Guid agreement, CancellationToken cancel) =>
        gateway.Get<Listing<Precondition>>($"{Root}/{agreement}/preconditions", cancel);

    public Task<Answer<Precondition>> Note(Guid agreement, object precondition, string? key, CancellationToken cancel) =>
        gateway.Create<Precondition>($"{Root}/{agreement}/preconditions", precondition, key, cancel);

    public Task<Answer<Precondition>> Reword(
        Guid agreement, Guid id, object precondition, string? tag, CancellationToken cancel) =>
        gateway.Act<Precondition>(HttpMethod.Put, $"{Root}/{agreement}/preconditions/{id}", precondition, tag, null, cancel);

    /// <summary>Its transition terms, its group, what it led to.</summary>
    public Task<Answer<Precondition>> Write(
        HttpMethod method, Guid agreement, Guid id, string part, object body, string? tag, CancellationToken cancel) =>
        gateway.Act<Precondition>(method, $"{Root}/{agreement}/preconditions/{id}/{part}", body, tag, null, cancel);

    public Task<Answer<StrategicGroup>> StrategicGroup(Guid partnership, CancellationToken cancel) =>
        gateway.Get<StrategicGroup>($"/agreements/v1/partnerships/{partnership}/strategic-group", cancel);
}

public sealed record Body(Guid Id, string Name, string? Kind, Guid? AgreementId);

public sealed record PlansOfAgreement(IReadOnlyList<PlanInList> Items, IReadOnlyList<Activity>? Activities);

public sealed record Activity(Guid Id, string Name);

public sealed record PlanInList(
    Guid Id, string Title, DateOnly StartsOn, DateOnly EndsOn, int Number, bool AppliesToday, bool LeavesTheFrame);

public sealed record Plan(
    Guid Id, Guid AgreementId, string Title, DateOnly StartsOn, DateOnly EndsOn, int Number, string Reason, Decision? Decision,
    string? Cost, string? AgreedForThePeriod, IReadOnlyList<PlanItem>? Items, IReadOnlyList<PlanOverstep>? Oversteps,
    IReadOnlyList<PlanOverstep>? OverstepsNow, IReadOnlyList<PlanVersion>? Versions, string? PlanTag);

public sealed record PlanItem(
    Guid Id, string What, IReadOnlyList<Named>? Parties, string? Others, Guid? ActivityId, string? Activity, DateOnly? StartsOn,
    DateOnly? EndsOn, string? Target, string? Cost);

public sealed record Named(Guid PartyId, string? Name);

public sealed record Decision(string? BodyName, DateOnly MeetingOn, string? Paragraph, IReadOnlyList<Named>? TookPart);

public sealed record PlanVersion(int Number, string Reason, Decision? Decision, bool LeftTheFrame);

public sealed record PlanOverstep(string Kind, string? ItemWhat, string Why);

public sealed record PlanCheck(
    IReadOnlyList<PlanOverstep>? Oversteps, IReadOnlyList<string>? NotChecked, string? Cost, string? AgreedForThePeriod);

public sealed record PlanDifference(int From, int To, IReadOnlyList<PlanField>? Plan, IReadOnlyList<PlanItemChange>? Items);

public sealed record PlanItemChange(string Kind, string What, IReadOnlyList<PlanField>? Fields);

public sealed record PlanField(string Field, string? Name, string? Before, string? After);

public sealed record Precondition(
    Guid Id, string What, string Source, DateOnly OccursOn, string Effect, Guid? GroupId, string? GroupName, string? NotedBy,
    DateTimeOffset NotedAt, IReadOnlyList<TransitionTerm>? TransitionTerms, IReadOnlyList<PreconditionOutcome>? Outcomes,
    string? PreconditionTag);

public sealed record TransitionTerm(Guid PartyId, string? PartyName, string Terms, DateOnly StartsOn, DateOnly? EndsOn);

public sealed record PreconditionOutcome(string Kind, Guid? SubjectId, int? PlanVersion, string? SubjectTitle, string? Note);

public sealed record StrategicGroup(
    IReadOnlyList<Body>? Groups, IReadOnlyList<AgreementInGroup>? Agreements, string? Mean, bool Equal);

public sealed record AgreementInGroup(
    Guid Id, string Title, string State, string? PublicPerYear, string? OthersPerYear, string? PerYear, int HoursPerYear,
    int WithoutValue, string? Difference);
