using System.Globalization;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Indicators;
using Iop.FollowUp.Domain.Meetings;
using Iop.FollowUp.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Meetings;

/// <summary>A meeting as all parties see it.</summary>
/// <param name="StartsAt">As Swedish clocks show it, HH:mm.</param>
/// <param name="HasBegun">Its time has come: minutes can be written.</param>
/// <param name="State">called, called-off or held.</param>
/// <param name="Minutes">Those that hold.</param>
/// <param name="EarlierMinutes">What they said before they were corrected, newest first.</param>
/// <param name="Link">Where the parties join: kept from guests.</param>
/// <param name="Parties">Who can be asked to do something.</param>
/// <param name="GuestUntil">The last day, for a guest.</param>
public sealed record MeetingView(
    Guid Id, Guid PlanId, Guid PartnershipId, Guid AgreementId, string AgreementTitle, string Topic, string Agenda,
    DateOnly HeldOn, string StartsAt, bool HasBegun, string? Place, string? Link, string State, MeetingActView Called,
    IReadOnlyList<MeetingChangeView> Changes, MinutesView? Minutes, IReadOnlyList<MinutesView> EarlierMinutes,
    IReadOnlyList<MeetingActionView> Actions, IReadOnlyList<MeetingPartyView> Parties, string MeetingTag,
    DateOnly? GuestUntil = null)
{
    internal static async Task<MeetingView> Of(
        FollowUpDb db, Meeting one, Guid organisation, DateTimeOffset now, CancellationToken cancel)
    {
        var plan = await db.Plans.AsNoTracking().SingleAsync(plan => plan.Id == one.Plan, cancel);
        var guest = await db.GuestUntil(one.Partnership.Value, cancel);
        var parties = await db.PartiesOf(one.Partnership, cancel);
        var names = await db.NamesOf([.. parties, .. Organisations(one)], cancel);
        var minutes = one.Minutes.OrderByDescending(each => each.Number).Select(each => new MinutesView(
            each.Number, each.Text, each.Decisions, Act(each.ByPerson, each.ByOrganisation, each.At))).ToList();
        return new MeetingView(
            one.Id.Value, plan.Id.Value, one.Partnership.Value, plan.Agreement.Value, plan.Title, one.Topic, one.Agenda,
            one.HeldOn, Clock(one.StartsAt), one.Time.Instant <= now, one.Place,
            guest is null ? one.Link : null, Word(one.State),
            Act(one.CalledByPerson, one.CalledByOrganisation, one.CalledAt),
            [.. one.Changes.OrderBy(change => change.Number).Select(change => new MeetingChangeView(
                change.WasOn, Clock(change.WasAt), change.CalledOff, change.Reason,
                Act(change.ByPerson, change.ByOrganisation, change.At)))],
            minutes.FirstOrDefault(), [.. minutes.Skip(1)],
            [.. one.Actions.OrderBy(action => action.DueOn).ThenBy(action => action.Id.Value).Select(action =>
                new MeetingActionView(action.Id.Value, action.What, action.Organisation,
                    names.GetValueOrDefault(action.Organisation, ""), action.DueOn, action.DoneAt,
                    action.Organisation == organisation))],
            [.. parties.Select(party => new MeetingPartyView(party, names.GetValueOrDefault(party, "")))
                .OrderBy(party => party.OrganisationName, Swedish).ThenBy(party => party.OrganisationId)],
            one.Version.ToString(CultureInfo.InvariantCulture), guest);

        MeetingActView Act(Guid person, Guid by, DateTimeOffset at) => new(person, by, names.GetValueOrDefault(by, ""), at);
    }

    private static readonly StringComparer Swedish = StringComparer.Create(CultureInfo.GetCultureInfo("sv-SE"), ignoreCase: true);

    internal static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    internal static string Word(MeetingState state) => state switch
    {
        MeetingState.Called => "called",
        MeetingState.CalledOff => "called-off",
        _ => "held",
    };

    private static IEnumerable<Guid> Organisations(Meeting one) =>
    [
        one.CalledByOrganisation, .. one.Changes.Select(change => change.ByOrganisation),
        .. one.Minutes.Select(minutes => minutes.ByOrganisation), .. one.Actions.Select(action => action.Organisation),
    ];
}

/// <summary>Who did something, for which party, and when.</summary>
public sealed record MeetingActView(Guid PersonId, Guid OrganisationId, string OrganisationName, DateTimeOffset At);

/// <summary>It was moved from a day and time, or called off.</summary>
public sealed record MeetingChangeView(DateOnly WasOn, string WasAt, bool CalledOff, string Reason, MeetingActView By);

/// <summary>Minutes; a <c>Number</c> above 1 says that they are a correction.</summary>
public sealed record MinutesView(int Number, string Text, IReadOnlyList<string> Decisions, MeetingActView Written);

/// <summary>What a party is to do.</summary>
/// <param name="Mine">The caller's organisation answers for it.</param>
public sealed record MeetingActionView(
    Guid Id, string What, Guid OrganisationId, string OrganisationName, DateOnly DueOn, DateTimeOffset? DoneAt, bool Mine);

public sealed record MeetingPartyView(Guid OrganisationId, string OrganisationName);
