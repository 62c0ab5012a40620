using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Circulating;

/// <summary>A party chooses who of its own must have read the fixed text before it signs (intern granskning).</summary>
internal static class ChooseReviewers
{
    public sealed record Request(IReadOnlyList<ReviewerRequest> Reviewers);

    /// <summary>Either a person or a role.</summary>
    public sealed record ReviewerRequest(Guid? PersonId = null, string? Role = null);

    public static void Map(IEndpointRouteBuilder api) => api
        .MapPut("/agreements/{id:guid}/parties/{partyId:guid}/reviewers", Handle).WithName(nameof(ChooseReviewers));

    internal static async Task<Answer<SigningView>> Handle(
        Guid id, Guid partyId, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues,
        TimeProvider clock, CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (file.Parties.FirstOrDefault(known => known.Id.Value == partyId) is not { } party) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Signatory) is { } missing) return missing;
        if (!party.IsActedForBy(viewer.Organisation, viewer.Unit)) return PartnershipRefusals.NotAParty;
        if (ifMatch.Misses(file.Tag) is { } stale) return stale;
        if (Malformed(request) is { } malformed) return malformed;
        var people = await viewer.NamesOf(request.Reviewers.Select(one => one.PersonId).OfType<Guid>()
            .Select(person => new PersonRef(person)), cancel);
        if (request.Reviewers.Any(one => one.PersonId is { } person && !people.ContainsKey(new PersonRef(person))))
            return SigningRefusals.UnknownReviewer;
        if (agreement.Touch() is { } refusal) return refusal;
        List<Reviewer> chosen = [.. request.Reviewers.Select(one => Of(one, agreement, party, people, clock.GetUtcNow()))];
        db.RemoveRange(file.Signing.Reviewers.Where(reviewer => reviewer.PartyId == party.Id));
        db.AddRange(chosen);
        await db.SaveChangesAsync(cancel);
        file.Signing = file.Signing with
        {
            Reviewers = [.. file.Signing.Reviewers.Where(reviewer => reviewer.PartyId != party.Id), .. chosen],
        };
        return Answers.Ok(await SigningView.Of(file, db, viewer, cancel), file.Tag);
    }

    private static Refusal? Malformed(Request request)
    {
        var fields = new Fields().Count("reviewers", request.Reviewers.Count, 0, Reviewer.PerPartyMax)
            .Must("reviewers", request.Reviewers.Distinct().Count() == request.Reviewers.Count, "signing.reviewer-twice");
        foreach (var one in request.Reviewers.Take(Reviewer.PerPartyMax))
        {
            fields.Must("reviewers", (one.PersonId is null) != (one.Role is null), "signing.person-or-role");
            if (one.Role is not null) fields.OneOf("reviewers.role", one.Role, Roles.All);
        }
        return fields.Refusal;
    }

    private static Reviewer Of(
        ReviewerRequest one, Agreement agreement, Party party, IReadOnlyDictionary<PersonRef, string> people, DateTimeOffset now)
    {
        PersonRef? person = one.PersonId is { } named ? new PersonRef(named) : null;
        return Reviewer.Of(Guid.CreateVersion7(now), agreement, party, person,
            person is { } known ? people.GetValueOrDefault(known) : null, one.Role);
    }
}
