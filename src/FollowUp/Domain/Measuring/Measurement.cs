using Iop.FollowUp.Domain.Evidencing;
using Iop.FollowUp.Domain.Participants;
using Iop.Kernel;

namespace Iop.FollowUp.Domain.Measuring;

internal enum MeasurementState
{
    /// <summary>Awaits the verifier.</summary>
    Reported,

    /// <summary>Confirmed: pays, until a later one of the same period is confirmed.</summary>
    Verified,

    /// <summary>Sent back with the reason; a new one is reported instead.</summary>
    Returned,
}

/// <summary>Where the comparison comes from: what would have happened without the intervention.</summary>
internal enum Counterfactual
{
    FixedBaseline,
    Historical,
    Matched,
    Randomised,
    PrePost,
    SimpleCount,
}

/// <summary>What was measured for a period of an outcome contract (utfallsmätning). Figures are never changed: a correction is a
/// new measurement with the next revision, and supersedes once it is verified.</summary>
internal sealed class Measurement
{
    private readonly List<Figure> _figures = [];
    private readonly List<Evidence> _evidence = [];
    private readonly List<ParticipantCount> _participantCounts = [];
    private readonly List<EvidenceFile> _files = [];

    public required MeasurementId Id { get; init; }

    public required ContractRef ContractId { get; init; }

    public required string PeriodKey { get; init; }

    /// <summary>1 for the first of the period, one more for each that follows; decides what counts, whatever order anybody hears
    /// it in.</summary>
    public required int Revision { get; init; }

    public MeasurementId? Supersedes { get; init; }

    public required Counterfactual Counterfactual { get; init; }

    public required Guid ReportedByOrganisation { get; init; }

    public required Guid ReportedByPerson { get; init; }

    public required DateTimeOffset ReportedAt { get; init; }

    public MeasurementState State { get; private set; }

    public Guid? VerifiedByOrganisation { get; private set; }

    public Guid? VerifiedByPerson { get; private set; }

    public DateTimeOffset? VerifiedAt { get; private set; }

    /// <summary>The verifier's comment, or the reason for returning it.</summary>
    public string? Remark { get; private set; }

    public long Version { get; private set; } = 1;

    public IReadOnlyList<Figure> Figures => _figures;

    public IReadOnlyList<Evidence> Evidence => _evidence;

    /// <summary>Files it rests on.</summary>
    public IReadOnlyList<EvidenceFile> Files => _files;

    /// <summary>Of the files that the verifier has verified it on; null while it is not verified, or without any.</summary>
    public string? EvidenceHash { get; private set; }

    public IReadOnlyList<ParticipantCount> ParticipantCounts => _participantCounts;

    /// <summary>Reports figures for a period. <paramref name="earlier"/> are all of the same contract and period.</summary>
    public static Refusal? Report(
        MeasuredContract contract, IReadOnlyList<Measurement> earlier, Draft draft, Actor by, DateTimeOffset now,
        out Measurement? measurement)
    {
        measurement = null;
        if (!contract.LetsReport(by)) return FollowUpRefusals.NotAReporter;
        if (contract.Period(draft.PeriodKey) is not { } period) return FollowUpRefusals.PeriodNotInContract(draft.PeriodKey);
        if (period.From > SwedishTime.DateIn(now)) return FollowUpRefusals.ContractPeriodNotBegun(draft.PeriodKey);
        if (contract.Refuses(draft.Figures) is { } wrong) return wrong;
        if (draft.ParticipantCounts.FirstOrDefault(one => draft.Figures.Any(figure =>
            figure.Path.StartsWith(one.Collection + '/', StringComparison.Ordinal))) is { } mixed)
            return ParticipantRefusals.WrongPlace(mixed.Collection);
        if (earlier.FirstOrDefault(one => one.State is MeasurementState.Reported) is { } waiting)
            return FollowUpRefusals.AwaitsVerification(waiting.Id);
        var counts = earlier.Where(one => one.State is MeasurementState.Verified).MaxBy(one => one.Revision);
        if (counts is null && draft.Supersedes is not null) return FollowUpRefusals.NothingToCorrect(draft.PeriodKey);
        if (counts is not null && draft.Supersedes != counts.Id) return FollowUpRefusals.CorrectionMustName(counts.Id);
        measurement = new Measurement
        {
            Id = draft.Id,
            ContractId = contract.Id,
            PeriodKey = draft.PeriodKey,
            Revision = earlier.Select(one => one.Revision).DefaultIfEmpty().Max() + 1,
            Supersedes = draft.Supersedes,
            Counterfactual = draft.Counterfactual,
            ReportedByOrganisation = by.Organisation,
            ReportedByPerson = by.Person,
            ReportedAt = now,
        };
        measurement._figures.AddRange(draft.Figures);
        measurement._evidence.AddRange(draft.Evidence);
        measurement._participantCounts.AddRange(draft.ParticipantCounts);
        return null;
    }

    /// <summary>A file is attached: what the verifier has seen is no longer all there is.</summary>
    public Refusal? Attach(string sha256)
    {
        if (State is not MeasurementState.Reported) return FollowUpRefusals.NotReported(State);
        if (_files.Exists(file => file.Sha256 == sha256)) return EvidenceRefusals.HasIt;
        if (_files.Count >= EvidenceFile.PerMeasurementMax) return EvidenceRefusals.TooMany;
        Version++;
        return null;
    }

    /// <summary>A file is taken back.</summary>
    public Refusal? Detach()
    {
        if (State is not MeasurementState.Reported) return FollowUpRefusals.NotReported(State);
        Version++;
        return null;
    }

    /// <summary>The verifier confirms it, on the evidence that it has now.</summary>
    public Refusal? Verify(MeasuredContract contract, string? comment, Actor by, DateTimeOffset now)
    {
        if (Decide(contract, MeasurementState.Verified, comment, by, now) is { } refusal) return refusal;
        EvidenceHash = EvidenceFile.HashOf(_files);
        return null;
    }

    /// <summary>The verifier sends it back, with the reason.</summary>
    public Refusal? Return(MeasuredContract contract, string reason, Actor by, DateTimeOffset now) =>
        Decide(contract, MeasurementState.Returned, reason, by, now);

    private Refusal? Decide(MeasuredContract contract, MeasurementState decision, string? remark, Actor by, DateTimeOffset now)
    {
        if (!contract.Verifier.IsActedForBy(by)) return FollowUpRefusals.NotTheVerifier;
        if (by.Person == ReportedByPerson) return FollowUpRefusals.VerifierReported;
        if (State is not MeasurementState.Reported) return FollowUpRefusals.NotReported(State);
        (State, Remark) = (decision, remark);
        (VerifiedByOrganisation, VerifiedByPerson, VerifiedAt) = (by.Organisation, by.Person, now);
        Version++;
        return null;
    }

    /// <summary>What a reporter hands in.</summary>
    internal sealed record Draft(
        MeasurementId Id, string PeriodKey, IReadOnlyList<Figure> Figures, Counterfactual Counterfactual,
        IReadOnlyList<Evidence> Evidence, MeasurementId? Supersedes)
    {
        public IReadOnlyList<ParticipantCount> ParticipantCounts { get; init; } = [];
    }
}

/// <summary>What a measurement rests on.</summary>
internal sealed class Evidence
{
    public required MeasurementId Measurement { get; init; }

    public required ContractRef ContractId { get; init; }

    public required int Position { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public string? Url { get; init; }
}
