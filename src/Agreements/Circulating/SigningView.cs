using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Signing;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Circulating;

/// <param name="Order">parallel or sequence.</param>
/// <param name="MaySign">The caller, in the role of signatory, could sign now for one of the own parties.</param>
/// <param name="WhyNot">Why not, in words; null when the caller may sign or does not sign at all.</param>
/// <param name="Previous">The version before the opened one.</param>
/// <param name="Looks">What people of the own organisation have read, newest first.</param>
/// <param name="LastLook">The caller's own last look at another text than this.</param>
internal sealed record SigningView(
    Guid AgreementId, string? VersionHash, int? Number, DateTimeOffset? OpenedAt, string? OpenedBy, string Order,
    IReadOnlyList<SigningPartyView> Parties, bool MaySign, string? WhyNot, DeclineView? Declined,
    IReadOnlyList<SigningApprovalView> Approvals, ComparableView? Previous, IReadOnlyList<LookView> Looks, LookView? LastLook,
    bool LookIsNoted)
{
    private const int LooksMax = 100;

    public static async Task<SigningView> Of(AgreementFile file, AgreementsDb db, Viewer viewer, CancellationToken cancel)
    {
        var (agreement, circle) = (file.Agreement, file.Signing);
        var versions = await db.Versions.AsNoTracking().Where(version => version.AgreementId == agreement.Id)
            .OrderBy(version => version.Number)
            .Select(version => new Known(version.Number, version.Hash, version.PreviousHash, version.OpenedAt, version.OpenedBy))
            .ToListAsync(cancel);
        var opened = versions.Find(version => version.Hash == agreement.VersionHash);
        var looks = await db.Looks.AsNoTracking()
            .Where(look => look.AgreementId == agreement.Id && look.Organisation == viewer.Organisation)
            .OrderByDescending(look => look.LookId).Take(LooksMax)
            .Select(look => new Seen(look.Person, look.PersonName, look.Hash, look.Comment, look.LookedAt)).ToListAsync(cancel);
        var current = agreement.VersionHash ?? Platform.Sealing.CanonicalJson.Hash(Iop.Agreements.Versions.Content.Draft(file));
        var names = await viewer.NamesOf([.. file.Approvals.Valid.Select(approval => approval.Person),
            .. opened?.By is { } by ? [by] : Array.Empty<PersonRef>()], cancel);
        var mine = looks.Where(look => look.Person == viewer.Person).ToList();
        var (may, whyNot) = Mine(file, viewer);
        return new SigningView(
            agreement.Id.Value, agreement.VersionHash, opened?.Number, opened?.At, opened?.By is { } opener
                ? names.GetValueOrDefault(opener) : null, circle.IsSequence ? "sequence" : "parallel",
            [.. file.Parties.OrderBy(circle.TurnOf).ThenBy(party => party.Id.Value)
                .Select(party => SigningPartyView.Of(party, file, viewer))],
            may, whyNot, circle.Declined is { } decline ? DeclineView.Of(decline, file) : null,
            [.. file.Approvals.Valid.OrderBy(approval => approval.ApprovalId).Select(approval => new SigningApprovalView(
                file.Names.Of(approval.Organisation), names.GetValueOrDefault(approval.Person), approval.ApprovedAt))],
            ComparableView.Of(opened is null ? versions.LastOrDefault()
                : versions.Find(version => version.Hash == opened.PreviousHash)),
            [.. looks.Select(look => LookView.Of(look, versions))],
            mine.Find(look => look.Hash != current) is { } last ? LookView.Of(last, versions) : null,
            mine.Exists(look => look.Hash == current));
    }

    private static (bool May, string? WhyNot) Mine(AgreementFile file, Viewer viewer)
    {
        if (!file.Agreement.IsOpenForSignature || !viewer.Caller.Has(Roles.Signatory)) return (false, null);
        if (SignAgreement.PartyOf(file, null, viewer) is not { } party) return (false, null);
        var called = file.Names.Of(party);
        var refusal = file.Signatures.Any(given => given.PartyId == party.Id && given.Person == viewer.Person)
            ? AgreementRefusals.AlreadySigned(called)
            : Signature.MissingFor(party, file.Signatures) <= 0 ? AgreementRefusals.PartyHasSigned(called)
            : file.Signing.Refuses(party, file.Parties, file.Signatures, file.Agreement.VersionHash!, file.Names.Of);
        return (refusal is null, refusal is null ? null : viewer.Say(refusal));
    }

    internal sealed record Known(int Number, string Hash, string? PreviousHash, DateTimeOffset At, PersonRef? By);

    internal sealed record Seen(PersonRef Person, string? Name, string Hash, string? Comment, DateTimeOffset At);
}

/// <param name="State">waiting (others sign first), reviewing (its reviewers have yet to look), now, or signed; draft before the
/// opening.</param>
/// <param name="After">Who signs first, and has yet to.</param>
/// <param name="Reviewers">Shown to the party's own people only.</param>
internal sealed record SigningPartyView(
    Guid PartyId, string Name, OrganisationKind Kind, bool Mine, int Turn, int RequiredSignatures, int Given, string State,
    IReadOnlyList<string> After, int ReviewersMissing, IReadOnlyList<ReviewerView>? Reviewers)
{
    public static SigningPartyView Of(Party party, AgreementFile file, Viewer viewer)
    {
        var (circle, hash) = (file.Signing, file.Agreement.VersionHash);
        var mine = party.IsActedForBy(viewer.Organisation, viewer.Unit);
        var after = circle.Before(party, file.Parties, file.Signatures);
        var unread = hash is null ? 0 : circle.Unread(party, hash).Count;
        var given = file.Signatures.Count(signature => signature.PartyId == party.Id);
        return new SigningPartyView(
            party.Id.Value, file.Names.Of(party), party.Kind, mine, circle.TurnOf(party), party.RequiredSignatures, given,
            hash is null ? "draft" : given >= party.RequiredSignatures ? "signed" : after.Count > 0 ? "waiting"
                : unread > 0 ? "reviewing" : "now",
            hash is null ? [] : [.. after.Select(file.Names.Of)], unread,
            mine ? [.. circle.Reviewers.Where(reviewer => reviewer.PartyId == party.Id)
                .Select(reviewer => ReviewerView.Of(reviewer, hash, viewer))] : null);
    }
}

/// <param name="PassedAt">When the reviewer looked at this version, or was released from it.</param>
internal sealed record ReviewerView(
    Guid Id, Guid? PersonId, string? Name, string? Role, DateTimeOffset? PassedAt, string? PassedBy, string? ReleasedBecause,
    bool Me)
{
    public static ReviewerView Of(Reviewer reviewer, string? hash, Viewer viewer)
    {
        var passed = hash is not null && reviewer.HasPassed(hash);
        return new ReviewerView(
            reviewer.ReviewerId, reviewer.Person?.Value, reviewer.PersonName, reviewer.Role,
            passed ? reviewer.PassedAt : null, passed ? reviewer.PassedByName : null, passed ? reviewer.ReleasedBecause : null,
            reviewer.Means(viewer.Person, viewer.Caller.Roles));
    }
}

internal sealed record DeclineView(Guid PartyId, string PartyName, Guid PersonId, string? PersonName, string Reason,
    DateTimeOffset At)
{
    public static DeclineView Of(Decline decline, AgreementFile file) => new(
        decline.PartyId.Value,
        file.Parties.FirstOrDefault(party => party.Id == decline.PartyId) is { } party ? file.Names.Of(party) : "",
        decline.Person.Value, decline.PersonName, decline.Reason, decline.DeclinedAt);
}

internal sealed record SigningApprovalView(string OrganisationName, string? PersonName, DateTimeOffset At);

/// <summary>A version that the text can be compared with.</summary>
internal sealed record ComparableView(string Hash, int Number, DateTimeOffset OpenedAt)
{
    public static ComparableView? Of(SigningView.Known? version) =>
        version is null ? null : new(version.Hash, version.Number, version.At);
}

/// <param name="Number">The version's number; null for a draft as it stood then.</param>
internal sealed record LookView(Guid PersonId, string? PersonName, DateTimeOffset At, string Hash, int? Number, string? Comment)
{
    public static LookView Of(SigningView.Seen look, List<SigningView.Known> versions) => new(
        look.Person.Value, look.Name, look.At, look.Hash, versions.Find(version => version.Hash == look.Hash)?.Number,
        look.Comment);
}
