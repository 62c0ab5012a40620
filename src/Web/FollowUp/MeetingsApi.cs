using Iop.Web.Frame;
using Iop.Web.Gateway;

namespace Iop.Web.FollowUp;

/// <summary>Meetings of an agreement's parties, and what they are to do after them, as the pages use them.</summary>
internal sealed class MeetingsApi(GatewayCalls gateway)
{
    private const string Root = "/follow-up/v1";

    public Task<Answer<Listing<MeetingInList>>> All(Guid plan, int page, CancellationToken cancel) =>
        gateway.Get<Listing<MeetingInList>>($"{Root}/plans/{plan}/meetings?page={page}", cancel);

    /// <summary>The next to be held, if there is one.</summary>
    public Task<Answer<Listing<MeetingInList>>> Next(Guid plan, CancellationToken cancel) =>
        gateway.Get<Listing<MeetingInList>>($"{Root}/plans/{plan}/meetings?ahead=true&limit=1", cancel);

    public Task<Answer<Listing<OpenAction>>> OpenActions(Guid plan, CancellationToken cancel) =>
        gateway.Get<Listing<OpenAction>>($"{Root}/plans/{plan}/open-actions?limit=10", cancel);

    public Task<Answer<Meeting>> Show(Guid id, CancellationToken cancel) =>
        gateway.Get<Meeting>($"{Root}/meetings/{id}", cancel);

    public Task<Answer<Meeting>> Call(Guid plan, object meeting, string? key, CancellationToken cancel) =>
        gateway.Create<Meeting>($"{Root}/plans/{plan}/meetings", meeting, key, cancel);

    /// <summary>A move, a cancellation, minutes or something to do, of the meeting as it was seen.</summary>
    public Task<Answer<Meeting>> Act(Guid id, string act, object? body, string? tag, CancellationToken cancel) =>
        gateway.Act<Meeting>(HttpMethod.Post, $"{Root}/meetings/{id}/{act}", body, tag, null, cancel);
}

public sealed record MeetingInList(
    Guid Id, Guid PlanId, Guid PartnershipId, string Topic, DateOnly HeldOn, string StartsAt, string? Place, string? Link,
    string State);

public sealed record OpenAction(
    Guid Id, Guid MeetingId, string Topic, string What, string OrganisationName, DateOnly DueOn, bool Late);

public sealed record Meeting(
    Guid Id, Guid PlanId, string AgreementTitle, string Topic, string Agenda, DateOnly HeldOn, string StartsAt, bool HasBegun,
    string? Place, string? Link, string State, MeetingAct Called, IReadOnlyList<MeetingChange>? Changes, Minutes? Minutes,
    IReadOnlyList<Minutes>? EarlierMinutes, IReadOnlyList<MeetingAction>? Actions, IReadOnlyList<MeetingParty>? Parties,
    string MeetingTag, DateOnly? GuestUntil = null) : IMayBeReadByGuests
{
    ReadAsGuest? IMayBeReadByGuests.ReadAs => GuestUntil is { } until ? new ReadAsGuest(until, FollowUp: true) : null;
}

public sealed record MeetingAct(string? OrganisationName, DateTimeOffset At);

public sealed record MeetingChange(DateOnly WasOn, string WasAt, bool CalledOff, string Reason, MeetingAct By);

public sealed record Minutes(int Number, string Text, IReadOnlyList<string>? Decisions, MeetingAct Written);

public sealed record MeetingAction(
    Guid Id, string What, string OrganisationName, DateOnly DueOn, DateTimeOffset? DoneAt, bool Mine);

public sealed record MeetingParty(Guid OrganisationId, string OrganisationName);
