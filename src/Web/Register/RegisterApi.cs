using Iop.Web.Gateway;

namespace Iop.Web.Register;

/// <summary>The public register, as the pages read it.</summary>
internal sealed class RegisterApi(GatewayCalls gateway)
{
    public Task<Answer<FoundEntries>> Find(EntryQuery query, int limit, CancellationToken cancel) =>
        gateway.Get<FoundEntries>(
            "/registry/v1/entries" + query.Wish(("facets", "true"),
                ("limit", limit.ToString(System.Globalization.CultureInfo.InvariantCulture))), cancel);

    public Task<Answer<Entry>> Show(Guid id, CancellationToken cancel) =>
        gateway.Get<Entry>($"/registry/v1/entries/{id}", cancel);

    public Task<Answer<Entry>> Write(Guid? id, object words, string? tag, string? key, CancellationToken cancel) =>
        id is { } known
        ? gateway.Act<Entry>(HttpMethod.Put, $"/registry/v1/entries/{known}", words, tag, null, cancel)
        : gateway.Create<Entry>("/registry/v1/entries", words, key, cancel);

    public Task<Answer<Entry>> Complete(Guid id, object words, string? tag, CancellationToken cancel) =>
        gateway.Act<Entry>(HttpMethod.Put, $"/registry/v1/entries/{id}/additions", words, tag, null, cancel);

    public Task<Answer<Entry>> Confirm(Guid id, string? tag, CancellationToken cancel) =>
        gateway.Act<Entry>(HttpMethod.Post, $"/registry/v1/entries/{id}/confirmation", null, tag, null, cancel);

    public Task<Answer<Listing<EntryCorrection>>> Corrections(Guid id, CancellationToken cancel) =>
        gateway.Get<Listing<EntryCorrection>>($"/registry/v1/entries/{id}/corrections", cancel);

    public Task<Answer<EntryCorrection>> AskForCorrection(Guid id, object words, string? key, CancellationToken cancel) =>
        gateway.Create<EntryCorrection>($"/registry/v1/entries/{id}/corrections", words, key, cancel);

    public Task<Answer<EntryCorrection>> AnswerCorrection(Guid id, object words, string? tag, CancellationToken cancel) =>
        gateway.Act<EntryCorrection>(HttpMethod.Post, $"/registry/v1/corrections/{id}/answer", words, tag, null, cancel);

    public Task<Answer<RegisterImport>> ReadImport(
        Stream file, string name, string encoding, string? key, CancellationToken cancel) => gateway.Upload<RegisterImport>(
        $"/registry/v1/imports?encoding={encoding}&name={Uri.EscapeDataString(name)}", file, name, key, cancel);

    public Task<Answer<RegisterImport>> ShowImport(Guid id, CancellationToken cancel) =>
        gateway.Get<RegisterImport>($"/registry/v1/imports/{id}", cancel);

    public Task<Answer<RegisterImport>> ConfirmImport(Guid id, string? tag, CancellationToken cancel) =>
        gateway.Act<RegisterImport>(HttpMethod.Post, $"/registry/v1/imports/{id}/confirmation", null, tag, null, cancel);

    public Task<Answer<AreaList>> AreaDefinitions(CancellationToken cancel) =>
        gateway.Get<AreaList>("/registry/v1/areas", cancel);

    public Task<Answer<Listing<OwnEntry>>> OwnEntries(CancellationToken cancel) =>
        gateway.Get<Listing<OwnEntry>>("/registry/v1/own-entries?limit=100", cancel);

    public const int ProposalsPerPage = 20;

    public Task<Answer<Listing<EntryProposal>>> Proposals(string state, int page, CancellationToken cancel) =>
        gateway.Get<Listing<EntryProposal>>(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"/registry/v1/proposals?state={Uri.EscapeDataString(state)}&limit={ProposalsPerPage}&page={page}"), cancel);

    public Task<Answer<ProposalsFound>> LookForLikenesses(string? key, CancellationToken cancel) =>
        gateway.Create<ProposalsFound>("/registry/v1/proposals", new { }, key, cancel);

    public Task<Answer<ProposalDecided>> DecideProposal(Guid id, object words, string? tag, CancellationToken cancel) =>
        gateway.Act<ProposalDecided>(HttpMethod.Post, $"/registry/v1/proposals/{id}/decision", words, tag, null, cancel);

    public Task<Answer<ProposalDecided>> UndoProposal(Guid id, string? tag, CancellationToken cancel) =>
        gateway.Act<ProposalDecided>(HttpMethod.Post, $"/registry/v1/proposals/{id}/undo", null, tag, null, cancel);

    public Task<Answer<RegisterFigures>> Figures(CancellationToken cancel) =>
        gateway.Get<RegisterFigures>("/registry/v1/figures", cancel);

    public Task<Answer<Listing<Organisation>>> Organisations(string? search, CancellationToken cancel) =>
        gateway.Get<Listing<Organisation>>(
            "/registry/v1/organisations?limit=100&q=" + Uri.EscapeDataString(search ?? ""), cancel);

    public Task<Answer<Organisation>> OrganisationWithUnits(Guid id, CancellationToken cancel) =>
        gateway.Get<Organisation>($"/registry/v1/organisations/{id}", cancel);
}

public sealed record FoundEntries(
    IReadOnlyList<EntryInList> Items, int Total, bool IsAlike, IReadOnlyList<EntryFacet>? Facets, DateOnly? ActiveOn);

public sealed record EntryFacet(string Code, IReadOnlyList<EntryFacetValue> Values);

public sealed record EntryFacetValue(string Value, string? Name, int Count, bool IsChosen);

public sealed record EntryProposal(
    Guid Id, string Kind, int Score, IReadOnlyList<string> Reasons, ProposedSide First, ProposedSide Second, string ProposalTag,
    bool MayDecide);

public sealed record ProposedSide(
    Guid Id, string Title, string? Purpose, DateOnly? StartsOn, int? StartYear, DateOnly? EndsOn, string PartyNames,
    string Provenance);

public sealed record ProposalsFound(int New, int Waiting, int NotCompared);

public sealed record ProposalDecided(Guid Id, string State);

public sealed record EntryInList(
    Guid Id, string Title, string? Purpose, string Status, string? Area, string? TargetAge, DateOnly? StartsOn, DateOnly? EndsOn,
    bool OpenEnded, IReadOnlyList<EntryParty>? Parties, EntryPlace? Geography, int? StartYear = null, int? EndYear = null,
    bool Synthetic = false);

public sealed record EntryParty(
    Guid? OrganisationId, string Name, string Kind, string? UnitName, string? Number = null, string? Body = null,
    string? MunicipalityCode = null, string? CountyCode = null, string? Federation = null);

public sealed record EntryPlace(string? MunicipalityCode, string? CountyCode, string? Name);

public sealed record Entry(
    Guid Id, string Title, string? Purpose, string? Challenge, string? TargetGroup, string Status, string? Area,
    string? TargetAge, DateOnly? StartsOn,
    DateOnly? EndsOn, bool OpenEnded, EntryPlace? Geography, string? Provenance, DateOnly? LastConfirmedOn,
    IReadOnlyList<EntryParty>? Parties,
    IReadOnlyList<EntryResource>? Resources, IReadOnlyList<EntryAgreement>? Agreements, IReadOnlyList<EntryEvent>? History,
    IReadOnlyList<string>? Missing, int? StartYear = null, int? EndYear = null, DateOnly? EndedOn = null,
    bool AutoRenews = false, int? Renewals = null, bool National = false, bool Synthetic = false,
    EntryAdditions? Additions = null, IReadOnlyList<EntryLink>? Links = null, IReadOnlyList<string>? MorePlaces = null,
    IReadOnlyList<TakenOver>? TakenOver = null)
{
    public bool IsSignedHere => Provenance == "signed-here";
}

public sealed record EntryAdditions(
    IReadOnlyList<string>? SecondaryAreas, IReadOnlyList<string>? SecondaryAges, IReadOnlyList<string>? Tags,
    string? PublicMandate, string? PolicyBasis, string? PolicyText, string? Complements, string? Initiator,
    string? ResponsibleFunction, string? ResponsibleMailbox, string? ClassifiedBy, string? ClassifiedOnText,
    Guid? FollowsEntryId, Guid? GrewOutOfEntryId, IReadOnlyList<EntryDocument>? Documents);

public sealed record EntryDocument(string Kind, string Title, string Address);

public sealed record EntryLink(string Kind, Guid Id, string Title);

public sealed record TakenOver(string Field, Guid FromEntryId);

public sealed record EntryCorrection(
    Guid Id, string? AskedByName, string Field, string Words, DateTimeOffset AskedAt, string Outcome, string? Answer,
    DateTimeOffset? AnsweredAt, string CorrectionTag, bool MayAnswer);

public sealed record OwnEntry(
    Guid Id, string Title, string Status, string Provenance, IReadOnlyList<string>? Missing, DateOnly? LastConfirmedOn,
    bool AwaitsConfirmation, int CorrectionsWaiting);

public sealed record RegisterImport(
    Guid Id, string FileName, string State, int Rows, int New, int Known, int Faulty, IReadOnlyList<string>? Unmapped,
    IReadOnlyList<ImportedRow>? Faults, IReadOnlyList<ImportedRow>? First, int Done = 0);

public sealed record ImportedRow(int Number, string Title, IReadOnlyList<string>? InWords);

public sealed record AreaList(IReadOnlyList<AreaDefinition> Items, string Borderline);

public sealed record AreaDefinition(string Code, string Name, string Definition);

public sealed record EntryResource(string? PartyName, string Kind, string? Description, string? AmountPerYear, int? HoursPerYear,
    string? AmountInTotal = null,
    string? PartyKind = null);

public sealed record EntryAgreement(
    string Title, DateOnly SignedOn, DateOnly StartsOn, DateOnly? EndsOn, bool AutoRenews, string VersionHash);

public sealed record EntryEvent(DateOnly On, string What);

public sealed record RegisterFigures(
    DateOnly? AsOf, long Active, long All, long Organisations, long IdeaDriven, long Public, IReadOnlyList<EntryInList>? Newest,
    long Base, long LeftOut);

public sealed record Organisation(Guid Id, string Name, string Kind, IReadOnlyList<OrganisationUnit>? Units);

public sealed record OrganisationUnit(Guid Id, string Name);
