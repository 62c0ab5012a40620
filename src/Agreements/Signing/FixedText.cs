using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Assessing;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Partnerships;
using Iop.Platform.Sealing;

namespace Iop.Agreements.Signing;

/// <summary>A version's content: what is hashed, sealed, shown and printed.</summary>
/// <param name="Format">Names the shape, so that what is read in fifty years can be understood.</param>
internal sealed record FixedText(
    string Format, int Number, string? PreviousHash, DateOnly OpenedOn, AgreementText Text, FixedText.AssessmentText Assessment,
    FixedText.InstrumentText? Instrument = null, FixedText.SigningText? Signing = null, FixedText.PaperText? Paper = null)
{
    public const string CurrentFormat = "iop-agreement/1";

    /// <param name="Order">parallel or sequence.</param>
    /// <param name="Turns">Which party signs when; empty in parallel.</param>
    public sealed record SigningText(string Order, IReadOnlyList<TurnText> Turns)
    {
        public static SigningText Of(AgreementFile file) => file.Signing.IsSequence
            ? new("sequence", [.. file.Parties.OrderBy(party => file.Signing.TurnOf(party)).ThenBy(party => party.Id.Value)
                .Select(party => new TurnText(party.Id.Value, file.Signing.TurnOf(party)))])
            : new("parallel", []);
    }

    public sealed record TurnText(Guid PartyId, int Turn);

    /// <param name="Answers">Null in versions from before answers were fixed with them.</param>
    public sealed record AssessmentText(string Catalogue, string AssessedHash, Outcome Outcome,
        IReadOnlyList<ApprovalText> Approvals, IReadOnlyList<AnswerText>? Answers = null);

    /// <param name="ConfirmedOn">When the answer was looked at again for this version, if it is an earlier one's.</param>
    public sealed record AnswerText(
        string QuestionId, Reply Reply, string Reason, string? Clause, Guid AnsweredBy, string? AnsweredByName,
        Guid AnsweredFor, DateOnly AnsweredOn, Guid? ConfirmedBy, DateOnly? ConfirmedOn);

    /// <summary>By what the version changes the one before, and since when.</summary>
    public sealed record InstrumentText(
        Guid ChangeId, ChangeKind Kind, Binding BindsBy, string Reason, DateOnly? EffectiveOn, Guid? PartyId, string? Body,
        DateOnly? DecidedOn, string? Paragraph)
    {
        public static InstrumentText Of(Change change, DateOnly? effectiveOn) => new(
            change.ChangeId.Value, change.Kind, change.BindsBy, change.Reason, effectiveOn, change.PartyId?.Value, change.Body,
            change.DecidedOn, change.Paragraph);
    }

    public sealed record ApprovalText(Guid OrganisationId, string OrganisationName, Guid PersonId, DateOnly ApprovedOn);

    /// <summary>The paper that was signed elsewhere: the hash of its copy, and who has confirmed that it is so.</summary>
    public sealed record PaperText(DateOnly SignedOn, string DocumentSha256, IReadOnlyList<ConfirmationText> Confirmations);

    public sealed record ConfirmationText(Guid PartyId, Guid OrganisationId, Guid PersonId, string? PersonName,
        DateOnly ConfirmedOn);

    /// <summary>The first version of an agreement that was signed on paper.</summary>
    public static AgreementVersion FixPaper(
        AgreementFile file, PaperText paper, PersonRef by, IReadOnlyDictionary<PersonRef, string> people, DateTimeOffset now) =>
        (Of(file, people, null, now) with { Paper = paper, Signing = null }).AsVersion(
            file.Agreement, file.Change, file.Agreement.StartsOn, by, now);

    /// <summary>The next version of an agreement, as it lies there.</summary>
    /// <param name="people">What those who answered are called.</param>
    public static AgreementVersion Fix(
        AgreementFile file, PersonRef by, IReadOnlyDictionary<PersonRef, string> people, AgreementVersion? previous,
        DateTimeOffset now) =>
        Of(file, people, previous, now).AsVersion(file.Agreement, file.Change, file.Change.EffectiveOn, by, now);

    private static FixedText Of(
        AgreementFile file, IReadOnlyDictionary<PersonRef, string> people, AgreementVersion? previous, DateTimeOffset now) =>
        new(
            CurrentFormat, (previous?.Number ?? 0) + 1, previous?.Hash, Kernel.SwedishTime.DateIn(now), file.Text,
            new AssessmentText(file.Agreement.Catalogue, file.AssessedHash, file.Result.Outcome,
            [
                .. file.Approvals.Valid.OrderBy(approval => approval.ApprovalId).Select(approval => new ApprovalText(
                    approval.Organisation.Value, file.Names.Of(approval.Organisation), approval.Person.Value,
                        Kernel.SwedishTime.DateIn(approval.ApprovedAt))),
            ],
            [
                .. file.Answers.OrderBy(answer => answer.QuestionId, StringComparer.Ordinal)
                    .Select(answer => AnswerOf(answer, people)),
            ]),
            InstrumentText.Of(file.Change, file.Change.EffectiveOn), SigningText.Of(file));

    /// <summary>The next version where nobody signs: the text in force with what the change does to it.</summary>
    public static AgreementVersion Fix(Agreement agreement, Change change, DateOnly effectiveOn, FixedText inForce,
        AgreementText changed, AgreementVersion previous, PersonRef? by, DateTimeOffset now) =>
        (inForce with
        {
            Number = previous.Number + 1,
            PreviousHash = previous.Hash,
            OpenedOn = Kernel.SwedishTime.DateIn(now),
            Text = changed,
            Instrument = InstrumentText.Of(change, effectiveOn),
            Signing = null, // nobody signs
        }).AsVersion(agreement, change, effectiveOn, by, now);

    /// <summary>Whether the last approval is older on a day than the parties let it be.</summary>
    public bool IsAssessedTooLongAgo(DateOnly day) => Text.Frame.AssessmentMonths is { } months
        && Assessment.Approvals.Select(approval => approval.ApprovedOn).DefaultIfEmpty(DateOnly.MinValue).Max()
            .AddMonths(months) < day;

    private AgreementVersion AsVersion(Agreement agreement, Change change, DateOnly? effectiveOn, PersonRef? by,
        DateTimeOffset now)
    {
        var canonical = CanonicalJson.Of(this);
        return new AgreementVersion
        {
            AgreementId = agreement.Id,
            PartnershipId = agreement.PartnershipId,
            Number = Number,
            Hash = CanonicalJson.Hash(canonical),
            PreviousHash = PreviousHash,
            AssessedHash = Assessment.AssessedHash,
            Canonical = canonical,
            Kind = change.Kind,
            BindsBy = change.BindsBy,
            ChangeId = change.ChangeId,
            EffectiveOn = effectiveOn,
            OpenedBy = by,
            OpenedAt = now,
        };
    }

    private static AnswerText AnswerOf(LegalAnswer answer, IReadOnlyDictionary<PersonRef, string> people) => new(
        answer.QuestionId, answer.Reply, answer.Reason, answer.Clause, answer.AnsweredBy.Value,
        people.GetValueOrDefault(answer.AnsweredBy), answer.AnsweredFor.Value, Kernel.SwedishTime.DateIn(answer.AnsweredAt),
        answer.ConfirmedBy?.Value, answer.ConfirmedAt is { } at ? Kernel.SwedishTime.DateIn(at) : null);

    public static FixedText Read(AgreementVersion version) =>
        JsonSerializer.Deserialize<FixedText>(Encoding.UTF8.GetString(version.Canonical), Reading)
        ?? throw new InvalidOperationException("A version without content.");

    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
