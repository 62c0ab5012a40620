using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Registry.Domain;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Keeping;

/// <summary>An organisation that is named in an entry says that it is not right (begär rättelse); who keeps the entry
/// answers.</summary>
internal static class AskForCorrection
{
    public sealed record Request(string Field, string Words);

    public sealed record AnswerRequest(bool Corrected, string Answer);

    public sealed record View(
        Guid Id, Guid EntryId, Guid AskedBy, string? AskedByName, string Field, string Words, DateTimeOffset AskedAt,
        CorrectionOutcome Outcome, string? Answer, DateTimeOffset? AnsweredAt, string CorrectionTag, bool MayAnswer);

    public sealed record List(IReadOnlyList<View> Items);

    private const int FieldMax = 50;
    private const int WordsMax = 2_000;
    private const int ListMax = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/entries/{id:guid}/corrections", Handle).WithName(nameof(AskForCorrection)).Creates();
        api.MapGet("/entries/{id:guid}/corrections", Show).WithName("ListCorrections");
        api.MapPost("/corrections/{id:guid}/answer", Answer).WithName("AnswerCorrection");
    }

    internal static async Task<Answer<View>> Handle(
        Guid id, Request request, Caller caller, RegistryDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await Find(id, db, cancel) is not { } entry) return Refusal.NotFound;
        var organisation = new OrganisationId(caller.Organisation);
        if (!entry.Names(organisation)) return EntryRefusals.NotNamedInIt;
        if (new Fields().Text("field", request.Field, FieldMax).Text("words", request.Words, WordsMax)
            .Must("words", PublicText.IsWithoutPersons(request.Words), "entry.names-a-person").Refusal is { } malformed)
            return malformed;
        var now = clock.GetUtcNow();
        var correction = Correction.Ask(new CorrectionId(Guid.CreateVersion7(now)), entry.EntryId, organisation,
            request.Field.Trim(), request.Words.Trim(), now);
        db.Add(correction);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/registry/v1/entries/{id}/corrections",
            ViewOf(correction, null, MayAnswer(entry, caller)), correction.Version);
    }

    /// <summary>Seen by who asked and by who answers; strangers see none.</summary>
    internal static async Task<Answer<List>> Show(Guid id, Caller caller, RegistryDb db, CancellationToken cancel)
    {
        if (await Find(id, db, cancel) is not { } entry) return Refusal.NotFound;
        var (own, answers) = (new OrganisationId(caller.Organisation), MayAnswer(entry, caller));
        var all = await db.Corrections.AsNoTracking()
            .Where(one => one.EntryId == entry.EntryId && (answers || one.OrganisationId == own))
            .OrderByDescending(one => one.AskedAt).ThenBy(one => one.CorrectionId).Take(ListMax).ToListAsync(cancel);
        var asking = all.Select(one => one.OrganisationId).Distinct().ToList();
        var names = await db.Organisations.Where(one => asking.Contains(one.OrganisationId))
            .ToDictionaryAsync(one => one.OrganisationId, one => one.Name, cancel);
        return new List([.. all.Select(one => ViewOf(one, names.GetValueOrDefault(one.OrganisationId), answers))]);
    }

    internal static async Task<Answer<View>> Answer(
        Guid id, AnswerRequest request, Caller caller, IfMatch ifMatch, RegistryDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        var key = new CorrectionId(id);
        if (await db.Corrections.FirstOrDefaultAsync(one => one.CorrectionId == key, cancel) is not { } correction
            || await Find(correction.EntryId.Value, db, cancel) is not { } entry) return Refusal.NotFound;
        var own = new OrganisationId(caller.Organisation);
        if (!MayAnswer(entry, caller))
            return correction.OrganisationId == own ? Refusal.RoleMissing(Roles.Officer) : Refusal.NotFound;
        if (ifMatch.Misses(correction.Version) is { } stale) return stale;
        if (new Fields().Text("answer", request.Answer, WordsMax)
            .Must("answer", PublicText.IsWithoutPersons(request.Answer), "entry.names-a-person").Refusal is { } malformed)
            return malformed;
        if (correction.Reply(request.Corrected, request.Answer.Trim(), own, clock.GetUtcNow()) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(ViewOf(correction, null, true), correction.Version);
    }

    /// <summary>Who keeps it answers: the organisation that wrote it; a party's public side for what was signed here; else the
    /// operator.</summary>
    private static bool MayAnswer(Entry entry, Caller caller)
    {
        if (caller.Has(Roles.Operator)) return true;
        if (!caller.Has(Roles.Officer)) return false;
        var own = new OrganisationId(caller.Organisation);
        return entry.KeeperId == own || (entry.IsSignedHere && entry.Agreements.Any(agreement => agreement.Parties.Any(party =>
            party.OrganisationId == own && party.Kind is OrganisationKind.Public)));
    }

    private static Task<Entry?> Find(Guid id, RegistryDb db, CancellationToken cancel)
    {
        var key = new EntryId(id);
        return db.Entries.AsNoTracking().Include(entry => entry.Agreements).ThenInclude(agreement => agreement.Parties)
            .FirstOrDefaultAsync(entry => entry.EntryId == key, cancel);
    }

    private static View ViewOf(Correction one, string? name, bool mayAnswer) => new(
        one.CorrectionId.Value, one.EntryId.Value, one.OrganisationId.Value, name, one.Field, one.Words, one.AskedAt,
        one.Outcome, one.Answer, one.AnsweredAt, $"{one.Version}", mayAnswer && one.Outcome is CorrectionOutcome.Waiting);
}
