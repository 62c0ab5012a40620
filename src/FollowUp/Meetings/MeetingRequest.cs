using System.Globalization;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Meetings;
using Iop.Platform.Api;

namespace Iop.FollowUp.Meetings;

/// <summary>When and where, as it is asked for: the same when a meeting is called and when it is moved.</summary>
internal static class MeetingRequest
{
    private const int LinkMax = 500;

    /// <summary>A day, a time as HH:mm, and a place or a link with https.</summary>
    public static Fields WhenAndWhere(
        this Fields fields, DateOnly? heldOn, string? startsAt, string? place, string? link) => fields
        .Must("heldOn", heldOn is not null, "field.required")
        .Must("startsAt", Read(startsAt) is not null, "field.malformed")
        .OptionalText("place", place, 200)
        .OptionalText("link", link, LinkMax)
        .Must("place", Given(place) is not null || Given(link) is not null, "meeting.place-or-link")
        .Must("place", !FreeText.PointsOutAPerson(place), FreeText.PersonalData)
        .Must("link", Given(link) is null || IsHttps(link!), "meeting.link-https")
        .Must("link", Given(link) is null || !IsHttps(link!) || !FreeText.PointsOutAPerson(link), FreeText.PersonalData);

    /// <summary>A text about the meeting that must be there.</summary>
    public static Fields Words(this Fields fields, string field, string? text, int longest) => fields
        .Text(field, text, longest).Must(field, !FreeText.PointsOutAPerson(text), FreeText.PersonalData);

    public static MeetingTime Time(DateOnly? heldOn, string? startsAt) => new(heldOn!.Value, Read(startsAt)!.Value);

    public static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static TimeOnly? Read(string? text) => TimeOnly.TryParseExact(
        text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static bool IsHttps(string link) => link.Trim().StartsWith("https://", StringComparison.Ordinal)
        && Uri.TryCreate(link.Trim(), UriKind.Absolute, out var address) && address.Host.Length > 0
        && address.UserInfo.Length == 0;
}
