using Iop.Web.Frame;
using Iop.Web.Gateway;

namespace Iop.Web.FollowUp;

/// <summary>Deviations of the agreements' plans, as the pages use them.</summary>
internal sealed class DeviationsApi(GatewayCalls gateway)
{
    private const string Root = "/follow-up/v1";

    public Task<Answer<Listing<Deviation>>> All(Guid plan, int page, CancellationToken cancel) =>
        gateway.Get<Listing<Deviation>>($"{Root}/plans/{plan}/deviations?page={page}", cancel);

    /// <summary>Those that wait for a decision, as many as an overview shows.</summary>
    public Task<Answer<Listing<Deviation>>> Undecided(Guid plan, CancellationToken cancel) =>
        gateway.Get<Listing<Deviation>>($"{Root}/plans/{plan}/deviations?state=raised&limit=5", cancel);

    public Task<Answer<Deviation>> Show(Guid id, CancellationToken cancel) =>
        gateway.Get<Deviation>($"{Root}/deviations/{id}", cancel);

    public Task<Answer<Deviation>> Raise(Guid plan, object deviation, string? key, CancellationToken cancel) =>
        gateway.Create<Deviation>($"{Root}/plans/{plan}/deviations", deviation, key, cancel);

    /// <summary>A lesson, a decision or a withdrawal, of the deviation as it was seen.</summary>
    public Task<Answer<Deviation>> Act(Guid id, string act, object body, string? tag, CancellationToken cancel) =>
        gateway.Act<Deviation>(HttpMethod.Post, $"{Root}/deviations/{id}/{act}", body, tag, null, cancel);
}

public sealed record Deviation(
    Guid Id, Guid PlanId, Guid PartnershipId, Guid AgreementId, string AgreementTitle, Guid? IndicatorId, string? IndicatorName,
    string Title, string WhatHappened, DateOnly HappenedOn, string State, DeviationAct Raised, IReadOnlyList<Lesson>? Lessons,
    string? Outcome, string? Reason, DeviationAct? Closed, bool Mine, string DeviationTag,
    DateOnly? GuestUntil = null) : IMayBeReadByGuests
{
    ReadAsGuest? IMayBeReadByGuests.ReadAs => GuestUntil is { } until ? new ReadAsGuest(until, FollowUp: true) : null;
}

public sealed record Lesson(string Text, DeviationAct Noted);

public sealed record DeviationAct(string? OrganisationName, DateTimeOffset At);
