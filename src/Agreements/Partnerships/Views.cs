using Iop.Agreements.Domain;
using Iop.Agreements.Organisations;
using Iop.Kernel;

namespace Iop.Agreements.Partnerships;

/// <summary>A party, as shown everywhere.</summary>
internal sealed record PartyView(
    Guid Id, Guid OrganisationId, Guid? UnitId, string Name, OrganisationKind Kind, int RequiredSignatures, bool Mine)
{
    public static PartyView Of(Party party, PartyNames names, Viewer viewer) => new(
        party.Id.Value, party.Organisation.Value, party.Unit?.Value, names.Of(party), party.Kind, party.RequiredSignatures,
        party.IsActedForBy(viewer.Organisation, viewer.Unit));
}

/// <summary>What is waited for, and whether it is the caller's turn.</summary>
internal sealed record AwaitView(
    string What, DateTimeOffset Since, bool Mine, int Count, IReadOnlyList<string> Roles, Guid? OrganisationId, Guid? UnitId,
        string? OrganisationName, Guid? AgreementId)
{
    /// <param name="parties">A guest of theirs has no turn, whatever roles the own organisation gives.</param>
    public static AwaitView Of(
        Await waiting, PartyNames names, Viewer viewer, AgreementId? agreement, IReadOnlyList<Party> parties) => new(
        waiting.What, waiting.Since, waiting.IsFor(viewer.Organisation, viewer.Unit, viewer.Caller.Roles)
            && parties.Any(party => party.IsActedForBy(viewer.Organisation, viewer.Unit)), waiting.Count,
        waiting.Roles,
        waiting.Organisation?.Value, waiting.Unit?.Value, waiting.Organisation is { } organisation
            ? names.Of(organisation, waiting.Unit) : null, agreement?.Value);
}

/// <summary>What is missing, with what the subject is called.</summary>
internal sealed record MissingView(string What, string? Subject, string? Name, bool Advice)
{
    public static MissingView Of(Missing missing, IReadOnlyList<Party> parties, PartyNames names, Viewer viewer) =>
        new(missing.What, missing.Subject, missing switch
    {
        { What: "section", Subject: { } key } => viewer.Say($"section.{key}"),
        { What: "participation", Subject: { } step } => viewer.Say($"step.{step}"),
        { Subject: { } id } when Guid.TryParse(id, out var guid) => NameOf(guid, parties, names),
        _ => null,
    }, missing.IsAdvice);

    private static string NameOf(Guid id, IReadOnlyList<Party> parties, PartyNames names) =>
        parties.FirstOrDefault(party => party.Id.Value == id) is { } party ? names.Of(party) : names.Of(new OrganisationRef(id));
}
