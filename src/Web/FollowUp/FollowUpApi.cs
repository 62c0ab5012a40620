using Iop.Web.Frame;
using Iop.Web.Gateway;

namespace Iop.Web.FollowUp;

/// <summary>Follow-up of partnerships, and outcome measurements, as the pages use them.</summary>
internal sealed class FollowUpApi(GatewayCalls gateway)
{
    private const string Root = "/follow-up/v1";

    public Task<Answer<Listing<PlanInList>>> Plans(Guid partnership, CancellationToken cancel) =>
        gateway.Get<Listing<PlanInList>>($"{Root}/plans?partnershipId={partnership}", cancel);

    public Task<Answer<Plan>> Plan(Guid id, CancellationToken cancel) => gateway.Get<Plan>($"{Root}/plans/{id}", cancel);

    public Task<Answer<Indicator>> Follow(Guid plan, object indicator, string? key, CancellationToken cancel) =>
        gateway.Create<Indicator>($"{Root}/plans/{plan}/indicators", indicator, key, cancel);

    public Task<Answer<Indicator>> Indicator(Guid id, CancellationToken cancel) =>
        gateway.Get<Indicator>($"{Root}/indicators/{id}", cancel);

    public Task<Answer<Indicator>> Report(Guid indicator, object report, string? key, CancellationToken cancel) =>
        gateway.Create<Indicator>($"{Root}/indicators/{indicator}/reports", report, key, cancel);

    public Task<Answer<Listing<MeasuredContractInList>>> Contracts(CancellationToken cancel) =>
        gateway.Get<Listing<MeasuredContractInList>>($"{Root}/contracts?limit=100", cancel);

    public Task<Answer<MeasuredContract>> Contract(Guid id, CancellationToken cancel) =>
        gateway.Get<MeasuredContract>($"{Root}/contracts/{id}", cancel);

    public Task<Answer<Measurement>> ReportMeasurement(
        Guid contract, object measurement, string? key, CancellationToken cancel) =>
        gateway.Create<Measurement>($"{Root}/contracts/{contract}/measurements", measurement, key, cancel);

    public Task<Answer<Listing<BenchContract>>> Bench(CancellationToken cancel) =>
        gateway.Get<Listing<BenchContract>>($"{Root}/verification-bench?limit=100", cancel);

    public Task<Answer<Measurement>> Attach(Guid measurement, IFormFile file, string? key, CancellationToken cancel) =>
        gateway.Upload<Measurement>(
            $"{Root}/measurements/{measurement}/evidence-files", file.OpenReadStream(), file.FileName, key, cancel);

    public Task<Answer<Measurement>> RemoveEvidence(Guid measurement, Guid file, string? tag, CancellationToken cancel) =>
        gateway.Act<Measurement>(
            HttpMethod.Delete, $"{Root}/measurements/{measurement}/evidence-files/{file}", null, tag, null, cancel);

    public Task<Answer<ParticipantKeys>> Keys(Guid contract, CancellationToken cancel) =>
        gateway.Get<ParticipantKeys>($"{Root}/contracts/{contract}/participant-keys", cancel);

    public Task<Answer<object>> Mint(Guid contract, int count, string? key, CancellationToken cancel) =>
        gateway.Create<object>($"{Root}/contracts/{contract}/participant-keys", new { count }, key, cancel);

    public Task<Answer<Measurement>> Measurement(Guid id, CancellationToken cancel) =>
        gateway.Get<Measurement>($"{Root}/measurements/{id}", cancel);

    /// <summary>Verification or return of a measurement as it was seen.</summary>
    public Task<Answer<Measurement>> Decide(
        Guid id, string act, object body, string? tag, string? key, CancellationToken cancel) =>
        gateway.Act<Measurement>(HttpMethod.Post, $"{Root}/measurements/{id}/{act}", body, tag, key, cancel);
}

public sealed record PlanInList(Guid Id, string Title, string State);

public sealed record Plan(
    Guid Id, Guid PartnershipId, Guid AgreementId, string Title, string State, DateOnly? StartsOn, DateOnly? EndsOn,
    IReadOnlyList<Indicator>? Indicators,
    DateOnly? NextDue);

public sealed record Indicator(
    Guid Id, Guid PlanId, string Name, string Unit, string? Baseline, string? Target, string? Source, bool Ratio, string Every,
    IReadOnlyList<Report>? Reports,
    DateOnly? NextDue);

public sealed record Report(
    string PeriodKey, int Number, string? Value, string? Numerator, string? Denominator, string? Comment, DateTimeOffset At,
    Reporter? By);

public sealed record Reporter(string? OrganisationName);

public sealed record MeasuredContractInList(Guid Id, string Title, Guid? PartnershipId);

public sealed record MeasuredContract(
    Guid Id, string Title, string Currency, IReadOnlyList<MeasureOfContract>? Measures, IReadOnlyList<MeasuredPeriod>? Periods,
    IReadOnlyList<Measurement>? Measurements);

public sealed record MeasureOfContract(string Path, string Type, string? Accumulation, string? Unit, bool MayBeNegative,
    bool PerPerson = false);

public sealed record ParticipantKeys(int Minted, int Left, DateOnly? DestroyedOn, IReadOnlyList<KeyBatch>? Items);

/// <summary>Keys that were asked for together: how many, never which.</summary>
public sealed record KeyBatch(Guid Id, int Count);

public sealed record MeasuredPeriod(string Key, DateOnly From, DateOnly To, bool Final);

public sealed record BenchContract(Guid Id, string Title, IReadOnlyList<BenchPeriod>? Periods);

/// <summary>A period as it stands for its verifier.</summary>
public sealed record BenchPeriod(
    string Key, DateOnly From, DateOnly To, bool Final, string Standing, DateOnly? Since, Guid? MeasurementId, int? Revision,
    Guid? SupersedesMeasurementId, bool OutOfOrder, IReadOnlyList<string>? Missing);

public sealed record Measurement(
    Guid Id, Guid ContractId, string ContractTitle, string PeriodKey, int Revision, string State, Guid? SupersedesMeasurementId,
    string? Counterfactual,
    IReadOnlyList<Figure>? Figures, IReadOnlyList<Evidence>? Evidence, DateTimeOffset ReportedAt,
    string? ReportedByOrganisationName,
    DateTimeOffset? DecidedAt, string? VerifierOrganisationName, string? Remark,
    IReadOnlyList<ParticipantsOfMeasurement>? Participants = null, IReadOnlyList<EvidenceFile>? Files = null,
    string? EvidenceHash = null, DateOnly? GuestUntil = null) : IMayBeReadByGuests
{
    ReadAsGuest? IMayBeReadByGuests.ReadAs => GuestUntil is { } until ? new ReadAsGuest(until, FollowUp: true) : null;
}

public sealed record EvidenceFile(
    Guid Id, string Name, string Kind, int Bytes, string Sha256, DateTimeOffset StoredAt, string Path);

public sealed record ParticipantsOfMeasurement(string Collection, int Participants);

public sealed record Figure(string Path, string Type, string Value);

public sealed record Evidence(string Name, string? Description, string? Url);
