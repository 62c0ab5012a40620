using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.People;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Recovery;

/// <summary>A colleague has lost the authenticator app and the recovery codes, or has come in by a provider and needs a
/// password of her own: an administrator asks, and another confirms (fyra ögon); where there is only one, the operator. For
/// the only administrator an operator asks. Then the person gets a link by mail. What a provider has opened is never enough
/// for it.</summary>
internal static class ResetSecondFactor
{
    private const string SecondFactorKind = "second-factor";
    private const string FirstPasswordKind = "first-password";
    private const int ReasonMax = 500;
    private const int ItemsMax = 200;

    public sealed record Request(Guid PersonId, string Reason);

    /// <param name="Kind">second-factor, or first-password for whoever has none.</param>
    public sealed record View(
        Guid Id, Guid PersonId, string Name, Guid OrganisationId, string OrganisationName, string Reason, string AskedBy,
        DateTimeOffset AskedAt, bool Mine, string ResetTag, string Kind = SecondFactorKind);

    public sealed record List(IReadOnlyList<View> Items);

    public sealed record Confirmed(Guid Id, DateTimeOffset ConfirmedAt);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/second-factor-resets", Ask).WithName("AskForSecondFactorReset").Creates();
        api.MapGet("/second-factor-resets", Open).WithName("ListSecondFactorResets");
        api.MapPost("/second-factor-resets/{id:guid}/confirmation", Confirm).WithName("ConfirmSecondFactorReset");
    }

    internal static async Task<Answer<View>> Ask(
        Request request, Caller caller, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (person, organisation) = (new PersonId(request.PersonId), new OrganisationRef(caller.Organisation));
        var isColleague = await db.Memberships.AnyAsync(
            one => one.PersonId == person && one.OrganisationId == organisation && one.Roles.Count > 0, cancel);
        var alone = isColleague ? null : await WhereAlone(person, caller, db, cancel);
        if (!isColleague && alone is null) return Refusal.NotFound;
        if (alone is null && caller.Lacks(Roles.Admin) is { } missing) return missing;
        if (await ReachesBeyond(caller, db).AnyAsync(one => one.PersonId == person, cancel)) return MembershipRefusals.OtherUnit;
        if (new Fields().Text("reason", request.Reason, ReasonMax).Refusal is { } malformed) return malformed;
        if (SecondFactorReset.MayAsk(person, caller.Person) is { } no) return no;
        var now = clock.GetUtcNow();
        var reset = SecondFactorReset.Ask(
            Guid.CreateVersion7(now), person, alone ?? organisation, request.Reason, caller.Person, now);
        db.SecondFactorResets.Add(reset);
        var name = await db.People.Where(one => one.PersonId == person).Select(one => one.Name).SingleAsync(cancel);
        await TellOfReset.ThatItWaits(db, reset, name, cancel);
        await db.SaveChangesAsync(cancel);
        return Answers.Created(
            $"/identity/v1/second-factor-resets/{reset.ResetId}", (await Of([reset], caller, db, cancel))[0], reset.Version);
    }

    internal static async Task<Answer<List>> Open(
        Caller caller, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        var since = clock.GetUtcNow() - SecondFactorReset.Waits;
        var found = await Visible(db, caller).AsNoTracking().Where(one => one.ConfirmedAt == null && one.AskedAt > since)
            .OrderBy(one => one.AskedAt).Take(ItemsMax).ToListAsync(cancel);
        return new List(await Of(found, caller, db, cancel));
    }

    internal static async Task<Answer<Confirmed>> Confirm(
        Guid id, Caller caller, IfMatch ifMatch, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await Visible(db, caller).FirstOrDefaultAsync(one => one.ResetId == id, cancel) is not { } reset)
            return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        if (ifMatch.Misses(reset.Version) is { } stale) return stale;
        if (await IsOthersToConfirm(reset, caller, db, cancel)) return ResetRefusals.OtherOrganisation;
        var now = clock.GetUtcNow();
        if (reset.Confirm(caller.Person, now) is { } refusal) return refusal;
        var person = (await db.PersonForUpdate(reset.PersonId.Value, cancel))!;
        TellOfReset.ThatItIsConfirmed(db, reset);
        AccountLinks.Make(db, person, person.CanSignIn ? AccountLinks.SecondFactor : OneTimeLink.Invitation, now);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(new Confirmed(id, now), reset.Version);
    }

    private static IQueryable<SecondFactorReset> Visible(IdentityDb db, Caller caller)
    {
        var (own, all) = (new OrganisationRef(caller.Organisation), caller.Has(Roles.Operator));
        var beyond = ReachesBeyond(caller, db).Select(held => held.PersonId);
        return db.SecondFactorResets.Where(one => (all || one.OrganisationId == own || db.Memberships.Any(
            held => held.PersonId == one.PersonId && held.OrganisationId == own && held.Roles.Count > 0))
            && !beyond.Contains(one.PersonId));
    }

    /// <summary>Where the person is the only one who administers the whole organisation nobody there can ask for her: an operator
    /// may, and another one, or somebody of the organisation, confirms.</summary>
    private static async Task<OrganisationRef?> WhereAlone(
        PersonId person, Caller caller, IdentityDb db, CancellationToken cancel)
    {
        if (!caller.Has(Roles.Operator)) return null;
        var hers = await db.Memberships.Where(one => one.PersonId == person && one.UnitId == null
            && one.OwnRoles.Contains(Roles.Admin)).Select(one => one.OrganisationId).ToListAsync(cancel);
        foreach (var place in hers)
        {
            if (!await Guardians.Of(db, place, Roles.Admin).AnyAsync(one => one.PersonId != person, cancel)) return place;
        }
        return null;
    }

    /// <summary>A second factor opens all that its person has: who has roles in the organisation outside the unit is not for that
    /// unit's administrator to help.</summary>
    private static IQueryable<Membership> ReachesBeyond(Caller caller, IdentityDb db)
    {
        var (own, only) = (new OrganisationRef(caller.Organisation), caller.OnlyUnit());
        return db.Memberships.Where(
            held => only != null && held.OrganisationId == own && held.Roles.Count > 0 && held.UnitId != only);
    }

    /// <summary>Two of one organisation must not open another's door: where the person has roles elsewhere too, somebody from
    /// there confirms, or the operator.</summary>
    private static async Task<bool> IsOthersToConfirm(
        SecondFactorReset reset, Caller caller, IdentityDb db, CancellationToken cancel)
    {
        if (caller.Has(Roles.Operator)) return false;
        var elsewhere = await db.Memberships.Where(one => one.PersonId == reset.PersonId && one.Roles.Count > 0
            && one.OrganisationId != reset.OrganisationId).Select(one => one.OrganisationId).ToListAsync(cancel);
        return elsewhere.Count > 0 && !elsewhere.Contains(new OrganisationRef(caller.Organisation));
    }

    private static async Task<IReadOnlyList<View>> Of(
        List<SecondFactorReset> resets, Caller caller, IdentityDb db, CancellationToken cancel)
    {
        var people = resets.ConvertAll(one => one.PersonId).Concat(resets.Select(one => new PersonId(one.AskedBy))).ToList();
        var organisations = resets.ConvertAll(one => one.OrganisationId);
        var known = await db.People.AsNoTracking().Where(one => people.Contains(one.PersonId))
            .ToDictionaryAsync(one => one.PersonId, cancel);
        var places = await db.Organisations.Where(one => organisations.Contains(one.OrganisationId))
            .ToDictionaryAsync(one => one.OrganisationId, one => one.Name, cancel);
        return resets.ConvertAll(one => new View(
            one.ResetId, one.PersonId.Value, known[one.PersonId].Name, one.OrganisationId.Value, places[one.OrganisationId],
            one.Reason, known.GetValueOrDefault(new PersonId(one.AskedBy))?.Name ?? "", one.AskedAt,
            one.AskedBy == caller.Person, $"{one.Version}",
            known[one.PersonId].CanSignIn ? SecondFactorKind : FirstPasswordKind));
    }
}
