using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Organisations;
using Iop.Agreements.Partnerships;
using Iop.Kernel;

namespace Iop.Agreements.Bodies;

/// <summary>How often it meets.</summary>
internal sealed record RhythmView(int EveryWeeks, int? ForMonths = null, int? ThenEveryWeeks = null);

/// <param name="Agreed">Its name, mandate and rhythm are agreed text and change with it.</param>
/// <param name="SeenInto">The caller sees who sits in it, and what is said there.</param>
/// <param name="BodyTag">The If-Match of a change.</param>
internal sealed record BodyView(
    Guid Id, Guid PartnershipId, Guid? AgreementId, BodyKind Kind, string Name, string? Mandate, RhythmView? Rhythm,
    string? Handover,
    Visibility Visibility, Guid? OwnerPartyId, string? OwnerPartyName, DateOnly? EndsOn, bool Agreed, bool SeenInto,
    IReadOnlyList<MemberView> Members, string BodyTag)
{
    public static BodyView Of(
        Body body, IEnumerable<BodyMember> members, BodyRoom room, IReadOnlyDictionary<PersonRef, string> people,
        DateOnly today) => new(
        body.Id.Value, body.PartnershipId.Value, body.AgreementId?.Value, body.Kind, body.Name, body.Mandate,
        body.Rhythm is { } rhythm
            ? new RhythmView(rhythm.EveryWeeks, rhythm.ForMonths, rhythm.ThenEveryWeeks) : null, body.Handover,
        body.Visibility, body.OwnerPartyId?.Value, room.NameOf(body.OwnerPartyId), body.EndsOn, body.IsAgreed,
        body.IsOpenTo(room.Acting, room.Parties),
        [.. members.Where(member => member.BodyId == body.Id).OrderBy(member => member.Role).ThenBy(member => member.Id.Value)
            .Select(member => MemberView.Of(member, room, people, today))],
        $"{body.Version}");
}

/// <param name="PersonName">What the person is called, known to the platform or not.</param>
/// <param name="Sits">Today.</param>
/// <param name="MemberTag">The If-Match of a change.</param>
internal sealed record MemberView(
    Guid Id, Guid BodyId, Guid? PartyId, string? PartyName, Guid? PersonId, string PersonName, MemberRole Role, Guid? DeputyFor,
    Guid? LinksTo, string? Mandate, DateOnly FromOn, DateOnly? ToOn, string? Handover, bool Sits, string MemberTag)
{
    public static MemberView Of(
        BodyMember member, BodyRoom room, IReadOnlyDictionary<PersonRef, string> people, DateOnly today) => new(
        member.Id.Value, member.BodyId.Value, member.PartyId?.Value, room.NameOf(member.PartyId), member.Person?.Value,
        member.Name ?? (member.Person is { } person ? people.GetValueOrDefault(person) : null) ?? "", member.Role,
        member.DeputyFor?.Value, member.LinksTo?.Value, member.Mandate, member.FromOn, member.ToOn, member.Handover,
        member.SitsOn(today), $"{member.Version}");
}

/// <summary>The parties around the bodies of a partnership, and which of them the caller acts for.</summary>
internal sealed record BodyRoom(IReadOnlyList<Party> Parties, IReadOnlyList<Party> Acting, PartyNames Names)
{
    public string? NameOf(PartyId? id) => Parties.FirstOrDefault(party => party.Id == id) is { } party ? Names.Of(party) : null;

    /// <summary>Null when the caller may act in the body.</summary>
    public Refusal? Keeps(Body body) => body.IsOpenTo(Acting, Parties) ? null : BodyRefusals.NotForYou;
}
