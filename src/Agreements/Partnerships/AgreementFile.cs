using Iop.Agreements.Assessing;
using Iop.Agreements.Circulating;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Aid;
using Iop.Agreements.Domain.Assessing;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Domain.Texts;
using Iop.Agreements.Organisations;
using Iop.Agreements.Storage;
using Iop.Platform.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Partnerships;

/// <summary>An agreement with everything that belongs to it (akt), as the database has it in this transaction.</summary>
internal sealed class AgreementFile
{
    private string? _approvedHash;

    public required Agreement Agreement { get; init; }

    public required IReadOnlyList<Party> Parties { get; init; }

    /// <summary>Also those who have left.</summary>
    public required IReadOnlyList<Party> EverParties { get; init; }

    public required PartyNames Names { get; init; }

    public required List<Section> Sections { get; init; }

    public required List<Contribution> Contributions { get; init; }

    /// <summary>Goals, activities, bodies and attachments.</summary>
    public required AgreedParts Parts { get; init; }

    /// <summary>What has been delivered, and which roles are accepted.</summary>
    public required LivingParts Living { get; init; }

    public required List<LegalAnswer> Answers { get; init; }

    public required List<Approval> Given { get; init; }

    public required List<Signature> Signatures { get; init; }

    public required SigningCircle Signing { get; set; }

    public required Catalogue Catalogue { get; init; }

    /// <summary>All there have been, oldest first.</summary>
    public required List<Change> Changes { get; init; }

    /// <summary>Without their texts, in their order.</summary>
    public required IReadOnlyList<VersionLine> Versions { get; init; }

    /// <summary>The change the working text belongs to.</summary>
    public Change Change => Changes.Single(change => change.ChangeId == Agreement.ChangeId);

    public AgreementText Text =>
        AgreementText.Of(Agreement, Parties, party => (Names.NumberOf(party), Names.Of(party)), Sections, Contributions, Parts,
            organisation => Names.Of(organisation));

    /// <summary>What a lawyer approves: the draft and every answer.</summary>
    public string AssessedHash => _approvedHash ?? Hash(Assessed);

    public AssessedText Assessed => AssessedText.Of(Agreement.Catalogue, Round, Text, Answers) with
    {
        // What was approved for one change is not approved for the next.
        ChangeId = Agreement.ChangeKind is ChangeKind.First ? null : Agreement.ChangeId?.Value,
        EffectiveOn = Agreement.EffectiveOn,
    };

    /// <summary>How many versions there are before the one that is (or was last) approved.</summary>
    public required int Round { get; init; }

    /// <summary>Answers carried over from an earlier version count when somebody has looked at them again.</summary>
    public AssessmentResult Result =>
        AssessmentResult.Of(Catalogue, Answers.Where(answer => !answer.CarriedOver)
            .ToDictionary(answer => answer.QuestionId, answer => answer.Reply, StringComparer.Ordinal))
        .Beside(Catalogue, [.. Aid.GroupBy(booking => booking.Kind)
            .Where(kind => kind.Sum(booking => booking.Ore) > 0).Select(kind => kind.Key)], AidExceeds);

    /// <summary>Small aid booked by the agreement, and what takes it back.</summary>
    public required List<AidBooking> Aid { get; init; }

    public required bool AidExceeds { get; init; }

    public ApprovalsSoFar Approvals =>
        ApprovalsSoFar.Of(Parties, [.. Given.Where(approval => approval.Round == Round)], AssessedHash);

    public OpeningGate Gate => OpeningGate.Of(Parties, Sections, Contributions, Result, Approvals);

    public IReadOnlyList<Await> Awaits => Domain.Awaits.Of(Agreement, Parties, Gate, Signatures, Signing);

    /// <summary>The content's hash (the version's, once there is one) and the number of the change.</summary>
    public string Tag => $"{Agreement.VersionHash ?? Hash(Text)}.{Agreement.Version}";

    /// <summary>The assessment's own tag: what is to be approved, and how many have.</summary>
    public string AssessmentTag => $"{AssessedHash}.{Given.Count}";

    public static string Hash<T>(T content) => CanonicalJson.Hash(CanonicalJson.Of(content));

    /// <summary>The file of an agreement read (and perhaps locked) just before.</summary>
    public static async Task<AgreementFile> Of(AgreementsDb db, Catalogues catalogues, Agreement agreement,
        CancellationToken cancel) =>
        (await OfAll(db, catalogues, [agreement], cancel))[0];

    /// <summary>All in as many questions to the database as for one.</summary>
    public static async Task<IReadOnlyList<AgreementFile>> OfAll(
        AgreementsDb db, Catalogues catalogues, IReadOnlyList<Agreement> agreements, CancellationToken cancel)
    {
        var ids = agreements.Select(agreement => agreement.Id).ToList();
        var links = (await db.AgreementParties.AsNoTracking().Where(link => ids.Contains(link.AgreementId) && link.InText)
            .ToListAsync(cancel))
            .ToLookup(link => link.AgreementId, link => link.PartyId);
        var partnerships = agreements.Select(agreement => agreement.PartnershipId).Distinct().ToList();
        var parties = await db.Parties.Where(party => partnerships.Contains(party.PartnershipId)).OrderBy(party => party.Id)
            .ToListAsync(cancel);
        var names = await PartyNames.For(db, parties, cancel);
        var sections = (await db.Sections.Where(section => ids.Contains(section.AgreementId)).ToListAsync(cancel))
            .ToLookup(section => section.AgreementId);
        var contributions = (await db.Contributions.Where(offer => ids.Contains(offer.AgreementId)).OrderBy(offer => offer.Id)
            .ToListAsync(cancel))
            .ToLookup(offer => offer.AgreementId);
        var parts = await AgreedPartsOf.All(db, ids, cancel);
        var living = await AgreedPartsOf.Living(db, ids, cancel);
        var answers = (await db.Answers.Where(answer => ids.Contains(answer.AgreementId)).ToListAsync(cancel))
            .ToLookup(answer => answer.AgreementId);
        var approvals = (await db.Approvals.Where(approval => ids.Contains(approval.AgreementId))
            .OrderBy(approval => approval.ApprovalId).ToListAsync(cancel))
            .ToLookup(approval => approval.AgreementId);
        var versions = await VersionLine.OfAll(db, ids, cancel);
        var changes = (await db.Changes.Where(change => ids.Contains(change.AgreementId)).ToListAsync(cancel))
            .OrderBy(change => change.Kind is not ChangeKind.First).ThenBy(change => change.BegunAt)
            .ThenBy(change => change.ChangeId.Value).ToLookup(change => change.AgreementId);
        var signatures = (await db.Signatures.Where(signature => ids.Contains(signature.AgreementId))
            .OrderBy(signature => signature.Number).ToListAsync(cancel))
            .ToLookup(signature => signature.AgreementId);
        var circles = await SigningRows.Of(db, ids, cancel);
        var aid = (await db.AidBookings.Where(booking => ids.Contains(booking.AgreementId)).OrderBy(booking => booking.BookingId)
            .ToListAsync(cancel)).ToLookup(booking => booking.AgreementId);
        var exceeding = aid.Count == 0 ? [] : await db.ThoseWhoseAidExceeds([.. aid.Select(booked => booked.Key.Value)], cancel);
        return [.. agreements.Select(agreement => new AgreementFile
        {
            Agreement = agreement,
            Parties = [.. parties.Where(party => links[agreement.Id].Contains(party.Id))],
            EverParties = [.. parties.Where(party => party.PartnershipId == agreement.PartnershipId)],
            Names = names,
            Sections = [.. sections[agreement.Id]],
            Contributions = [.. contributions[agreement.Id]],
            Parts = parts(agreement.Id),
            Living = living(agreement.Id),
            Answers = [.. answers[agreement.Id]],
            Given = [.. approvals[agreement.Id]],
            Signatures = [.. signatures[agreement.Id].Where(signature => signature.VersionHash == agreement.VersionHash)],
            Signing = circles.CircleOf(agreement),
            Catalogue = catalogues[agreement.Catalogue],
            Round = Math.Max(0, versions[agreement.Id].Count() - (agreement.IsFixed is null ? 0 : 1)),
            Changes = [.. changes[agreement.Id]],
            Versions = [.. versions[agreement.Id]],
            Aid = [.. aid[agreement.Id]],
            AidExceeds = exceeding.Contains(agreement.Id.Value),
            _approvedHash = agreement.IsFixed is null ? null
                : versions[agreement.Id].FirstOrDefault(version => version.Hash == agreement.VersionHash)?.AssessedHash,
        })];
    }
}
