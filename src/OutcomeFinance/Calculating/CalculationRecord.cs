using System.Text.Json;

namespace Iop.OutcomeFinance.Calculating;

/// <summary>What is kept of a calculation, for ever: from figures to öre. Amounts are decimal strings; nothing in it names a
/// participant.</summary>
internal sealed record CalculationRecord(
    string Currency, string Total, string Gross, string Rounding, IReadOnlyList<PeriodRecord> Periods, InvestmentRecord? Funder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static CalculationRecord Read(string json) => JsonSerializer.Deserialize<CalculationRecord>(json, Json)!;

    public string Write() => JsonSerializer.Serialize(this, Json);
}

/// <param name="Due">What the terms make due for the period, in all.</param>
/// <param name="Split">The same by payer and payee, with what was booked before and what this calculation adds.</param>
/// <param name="Steps">How it was computed, in codes and arguments; the sentences are found when somebody reads.</param>
internal sealed record PeriodRecord(
    string Key, string Due, bool Complete, IReadOnlyList<WaitingRecord> Waiting, IReadOnlyList<LineRecord> Lines,
    IReadOnlyList<SplitRecord> Split,
    MeasurementRecord? Measurement, IReadOnlyList<StepRecord> Steps);

internal sealed record WaitingRecord(string Row, string Code, string Subject);

internal sealed record LineRecord(string Name, string Amount, string Change);

internal sealed record SplitRecord(Guid PayerPartyId, Guid PayeePartyId, string Due, string BookedBefore, string BookedNow);

/// <summary>The measurement of a period that counts. Of a collection only how many members were reported.</summary>
internal sealed record MeasurementRecord(
    Guid Id, int Revision, Guid ReporterPersonId, Guid VerifierOrganisationId, Guid VerifierPersonId, DateTimeOffset VerifiedAt,
    IReadOnlyList<FigureRecord> Figures, string? EvidenceHash = null);

/// <summary>A figure; of a collection its number of members, of type <c>members</c>.</summary>
internal sealed record FigureRecord(string Path, string Type, string Value);

internal sealed record StepRecord(string Row, string Code, IReadOnlyDictionary<string, string> Arguments);

internal sealed record InvestmentRecord(string Invested, string Received, string Result);
