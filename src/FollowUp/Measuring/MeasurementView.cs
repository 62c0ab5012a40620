using Iop.FollowUp.Domain.Measuring;

namespace Iop.FollowUp.Measuring;

/// <summary>A measurement with its figures, evidence and what the verifier said.</summary>
public sealed record MeasurementView(
    Guid Id, Guid ContractId, string ContractTitle, string PeriodKey, int Revision, string State, Guid? SupersedesMeasurementId,
    string Counterfactual,
    IReadOnlyList<FigureView> Figures, IReadOnlyList<EvidenceView> Evidence, DateTimeOffset ReportedAt, Guid ReportedByPersonId,
    Guid ReportedByOrganisationId, string ReportedByOrganisationName, DateTimeOffset? DecidedAt, Guid? DecidedByPersonId,
    Guid? VerifierOrganisationId, string VerifierOrganisationName, string? Remark, IReadOnlyList<ParticipantsView> Participants,
    IReadOnlyList<EvidenceFileView> Files, string? EvidenceHash, DateOnly? GuestUntil = null)
{
    internal static MeasurementView Of(Measurement measurement, MeasuredContract contract) => new(
        measurement.Id.Value, contract.Id.Value, contract.Title, measurement.PeriodKey, measurement.Revision,
        Words.Of(measurement.State),
        measurement.Supersedes?.Value, Words.Of(measurement.Counterfactual),
        [.. measurement.Figures.OrderBy(figure => figure.Path, StringComparer.Ordinal)
            .Select(figure => new FigureView(figure.Path, Words.Of(figure.Type), figure.Value))],
        [.. measurement.Evidence.Select(evidence => new EvidenceView(evidence.Name, evidence.Description, evidence.Url))],
        measurement.ReportedAt, measurement.ReportedByPerson, measurement.ReportedByOrganisation,
        contract.Parties.First(party => party.OrganisationId == measurement.ReportedByOrganisation).Name,
        measurement.VerifiedAt, measurement.VerifiedByPerson, contract.Verifier.OrganisationId, contract.Verifier.Name,
        measurement.Remark,
        [.. measurement.ParticipantCounts.OrderBy(one => one.Collection, StringComparer.Ordinal)
            .Select(one => new ParticipantsView(one.Collection, one.Participants))],
        [.. measurement.Files.Select(file => new EvidenceFileView(file.Id.Value, file.Name, Words.Of(file.Kind), file.Bytes,
            file.Sha256, file.StoredAt, $"/follow-up/v1/measurements/{measurement.Id.Value}/evidence-files/{file.Id.Value}"))],
        measurement.EvidenceHash);
}

public sealed record FigureView(string Path, string Type, string Value);

/// <summary>How many persons are in it. Their figures, by key, are for the reporter and the verifier alone.</summary>
public sealed record ParticipantsView(string Collection, int Participants);

/// <param name="Path">Where the file is, as it came.</param>
public sealed record EvidenceFileView(
    Guid Id, string Name, string Kind, int Bytes, string Sha256, DateTimeOffset StoredAt, string Path);

public sealed record EvidenceView(string Name, string Description, string? Url = null);

/// <summary>Enumerations as they stand on the wire: kebab case.</summary>
internal static class Words
{
    public static string Of<TEnum>(TEnum value) where TEnum : struct,
        Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    public static TEnum? Read<TEnum>(string? word) where TEnum : struct, Enum
    {
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (Of(value) == word) return value;
        }
        return null;
    }

    public static IEnumerable<string> All<TEnum>() where TEnum : struct, Enum => Enum.GetValues<TEnum>().Select(Of);
}
