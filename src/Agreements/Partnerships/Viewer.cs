using Iop.Agreements.Domain;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Partnerships;

/// <summary>For whom an answer is written: the caller, in the caller's language.</summary>
internal sealed class Viewer(Caller caller, Texts texts, IHttpContextAccessor http, AgreementsDb db)
{
    public Caller Caller => caller;

    public OrganisationRef Organisation => new(caller.Organisation);

    public UnitRef? Unit => caller.Unit is { } unit ? new UnitRef(unit) : null;

    public PersonRef Person => new(caller.Person);

    public string Language => http.HttpContext is { } context ? Texts.LanguageOf(context.Request) : "sv";

    public string Say(string code) => texts.Find(Language, code) ?? code;

    /// <summary>The sentence, or null when there is none.</summary>
    public string? Find(string code, IReadOnlyDictionary<string, string>? words = null) => texts.Find(Language, code, words);

    public string Say(Kernel.Refusal refusal) => texts.Find(Language, refusal.Code, refusal.Arguments) ?? refusal.Code;

    public string Say(string code, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values) named[name] = value;
        return texts.Find(Language, code, named) ?? code;
    }

    public string Say(string code, string name, string value) =>
        texts.Find(Language, code, new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value }) ?? code;

    /// <summary>Null for who acts for a party in the agreement's text. A party of the partnership that is not (yet, or any more)
    /// in this agreement reads it, and may comment, but neither writes nor decides.</summary>
    public async Task<Refusal?> IsOutside(AgreementId agreement, CancellationToken cancel)
    {
        var (organisation, unit) = (Organisation, Unit);
        return await db.AgreementParties.AnyAsync(link => link.AgreementId == agreement && link.InText
            && db.Parties.Any(party => party.Id == link.PartyId && party.Organisation == organisation
                && (party.Unit == null || unit == null || party.Unit == unit)), cancel) ? null : PartnershipRefusals.NotAParty;
    }

    /// <summary>Threads about each section of an agreement, as far as the caller may hear them.</summary>
    public async Task<IReadOnlyDictionary<string, (int Open, int All)>> CommentsOn(AgreementId agreement,
        CancellationToken cancel)
    {
        var counted = await db.Threads.Where(thread => thread.AgreementId == agreement).GroupBy(thread => thread.SectionKey)
            .Select(threads => new { threads.Key, All = threads.Count(), Open = threads.Count(one => one.ResolvedAt == null) })
            .ToListAsync(cancel);
        return counted.ToDictionary(one => one.Key, one => (one.Open, one.All), StringComparer.Ordinal);
    }

    public async Task<IReadOnlyDictionary<PersonRef, string>> NamesOf(IEnumerable<PersonRef> people, CancellationToken cancel)
    {
        var ids = people.Distinct().ToList();
        if (ids.Count == 0) return new Dictionary<PersonRef, string>();
        return await db.People.AsNoTracking().Where(person => ids.Contains(person.PersonId))
            .ToDictionaryAsync(person => person.PersonId, person => person.Name, cancel);
    }
}
