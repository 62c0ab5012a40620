using Iop.Web.Frame;
using Iop.Web.Gateway;

namespace Iop.Web.Partnerships;

/// <summary>Partnerships, as the pages read and begin them.</summary>
internal sealed class PartnershipsApi(GatewayCalls gateway)
{
    private const string Root = "/agreements/v1/partnerships";

    public Task<Answer<Listing<PartnershipInList>>> Mine(CancellationToken cancel) =>
        gateway.Get<Listing<PartnershipInList>>(Root + "?limit=100", cancel);

    public Task<Answer<Partnership>> Show(Guid id, CancellationToken cancel) => gateway.Get<Partnership>($"{Root}/{id}", cancel);

    public Task<Answer<Partnership>> Begin(object partnership, string? key, CancellationToken cancel) =>
        gateway.Create<Partnership>(Root, partnership, key, cancel);

    public Task<Answer<Created>> Invite(Guid id, object party, string? key, CancellationToken cancel) =>
        gateway.Create<Created>($"{Root}/{id}/parties", party, key, cancel);

    public Task<Answer<Created>> DraftAgreement(Guid id, object agreement, string? key, CancellationToken cancel) =>
        gateway.Create<Created>($"{Root}/{id}/agreements", agreement, key, cancel);
}

public sealed record Created(Guid Id);

public sealed record PartnershipInList(
    Guid Id, string Title, string? State, IReadOnlyList<Party>? Parties, IReadOnlyList<Awaited>? Awaits);

public sealed record Partnership(
    Guid Id, string Title, string? Challenge, string? State, IReadOnlyList<Party>? Parties,
    IReadOnlyList<AgreementInPartnership>? Agreements,
    IReadOnlyList<Step>? Steps, IReadOnlyList<Awaited>? Awaits, Outcome? Outcome, bool Light, string? LightReason,
    Around? Around, GuestOfPartnership? Guest = null) : IMayBeReadByGuests
{
    ReadAsGuest? IMayBeReadByGuests.ReadAs => Guest is { } guest ? new ReadAsGuest(guest.UntilOn, guest.FollowUp) : null;
}

/// <summary>That it is read as a guest, and what beside the agreements.</summary>
public sealed record GuestOfPartnership(DateOnly UntilOn, bool FollowUp, bool Payments);

/// <summary>How the dialogue ended without an agreement.</summary>
public sealed record Outcome(string Code, string? Form, string? Reason, DateTimeOffset At);

/// <summary>What is there beside the agreements.</summary>
public sealed record Around(int Talks, DateOnly? LastTalk, bool PartnersChosen, int Participation, int OpenComments);

public sealed record Party(
    Guid Id, Guid OrganisationId, Guid? UnitId, string? Name, string? Kind, int? RequiredSignatures, bool Mine);

public sealed record AgreementInPartnership(Guid Id, string Title, string State);

/// <summary>One of the seven steps: done, current or missing; what is missing; the roles whose turn it is.</summary>
public sealed record Step(string Key, string State, IReadOnlyList<Missing>? Missing, IReadOnlyList<string>? Whose);

/// <summary>Something that is missing, and of what or whom.</summary>
public sealed record Missing(string What, string? Subject, string? Name, bool Advice = false);

/// <summary>Something that awaits somebody, since when, and whether it is the caller's to do.</summary>
public sealed record Awaited(
    string What, DateTimeOffset? Since, bool Mine, int? Count, string? OrganisationName, string? Name, Guid? AgreementId)
{
    public string? Whose => OrganisationName ?? Name;
}
