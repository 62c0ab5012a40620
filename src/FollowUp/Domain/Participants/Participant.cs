using Iop.FollowUp.Domain.Measuring;
using Iop.Kernel;

namespace Iop.FollowUp.Domain.Participants;

/// <summary>A person in a contract's figures, known by a key alone. Who it is, only the organisation that asked for the key
/// knows, and outside the platform.</summary>
internal sealed class Participant
{
    public required ParticipantId Id { get; init; }

    public required ContractRef ContractId { get; init; }

    /// <summary>Who asked for the key: nobody else but the verifier ever sees it.</summary>
    public required Guid OrganisationId { get; init; }

    public required string Key { get; init; }

    /// <summary>Keys that were asked for together.</summary>
    public required Guid BatchId { get; init; }
}

/// <summary>How many keys a contract has, all organisations together; and that they are no more.</summary>
internal sealed class ParticipantSeries
{
    /// <summary>As many as the terms can compute on.</summary>
    public const int Max = 20_000;

    public required ContractRef ContractId { get; init; }

    public int Minted { get; private set; }

    public DateTimeOffset? DestroyedAt { get; private set; }

    public long Version { get; private set; } = 1;

    public Refusal? Mint(MeasuredContract contract, int count, Actor by)
    {
        if (!contract.LetsReport(by)) return FollowUpRefusals.NotAReporter;
        if (!contract.HasCollections) return ParticipantRefusals.NobodyCounted;
        if (DestroyedAt is { } at) return ParticipantRefusals.Destroyed(at);
        if (Minted + count > Max) return ParticipantRefusals.TooMany(Max - Minted);
        Minted += count;
        Version++;
        return null;
    }

    public void Destroy(DateTimeOffset now)
    {
        DestroyedAt = now;
        Version++;
    }
}

/// <summary>One figure of one person. Part of a measurement; unlike its other figures it is destroyed when the contract
/// ends.</summary>
internal sealed class ParticipantFigure
{
    public required MeasurementId Measurement { get; init; }

    public required ContractRef ContractId { get; init; }

    public required ParticipantId ParticipantId { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>collection/field.</summary>
    public required string Path { get; init; }

    public required FigureType Type { get; init; }

    public required string Value { get; init; }
}

/// <summary>How many persons a measurement holds, by collection. Stays when they are destroyed.</summary>
internal sealed class ParticipantCount
{
    public required MeasurementId Measurement { get; init; }

    public required ContractRef ContractId { get; init; }

    public required string Collection { get; init; }

    public required int Participants { get; init; }
}
