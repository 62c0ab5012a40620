using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Assessing;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Partnerships;
using Iop.Platform.Sealing;

namespace Iop.Agreements.Signing;

/// <summary>A version's content: what is hashed, sealed, shown and printed.</summary>
/// <param name="Format">Names the shape, so that what is read in fifty years can be understood.</param>
internal sealed record FixedText(
    string Format, int Number, string? PreviousHash, DateOnly OpenedOn, AgreementText Text, FixedText.AssessmentText Assessment)
{
    public const string CurrentFormat = "iop-agreement/1";

    /// <param name="Answers">Null in versions from before answers were fixed with them.</param>
    public sealed record AssessmentText(string Catalogue, string AssessedHash, Outcome Outcome,
        IReadOnlyList<ApprovalText> Approvals, IReadOnlyList<AnswerText>? Answers = null);

    /// <param name="ConfirmedOn">When the answer was looked at again for this version, if it is an earlier one's.</param>
    public sealed record AnswerText(
        string QuestionId, Reply Reply, string Reason, string? Clause, Guid AnsweredBy, string? AnsweredByName,
        Guid AnsweredFor, DateOnly AnsweredOn, Guid? ConfirmedBy, DateOnly? ConfirmedOn);

    public sealed record ApprovalText(Guid OrganisationId, string OrganisationName, Guid PersonId, DateOnly ApprovedOn);

    /// <summary>The next version of an agreement, as it lies there.</summary>
    /// <param name="people">What those who answered are called.</param>
    public static AgreementVersion Fix(
        AgreementFile file, PersonRef by, IReadOnlyDictionary<PersonRef, string> people, AgreementVersion? previous,
        DateTimeOffset now)
    {
        var text = new FixedText(
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
            ]));
        var canonical = CanonicalJson.Of(text);
        return new AgreementVersion
        {
            AgreementId = file.Agreement.Id,
            PartnershipId = file.Agreement.PartnershipId,
            Number = text.Number,
            Hash = CanonicalJson.Hash(canonical),
            PreviousHash = text.PreviousHash,
            AssessedHash = file.AssessedHash,
            Canonical = canonical,
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
